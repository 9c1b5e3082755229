import Analysis
import Model

extension SummaryParts {
    static func distribution(_ result: DistributionResult) -> JSONValue {
        var fields: [String: JSONValue] = [
            "n": result.isHeld ? .null : .int(result.n), "missing": result.isHeld ? .null : .int(result.missing),
        ]
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
            if let absence = spreadAbsence(result.n, moments) { fields["reason"] = .string(absence.reason) }
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
        if let detail = result.detail {
            fields["normality"] = answer(result.normality) { figures in
                var entries = Dictionary(figures.tests.map { ($0.method.rawValue, test($0)) }) { first, _ in first }
                for refusal in figures.refused { entries[refusal.method.rawValue] = undefined(refusal.absence) }
                entries["n"] = .int(figures.n)
                entries["exactness"] = exactness(figures.exactness)
                return .object(entries)
            }
            if case .success(let outliers) = result.outliers { fields["outliers"] = Self.outliers(outliers) }
            for (key, value) in Self.detail(detail) { fields[key] = value }
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

    /// Why spread or shape have no value, where they have none.
    private static func spreadAbsence(_ n: Int, _ moments: MomentFigures) -> Absence? {
        if moments.sd == nil { return n < 2 ? .tooFew(.records, found: n, needed: 2) : .underflow }
        return moments.skewness == nil ? .constant : nil
    }

    static func outliers(_ outliers: OutlierFigures) -> JSONValue {
        var fields: [String: JSONValue] = [:]
        for fence in outliers.fences {
            fields[fence.rule.rawValue] = .object([
                "count": .int(fence.count), "low": .int(fence.below), "high": .int(fence.above),
                "low_fence": .number(fence.low), "high_fence": .number(fence.high),
            ])
        }
        // A rule that divides by a spread of 0 has no fences.
        for rule in OutlierFigures.Rule.allCases where fields[rule.rawValue] == nil {
            fields[rule.rawValue] = undefined(.constant)
        }
        if outliers.forest.absence != .notDeclared {
            fields["isolation_forest"] = answer(outliers.forest) {
                .object([
                    "count": .int($0.count), "low": .int($0.below), "high": .int($0.above),
                    "exactness": exactness($0.exactness), "agreement": .array($0.agreement.map { .int($0) }),
                ])
            }
        }
        fields["agreement"] = .array(outliers.agreement.map { .int($0) })
        return .object(fields)
    }

    static func detail(_ detail: DistributionDetail) -> [String: JSONValue] {
        [
            "shape": answer(detail.shape) { .string($0.shape.rawValue) },
            "shape_candidates": answer(detail.shape) { found in
                .array(
                    found.candidates.map {
                        .object([
                            "shape": .string($0.shape.rawValue), "aic": .number($0.aic),
                            "distance": .number($0.distance),
                        ])
                    })
            },
            "dip": answer(detail.shape) { $0.dip.map(test) ?? .null },
            "dip_n": answer(detail.shape) { $0.dipN.map { .int($0) } ?? .null },
            "modes": answer(detail.shape) { .array($0.modes.map { .number($0) }) },
            "bandwidth": answer(detail.curves) { .number($0.density.value?.bandwidth) },
            "drift": .object([
                "previous": answer(detail.sincePrevious, drift), "baseline": answer(detail.sinceBaseline, drift),
            ]),
        ]
    }

    static func drift(_ drift: DriftFigures) -> JSONValue {
        .object([
            "current": period(drift.current), "baseline": period(drift.baseline), "n": .int(drift.currentN),
            "n_baseline": .int(drift.baselineN), "kolmogorov_smirnov": answer(drift.kolmogorovSmirnov, test),
            "wasserstein": .number(drift.wasserstein), "wasserstein_sd": .number(drift.standardised),
            "stability_index": .number(drift.stabilityIndex), "stability_bound": .number(drift.stabilityBound),
            "verdict": .string(drift.verdict.rawValue), "spread_alone": .bool(drift.spreadAlone),
        ])
    }
}
