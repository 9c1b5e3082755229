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
        case .levelled: .object(["kind": .string("levelled")])
        case .sampled(let n, let total): .object(["kind": .string("sampled"), "n": .int(n), "of": .int(total)])
        }
    }

    static func test(_ test: TestFigures) -> JSONValue {
        var fields: [String: JSONValue] = [
            "method": .string(test.method.rawValue), "statistic": .number(test.statistic), "p": .number(test.p),
            "p_adjusted": .number(test.pAdjusted),
        ]
        if let bound = test.bound { fields["p_bound"] = .string(bound.rawValue) }
        if let isExact = test.isExact { fields["exact"] = .bool(isExact) }
        if let ties = test.ties { fields["ties"] = .bool(ties) }
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

    static func composite(_ found: Composite, _ title: (String) -> String = { $0 }) -> JSONValue {
        .object([
            "metric": .string(title(found.metric)), "constant": .number(found.constant),
            "parts": .array(
                found.parts.map { .object(["metric": .string(title($0.metric)), "weight": .number($0.weight)]) }),
        ])
    }

    static func correlation(_ pair: CorrelationPair, _ title: (String) -> String = { $0 }) -> JSONValue {
        var fields: [String: JSONValue] = [
            "x": .string(title(pair.x)), "y": .string(title(pair.y)), "n": .int(pair.n),
            "pearson": answer(pair.pearson) {
                .object([
                    "r": .number($0.coefficient), "p": .number($0.test.p), "interval": interval($0.interval),
                ])
            },
            "spearman": answer(pair.spearman) {
                .object([
                    "rho": .number($0.coefficient), "p": .number($0.test.p), "interval": interval($0.interval),
                    "exact": .bool($0.test.isExact == true), "ties": .bool($0.test.ties == true),
                ])
            },
            "p_bh": .number(pair.pBH), "p_adjusted": .number(pair.spearman.value?.test.pAdjusted),
            "by_definition": .array(pair.sharedColumns.map { .string(title($0)) }),
        ]
        if pair.kendall.absence != .notDeclared {
            fields["kendall"] = answer(pair.kendall) {
                .object([
                    "tau": .number($0.coefficient), "p": .number($0.test.p), "interval": interval($0.interval),
                    "exact": .bool($0.test.isExact == true), "ties": .bool($0.test.ties == true),
                ])
            }
        }
        return .object(fields)
    }
}
