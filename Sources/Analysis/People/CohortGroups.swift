import Model
import Statistics

/// The published cohorts, with figures of what was published of them.
struct CohortGroups {
    let sizes: PublishedTable
    let success: PublishedTable
    /// What was published of them beside counts; nil where nothing was.
    let released: FigureRelease?
    let level: Double

    var figures: [PeopleResult.CohortFigures] {
        guard let guarded = sizes.table.value else { return [] }
        return guarded.rows.indices.map { row in
            let name = guarded.rows[row]
            return PeopleResult.CohortFigures(
                name: name, n: guarded.rowTotals[row], success: share(name), engagement: mean(.engagement, name),
                goals: mean(.goals, name), hours: mean(.hours, name))
        }
    }

    private func share(_ cohort: String) -> Answer<SuccessShare> {
        guard let row = success.row(cohort) else { return .failure(success.table.absence ?? .hidden) }
        return Self.share(of: "success", row, success, level: level)
    }

    private func mean(_ measure: FigureRelease.Measure, _ cohort: String) -> Answer<PeopleResult.GroupMean> {
        figure(measure, cohort).flatMap { figure in
            computed { () throws(Undefined) in
                let made = try MeanInterval(figure.summary(), level: level).interval
                func rounded(_ value: Double) -> Double { CoarseMean.rounded(value, to: figure.step) }
                return PeopleResult.GroupMean(
                    mean: figure.mean,
                    interval: Interval(low: rounded(made.low), high: rounded(made.high), level: level))
            }
        }
    }

    private func figure(_ measure: FigureRelease.Measure, _ cohort: String) -> Answer<FigureRelease.Figure> {
        guard let released else { return .failure(.notPublishedBefore) }
        return released.cohorts[cohort]?[measure].map { .success($0) } ?? .failure(.hidden)
    }

    /// The share of a column among those of a row that have one, where all counts that it takes are published.
    static func share(
        of name: String, _ row: Int, _ published: PublishedTable, level: Double
    ) -> Answer<SuccessShare> {
        guard let table = published.table.value, let yes = table.columns.firstIndex(of: name),
            case .count(let successes) = table.cells[row][yes]
        else { return .failure(.hidden) }
        var others = 0
        for (column, name) in table.columns.enumerated() where column != yes && name != "no outcome" {
            guard case .count(let count) = table.cells[row][column] else { return .failure(.hidden) }
            others += count
        }
        return Scorecard.share(successes, of: successes + others, level: level)
    }

    /// The mean of at least k people, rounded (`CoarseMean`), so that one of them cannot be told from two nights.
    static func mean(_ values: [Double], k: Int, level: Double) -> Answer<PeopleResult.GroupMean> {
        guard values.count >= k else { return .failure(.hidden) }
        return computed { () throws(Undefined) in
            let made = try MeanInterval(values, level: level)
            let step = CoarseMean.step(values)
            func rounded(_ value: Double) -> Double { CoarseMean.rounded(value, to: step) }
            return PeopleResult.GroupMean(
                mean: rounded(made.mean),
                interval: Interval(
                    low: rounded(made.interval.low), high: rounded(made.interval.high), level: level))
        }
    }

    /// Every pair of cohorts; p corrected over the pairs of each question by Holm.
    var pairs: [PeopleResult.CohortPair] {
        let figures = figures
        var pairs: [PeopleResult.CohortPair] = []
        for b in figures.indices {
            for a in 0..<b {
                pairs.append(
                    PeopleResult.CohortPair(
                        a: figures[a].name, b: figures[b].name,
                        success: successDifference(figures[a].success, figures[b].success),
                        engagement: difference(.engagement, figures[a].name, figures[b].name),
                        goals: difference(.goals, figures[a].name, figures[b].name),
                        hours: difference(.hours, figures[a].name, figures[b].name)))
            }
        }
        correct(&pairs, \.success)
        for path in [\PeopleResult.CohortPair.engagement, \.goals, \.hours] { correct(&pairs, path) }
        func least(_ pair: PeopleResult.CohortPair) -> Double {
            [pair.success, pair.engagement, pair.goals, pair.hours].compactMap { $0.value?.p }.min() ?? 2
        }
        return pairs.sorted { (least($0), $0.a, $0.b) < (least($1), $1.a, $1.b) }
    }

    private func successDifference(
        _ a: Answer<SuccessShare>, _ b: Answer<SuccessShare>
    ) -> Answer<PeopleResult.PairDifference> {
        guard let a = a.value, let b = b.value else { return .failure(a.absence ?? b.absence ?? .hidden) }
        return computed { () throws(Undefined) in
            let fisher = try FisherExact(b.successes, b.n - b.successes, a.successes, a.n - a.successes)
            let (first, second) = (
                try WilsonInterval(successes: a.successes, of: a.n, level: level),
                try WilsonInterval(successes: b.successes, of: b.n, level: level)
            )
            // Undefined where both shares are 0 or both 1: then they are equal.
            let h: Answer<Double> = computed { () throws(Undefined) in
                try TwoProportionTest(successes: a.successes, of: a.n, and: b.successes, of: b.n).cohensH
            }
            return PeopleResult.PairDifference(
                difference: b.share - a.share, interval: TwoProportionTest.interval(first, second),
                effect: h.value ?? 0,
                p: fisher.p, pHolm: fisher.p)
        }
    }

    /// From the published figures of both alone, so that it tells nothing that they do not.
    private func difference(
        _ measure: FigureRelease.Measure, _ a: String, _ b: String
    ) -> Answer<PeopleResult.PairDifference> {
        let (first, second) = (figure(measure, a), figure(measure, b))
        guard let a = first.value, let b = second.value else {
            return .failure(first.absence ?? second.absence ?? .hidden)
        }
        return computed { () throws(Undefined) in
            let test = try WelchTTest(a.summary(), b.summary(), level: level)
            let effect = try StandardizedDifference(a.summary(), b.summary(), level: level)
            func rounded(_ value: Double) -> Double { CoarseMean.rounded(value, to: max(a.step, b.step)) }
            return PeopleResult.PairDifference(
                difference: CoarseMean.rounded(test.difference, to: 0.01),
                interval: Interval(
                    low: rounded(test.interval.low), high: rounded(test.interval.high), level: level),
                effect: effect.hedgesG, p: test.p, pHolm: test.p)
        }
    }

    private func correct(
        _ pairs: inout [PeopleResult.CohortPair],
        _ path: WritableKeyPath<PeopleResult.CohortPair, Answer<PeopleResult.PairDifference>>
    ) {
        let places = pairs.indices.filter { pairs[$0][keyPath: path].value != nil }
        let raw = places.compactMap { pairs[$0][keyPath: path].value?.p }
        guard let adjusted = computed({ () throws(Undefined) in try Adjustment.holm.adjusted(raw) }).value else {
            return
        }
        for (place, p) in zip(places, adjusted) { pairs[place][keyPath: path].update { $0.pHolm = p } }
    }
}
