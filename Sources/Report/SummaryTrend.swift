import Analysis
import Model

extension SummaryParts {
    static func trend(_ trend: TrendResult, series: SeriesResult?, hours: Answer<HourProfile>?) -> JSONValue {
        var fields: [String: JSONValue] = [
            "n": .int(trend.n), "days": .int(trend.days), "direction": .string(trend.direction.rawValue),
            "per": .string("day"),
            "ols": answer(trend.line, line), "mann_kendall": answer(trend.mannKendall, ranks),
            "theil_sen": answer(trend.theilSen, slope),
            "change": answer(trend.change, change), "since_previous": answer(trend.sincePrevious, change),
            "since_same_weekday": answer(trend.sinceSameWeekday, change),
            "lasting_shift": answer(trend.lastingShift) { shift in
                .object([
                    "since": .string(shift.change.current.period.start.iso), "change": change(shift.change),
                    "candidates": .int(shift.candidates), "better_than_line": .bool(shift.fitsBetterThanLine),
                ])
            }, "slope": .number(trend.line.value?.slope),
            "volatility": answer(trend.volatility) {
                .object([
                    "sd": .number($0.sd), "cv": .number($0.cv), "chance_share": .number($0.chanceShare),
                    "volatile": .bool($0.isVolatile),
                ])
            },
        ]
        if trend.subject.group == .all {
            for (key, value) in behaviour(trend, hours) { fields[key] = value }
        }
        if trend.behaviour.forecast.absence != .notDeclared {
            let last = trend.behaviour.series.values.count - 1
            fields["forecast"] = answer(trend.behaviour.forecast) { found in
                forecastPoints(found) { trend.label(of: last + $0) }
            }
            fields["forecast_accuracy"] = answer(trend.behaviour.forecast, accuracy)
        }
        if let series {
            fields["series"] = .array(
                series.points.map { point in
                    .object([
                        "period": .string(point.period.label(series.grain)), "n": point.isHeld ? .null : .int(point.n),
                        "value": .number(point.mean),
                        "low": .number(point.interval?.low), "high": .number(point.interval?.high),
                    ])
                })
        }
        return .object(fields)
    }

    /// The line through the means of days.
    static func line(_ line: TrendLine) -> JSONValue {
        .object([
            "slope": .number(line.slope), "intercept": .number(line.intercept),
            "r_squared": .number(line.rSquared),
            "p": .number(line.claim.p), "p_adjusted": .number(line.claim.pAdjusted),
            "p_newey_west": .number(line.test.p),
            "interval": interval(line.interval), "method": .string(line.claim.method.rawValue),
            "interval_newey_west": interval(line.neweyWestInterval), "total_change": .number(line.totalChange),
            "total_change_interval": interval(line.totalChangeInterval),
        ])
    }

    /// Mann–Kendall's test.
    static func ranks(_ test: RankTrend) -> JSONValue {
        .object([
            "s": .int(test.s), "tau": .number(test.tau), "z": .number(test.z), "p": .number(test.test.p),
            "method": .string(test.test.method.rawValue), "p_ar1": .number(test.dependentP),
        ])
    }

    /// Theil–Sen's slope.
    static func slope(_ slope: RobustSlope) -> JSONValue {
        .object([
            "slope": .number(slope.slope), "interval": interval(slope.interval),
            "interval_ar1": interval(slope.dependentInterval),
        ])
    }

    /// What the series does beside its trend; the CSV files have it for parts of the records, too.
    private static func behaviour(
        _ trend: TrendResult, _ hours: Answer<HourProfile>?
    ) -> [String: JSONValue] {
        let own = answer(trend.behaviour.season, season)
        // A week has no weekday, and its place in the year no test.
        var seasons: [String: JSONValue] =
            switch trend.steps.grain {
            case .day: ["weekday": own, "month": answer(trend.months, season)]
            case .week: [:]
            case .month, .quarter: [trend.steps.grain.rawValue: own]
            }
        if let hours { seasons["hour"] = answer(hours, Self.hours) }
        return [
            "seasonality": .object(seasons),
            "step_weekdays": trend.steps.rests ? .array(trend.steps.weekdays.map { .int($0 + 1) }) : .null,
            "days_left_out": .int(trend.steps.leftOut),
            "change_points": answer(trend.behaviour.shifts) { shifts in
                .array(shifts.map { shift($0, period: trend.label(of: $0.index)) })
            },
            "anomalies": answer(trend.behaviour.anomalies) { found in
                .array(found.map { expectation($0, period: trend.label(of: $0.index)) })
            },
        ]
    }

    static func season(_ season: SeasonalProfile) -> JSONValue {
        .object([
            "test": test(season.test), "strength": .number(season.strength),
            "levels": .array(
                season.levels.map {
                    .object([
                        "position": .int($0.position + 1), "n": .int($0.n), "offset": .number($0.offset),
                        "interval": interval($0.interval),
                    ])
                }),
        ])
    }

    static func shift(_ shift: LevelShift, period: String) -> JSONValue {
        .object([
            "index": .int(shift.index), "kind": .string(shift.kind.rawValue), "period": .string(period),
            "before": .number(shift.before),
            "after": .number(shift.after), "difference": .number(shift.difference),
            "interval": interval(shift.interval), "slope_change": .number(shift.slopeChange),
            "slope_change_interval": interval(shift.slopeInterval),
        ])
    }

    static func expectation(_ found: Expectation, period: String) -> JSONValue {
        .object([
            "index": .int(found.index), "period": .string(period), "value": .number(found.value),
            "expected": .number(found.expected), "low": .number(found.bounds.lowerBound),
            "high": .number(found.bounds.upperBound), "score": .number(found.score),
        ])
    }

    static func forecastPoints(_ forecast: ForecastFigures, period: (Int) -> String) -> JSONValue {
        .array(
            forecast.points.map {
                .object([
                    "step": .int($0.step), "period": .string(period($0.step)), "value": .number($0.value),
                    "low": .number($0.interval.low), "high": .number($0.interval.high),
                ])
            })
    }

    static func accuracy(_ forecast: ForecastFigures) -> JSONValue {
        .object([
            "model": .string(forecast.model), "n": .int(forecast.n), "out_of": .int(forecast.outOf),
            "gaps": .int(forecast.gaps),
            "level": .number(forecast.level), "clamped": .bool(forecast.isClamped),
            "back_test": answer(forecast.backTest) {
                .object([
                    "horizon": .int($0.horizon), "origins": .int($0.origins), "mae": .number($0.mae),
                    "smape": .number($0.smape), "mase": .number($0.mase), "coverage": .number($0.coverage),
                    "horizons": .array(
                        $0.horizons.map {
                            .object([
                                "steps": .int($0.steps), "origins": .int($0.origins), "values": .int($0.distinct),
                                "mae": .number($0.mae), "coverage": .number($0.coverage),
                            ])
                        }),
                ])
            },
        ])
    }
}
