import Statistics

extension LedgerResult {
    /// An account without tests.
    init(alpha: Double) {
        self.init(tests: 0, rejected: 0, alpha: alpha, largestRejectedP: nil, families: [])
    }

    /// The account of claims: their kinds, p before and after correction, in one order.
    init(kinds: [Finding.Kind], p: [Double], adjusted: [Double?], alpha: Double) {
        let isRejected = adjusted.map { $0.map { $0 < alpha } ?? false }
        self.init(
            tests: p.count, rejected: isRejected.count { $0 }, alpha: alpha,
            largestRejectedP: zip(p, isRejected).filter(\.1).map(\.0).max(),
            families: Finding.Kind.allCases.map { kind in
                let places = kinds.indices.filter { kinds[$0] == kind }
                return Family(kind: kind, tests: places.count, rejected: places.count { isRejected[$0] })
            })
    }
}

extension ReportAnalyses {
    /// Corrects the p-values of every claim by Benjamini and Hochberg and writes them beside the raw ones: over the whole
    /// report and within the family of its kind, of which the larger holds.
    ///
    /// Over the report alone, hundreds of slopes and correlations that are true would let a p through that is nothing
    /// among the thousand newest days it is one of; within families alone, each further family would add false claims.
    mutating func balance() {
        var kinds: [Finding.Kind] = []
        var p: [Double] = []
        visitClaims { kind, test in
            kinds.append(kind)
            p.append(test.p)
        }
        var corrected = adjusted(p, by: .benjaminiHochberg)
        for family in Finding.Kind.allCases {
            let places = kinds.indices.filter { kinds[$0] == family }
            for (place, own) in zip(places, adjusted(places.map { p[$0] }, by: .benjaminiHochberg)) {
                corrected[place] = own.flatMap { own in corrected[place].map { max(own, $0) } }
            }
        }
        var next = 0
        visitClaims { _, test in
            test.pAdjusted = corrected[next]
            next += 1
        }
        ledger = LedgerResult(kinds: kinds, p: p, adjusted: corrected, alpha: settings.alpha)
    }
}
