import Analysis
import Model

/// Results as JSON, piece by piece.
enum SummaryParts {
    static func period(_ period: Period) -> JSONValue {
        .object(["start": .string(period.start.iso), "end": .text(period.last?.iso)])
    }

    static func undefined(_ absence: Absence) -> JSONValue { .object(["reason": .string(absence.reason)]) }

    static func answer<Value>(_ answer: Answer<Value>, _ make: (Value) -> JSONValue) -> JSONValue {
        switch answer {
        case .success(let value): make(value)
        case .failure(let absence): undefined(absence)
        }
    }

    static func interval(_ interval: Interval?) -> JSONValue {
        interval.map { .array([.number($0.low), .number($0.high)]) } ?? .null
    }

    static func exactness(_ exactness: Exactness) -> JSONValue {
        switch exactness {
        case .exact: .object(["kind": .string("exact")])
        case .binned(.absolute(let error)): .object(["kind": .string("binned"), "absolute_error": .number(error)])
        case .binned(.relative(let share)): .object(["kind": .string("binned"), "relative_error": .number(share)])
        case .sampled(let n, let total): .object(["kind": .string("sampled"), "n": .int(n), "of": .int(total)])
        }
    }

    static func test(_ test: TestFigures) -> JSONValue {
        var fields: [String: JSONValue] = [
            "method": .string(test.method.rawValue), "statistic": .number(test.statistic), "p": .number(test.p),
            "p_adjusted": .number(test.pAdjusted),
        ]
        if !test.degreesOfFreedom.isEmpty { fields["df"] = .array(test.degreesOfFreedom.map { .number($0) }) }
        return .object(fields)
    }

    static func mean(_ mean: PeriodMean) -> JSONValue {
        .object(["period": period(mean.period), "days": .int(mean.days), "n": .int(mean.n), "mean": .number(mean.mean)])
    }

    static func change(_ change: ChangeFigures) -> JSONValue {
        .object([
            "current": mean(change.current), "baseline": mean(change.baseline),
            "difference": .number(change.difference),
            "interval": interval(change.interval), "relative": .number(change.relative), "test": test(change.test),
        ])
    }

    static func trend(_ trend: TrendResult, series: SeriesResult?) -> JSONValue {
        var fields: [String: JSONValue] = [
            "n": .int(trend.n), "days": .int(trend.days), "direction": .string(trend.direction.rawValue),
            "per": .string("day"),
            "ols": answer(trend.line) { line in
                .object([
                    "slope": .number(line.slope), "intercept": .number(line.intercept),
                    "r_squared": .number(line.rSquared),
                    "p": .number(line.claim.p), "p_adjusted": .number(line.claim.pAdjusted),
                    "p_newey_west": .number(line.test.p),
                    "interval": interval(line.interval), "total_change": .number(line.totalChange),
                    "total_change_interval": interval(line.totalChangeInterval),
                ])
            },
            "mann_kendall": answer(trend.mannKendall) { test in
                .object([
                    "s": .int(test.s), "tau": .number(test.tau), "z": .number(test.z), "p": .number(test.test.p),
                    "method": .string(test.test.method.rawValue),
                ])
            },
            "theil_sen": answer(trend.theilSen) {
                .object(["slope": .number($0.slope), "interval": interval($0.interval)])
            },
            "change": answer(trend.change, change), "since_previous": answer(trend.sincePrevious, change),
            "since_same_weekday": answer(trend.sinceSameWeekday, change), "slope": .number(trend.line.value?.slope),
        ]
        if let series {
            fields["series"] = .array(
                series.points.map { point in
                    .object([
                        "period": .string(point.period.label(series.grain)), "n": .int(point.n),
                        "value": .number(point.mean),
                        "low": .number(point.interval?.low), "high": .number(point.interval?.high),
                    ])
                })
        }
        return .object(fields)
    }

