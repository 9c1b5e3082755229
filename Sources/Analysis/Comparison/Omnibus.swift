import Statistics

extension OmnibusFigures {
    /// The tests of any difference between two or more groups; fails below two.
    static func of(_ groups: [ComparedGroup]) -> Answer<OmnibusFigures> {
        guard groups.count >= 2 else { return .failure(.tooFew(.groups, found: groups.count, needed: 2)) }
        let summaries = groups.map(\.summary)
        let anova = computed { () throws(Undefined) in try OneWayAnova(summaries) }
        let ranks = groups.samples.flatMap { samples in
            computed { () throws(Undefined) in try KruskalWallis(samples) }
        }
        let spread = groups.samples.flatMap { samples in
            computed { () throws(Undefined) in try BrownForsythe(samples) }
        }
        return .success(
            OmnibusFigures(
                welch: computed { () throws(Undefined) in TestFigures(try WelchAnova(summaries)) }
                    .mapError { absence in
                        // A group that does not vary has no weight; that is not to say that all values are equal.
                        let isFlat = summaries.allSatisfy { $0.mean == summaries[0].mean && $0.variance <= 0 }
                        return absence == .constant && !isFlat
                            ? .undefined("the values of a group do not vary") : absence
                    },
                anova: anova.map { TestFigures($0, .anova) },
                kruskalWallis: ranks.map(TestFigures.init),
                brownForsythe: spread.map { TestFigures($0.anova, .brownForsythe) },
                chiSquared: shares(groups),
                countsExactness: groups.countsExactness, etaSquared: anova.map(\.etaSquared),
                epsilonSquared: ranks.map(\.epsilonSquared)))
    }

    private static func shares(_ groups: [ComparedGroup]) -> Answer<TestFigures> {
        let found = groups.compactMap { group in group.counts.value?.ones.map { [$0, group.summary.n - $0] } }
        guard found.count == groups.count else { return .failure(.notDeclared) }
        guard found.contains(where: { $0[0] > 0 }), found.contains(where: { $0[1] > 0 }) else {
            return .failure(.constant)
        }
        return computed { () throws(Undefined) in TestFigures(try ChiSquaredTest(found)) }
    }
}

extension TestFigures {
    fileprivate init(_ test: WelchAnova) {
        self.init(
            method: .welchANOVA, statistic: test.f, degreesOfFreedom: [test.dfBetween, test.dfWithin], p: test.p)
    }

    fileprivate init(_ test: OneWayAnova, _ method: Method) {
        self.init(
            method: method, statistic: test.f, degreesOfFreedom: [Double(test.dfBetween), Double(test.dfWithin)],
            p: test.p)
    }

    fileprivate init(_ test: KruskalWallis) {
        self.init(method: .kruskalWallis, statistic: test.h, degreesOfFreedom: [Double(test.df)], p: test.p)
    }
}
