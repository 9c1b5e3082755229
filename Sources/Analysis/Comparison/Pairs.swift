import Statistics

extension PairFigures {
    /// Every pair of groups, with p corrected among them. Cost: groups² / 2 × the distinct values of a pair.
    static func all(_ groups: [ComparedGroup], level: Double) -> [PairFigures] {
        var pairs: [PairFigures] = []
        for (index, a) in groups.enumerated() {
            for b in groups.dropFirst(index + 1) { pairs.append(PairFigures(a, b, level: level)) }
        }
        return corrected(pairs)
    }

    private init(_ a: ComparedGroup, _ b: ComparedGroup, level: Double) {
        let test = PairFigures.welch(a.summary, b.summary, level: level)
        let ranks = [a, b].samples.flatMap { samples in
            computed { () throws(Undefined) in try MannWhitney(samples[0], samples[1]) }
        }
        let shares = SharePair(a.counts, b.counts, level: level)
        let effect = computed { () throws(Undefined) in
            try StandardizedDifference(a.summary, b.summary, variances: .unequal, level: level)
        }
        self.init(
            a: a.value, b: b.value, countA: a.summary.n, countB: b.summary.n,
            difference: b.summary.mean - a.summary.mean, reach: shares?.interval ?? test.value?.interval,
            welch: test.map(TestFigures.init), shares: shares, mannWhitney: ranks.map(TestFigures.init),
            countsExactness: [a, b].countsExactness, hedgesG: effect.map(EffectFigures.init),
            kolmogorovSmirnov: [a, b].samples.flatMap { samples in
                computed { () throws(Undefined) in
                    try TestFigures(
                        TwoSampleKolmogorovSmirnov(
                            samples[0], samples[1], method: kolmogorovSmirnovMethod(a.summary.n, b.summary.n)))
                }
            },
            cohenD: effect.map(\.cohenD),
            cliffsDelta: ranks.map(\.cliffsDelta), adjustments: [], pHolm: nil, pBH: nil)
    }

    /// Welch's t. Where one group does not vary, its mean would pass for certain, however few its records: it takes the whole
    /// scatter of the difference from the other group, and a rare event that is missing by chance would be a difference.
    private static func welch(_ a: GroupSummary, _ b: GroupSummary, level: Double) -> Answer<WelchTTest> {
        let isConstant = [a, b].map { $0.n > 1 && $0.variance <= 0 }
        guard isConstant[0] == isConstant[1] else { return .failure(.undefined("the values of a group do not vary")) }
        let test = computed { () throws(Undefined) in try WelchTTest(a, b, level: level) }
        return isConstant[0] && a.mean != b.mean ? test.mapError { $0 == .constant ? .constantSides : $0 } : test
    }

    private static func corrected(_ pairs: [PairFigures]) -> [PairFigures] {
        let tested = pairs.indices.filter { pairs[$0].counted.value != nil }
        let p = tested.compactMap { pairs[$0].counted.value?.p }
        var pairs = pairs
        for (index, value) in zip(tested, adjusted(p, by: .holm)) { pairs[index].pHolm = value }
        for (index, value) in zip(tested, adjusted(p, by: .benjaminiHochberg)) { pairs[index].pBH = value }
        return pairs
    }
}

/// Exact below 10,000 pairs of values, as R's `ks.test` does: a night compares hundreds of pairs of groups, and counting all
/// orders of two groups of 2,000 takes as long as reading them.
private func kolmogorovSmirnovMethod(_ n1: Int, _ n2: Int) -> TwoSampleKolmogorovSmirnov.Method {
    Double(n1) * Double(n2) < 10_000 ? .exact : .asymptotic
}

extension EffectFigures {
    /// Hedges' g of b − a with an interval that allows for unequal variances, as Welch's test does.
    static func hedges(_ a: GroupSummary, _ b: GroupSummary, level: Double) -> Answer<EffectFigures> {
        computed { () throws(Undefined) in
            EffectFigures(try StandardizedDifference(a, b, variances: .unequal, level: level))
        }
    }

    /// Hedges' g with its interval.
    init(_ effect: StandardizedDifference) { self.init(value: effect.hedgesG, interval: effect.interval) }
}

extension TestFigures {
    /// Welch's t.
    init(_ test: WelchTTest) {
        self.init(method: .welch, statistic: test.t, degreesOfFreedom: [test.df], p: test.p)
    }

    /// Kolmogorov–Smirnov for two samples: the statistic is D.
    init(_ test: TwoSampleKolmogorovSmirnov) { self.init(method: .kolmogorovSmirnov, statistic: test.d, p: test.p) }

    /// Mann–Whitney: the statistic is the second sample's U.
    init(_ test: MannWhitney) {
        self.init(
            method: .mannWhitney, statistic: test.u2, p: test.p, isExact: test.method == .exact, ties: test.ties)
    }
}