    static func distribution(_ result: DistributionResult) -> JSONValue {
        var fields: [String: JSONValue] = ["n": .int(result.n), "missing": .int(result.missing)]
        switch result.moments {
        case .failure(let absence): fields["reason"] = .string(absence.reason)
        case .success(let moments):
            fields["mean"] = .number(moments.mean)
            fields["mean_interval"] = interval(moments.meanInterval)
            fields["sd"] = .number(moments.sd)
            fields["variance"] = .number(moments.variance)
            fields["cv"] = .number(moments.cv)
            fields["skewness"] = .number(moments.skewness)
            fields["kurtosis"] = .number(moments.kurtosis)
            fields["excess_kurtosis"] = .number(moments.kurtosis)
            fields["min"] = .number(moments.min)
            fields["max"] = .number(moments.max)
            fields["range"] = .number(moments.range)
        }
        if case .success(let ranks) = result.quantiles {
            fields["q1"] = .number(ranks.q1)
            fields["median"] = .number(ranks.median)
            fields["q3"] = .number(ranks.q3)
            fields["iqr"] = .number(ranks.iqr)
            fields["mad"] = .number(ranks.mad)
            fields["mode"] = .number(ranks.mode)
            fields["exactness"] = exactness(ranks.exactness)
            let named = ranks.quantiles.map {
                ("p" + (("0" + "\(Int(($0.share * 100).rounded()))").suffix(2)), JSONValue.number($0.value))
            }
            fields["quantiles"] = .object(Dictionary(named) { first, _ in first })
        }
        fields["normality"] = answer(result.normality) { figures in
            .object(Dictionary(figures.tests.map { ($0.method.rawValue, test($0)) }) { first, _ in first })
        }
        if let bands = result.bands {
            fields["bands"] = .array(
                bands.map {
                    .object([
                        "name": .string($0.band.name), "low": .number($0.band.low), "high": .number($0.band.high),
                        "count": .int($0.count), "share": .number($0.share),
                    ])
                })
        }
        return .object(fields)
    }

    static func comparison(_ result: ComparisonResult) -> JSONValue {
        .object([
            "groups": .array(
                result.groups.map { group in
                    .object([
                        "name": .string(group.value), "n": .int(group.n), "missing": .int(group.missing),
                        "mean": .number(group.mean),
                        "interval": interval(group.interval), "sd": .number(group.sd),
                        "median": .number(group.median.value?.value),
                    ])
                }),
            "too_small": .array(
                result.tooSmall.map {
                    .object(["name": .string(Summary.key($0.group)), "n": .int($0.n), "needed": .int($0.needed)])
                }),
            "omnibus": answer(result.omnibus) { figures in
                .object([
                    "welch_anova": answer(figures.welch, test), "anova": answer(figures.anova, test),
                    "kruskal_wallis": answer(figures.kruskalWallis, test),
                    "brown_forsythe": answer(figures.brownForsythe, test),
                    "eta_squared": .number(figures.etaSquared.value),
                    "epsilon_squared": .number(figures.epsilonSquared.value),
                ])
            },
            "pairs": .array(result.pairs.map(pair)),
            "ranking": .array(
                result.ranking.map {
                    .object([
                        "name": .string($0.value), "rank": .int($0.rank), "mean": .number($0.mean),
                        "ties": .array($0.tieGroups.map { .int($0) }),
                    ])
                }),
        ])
    }

    private static func pair(_ pair: PairFigures) -> JSONValue {
        .object([
            "a": .string(pair.a), "b": .string(pair.b), "n_a": .int(pair.countA), "n_b": .int(pair.countB),
            "difference": .number(pair.difference), "interval": interval(pair.interval),
            "welch_t": answer(pair.welch, test),
            "mann_whitney": answer(pair.mannWhitney, test), "hedges_g": .number(pair.hedgesG.value?.value),
            "g": .number(pair.hedgesG.value?.value), "hedges_g_interval": interval(pair.hedgesG.value?.interval),
            "cliffs_delta": .number(pair.cliffsDelta.value), "p_holm": .number(pair.pHolm), "p_bh": .number(pair.pBH),
            "p_adjusted": .number(pair.pHolm),
        ])
    }
}
