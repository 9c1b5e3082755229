import Statistics

/// Which of the well-known shapes a distribution comes nearest to, and how near.
public struct ShapeFigures: Sendable, Hashable {
    /// The shape.
    public var shape: Shape
    /// The fitted candidates, the best by Akaike's criterion first.
    public var candidates: [Candidate]
    /// Hartigan's test of one mode, on at most `AnalysisSettings.dipSample` values; nil where it was not computed.
    public var dip: TestFigures?
    /// The values that this test took; nil where it was not computed.
    public var dipN: Int?
    /// Where the density has its modes: several only where the dip test speaks against one.
    public var modes: [Double]

    /// The shapes.
    public enum Shape: String, Sendable, Hashable, CaseIterable {
        /// At most ten distinct values: a scale, not a curve.
        case discrete
        /// Two modes or more, by Hartigan's test and the density.
        case multimodal
        /// A normal comes within `AnalysisSettings.shapeDistance`, or within what chance allows so few values.
        case normal
        /// A logarithmic normal does.
        case lognormal
        /// An even spread between the extremes does.
        case uniform
        /// An exponential from the smallest value on does.
        case exponential
        /// None does; skewness at least ½.
        case rightSkewed = "right_skewed"
        /// None does; skewness at most −½.
        case leftSkewed = "left_skewed"
        /// None does, with little skewness.
        case other
    }

    /// A fitted distribution.
    public struct Candidate: Sendable, Hashable {
        /// Which.
        public var shape: Shape
        /// Akaike's information criterion; only differences mean something.
        public var aic: Double
        /// The largest distance between the fitted and the found cumulative share (Kolmogorov's D), 0 to 1.
        public var distance: Double
    }
}

extension ShapeFigures {
    /// The shape of counts.
    ///
    /// - Parameters:
    ///   - values: at most so many single values for the dip test.
    ///   - grid: the grid on which the values lie, if any. The dip test takes each as spread evenly over a step of it: equal values are
    ///     no hill of their own.
    ///   - density: of the same counts.
    ///
    /// Candidates are fitted by maximum likelihood. With thousands of values every exact shape is refuted by some test, so
    /// a shape is named where it comes near (D at most `settings.shapeDistance`), whatever the p. Few values lie further from
    /// their own shape by chance, so that up to 0.895 / √n is near enough as well, which D of a fitted normal exceeds in
    /// 5 % (H. W. Lilliefors, J. Am. Stat. Assoc. 62 (1967) 399–402, doi:10.1080/01621459.1967.10482916). Fails below
    /// `settings.minimumGroup` values and without spread.
    init(
        _ counts: ValueCounts, values: [Double], grid: ValueGrid?, moments: MomentFigures,
        density: Answer<DensityFigures>,
        settings: AnalysisSettings
    ) throws(Absence) {
        let sample = counts.sample
        guard sample.n >= settings.minimumGroup else {
            throw sample.isEmpty ? .noRecords : .tooFew(.records, found: sample.n, needed: settings.minimumGroup)
        }
        guard (moments.sd ?? 0) > 0 else { throw .constant }
        candidates = ShapeFigures.candidates(sample).sorted { $0.aic < $1.aic }
        let named = ShapeFigures.named(candidates)
        let isDiscrete = sample.values.count <= 10
        let dipped = values.prefix(settings.dipSample)
        let spread = grid.map { $0.spread(dipped) } ?? Array(dipped)
        let found: Answer<HartiganDip> = computed { () throws(Undefined) in
            try HartiganDip(spread, simulations: settings.dipSimulations, seed: settings.seed)
        }
        dip = isDiscrete ? nil : found.value.map { TestFigures(method: .hartiganDip, statistic: $0.dip, p: $0.p) }
        dipN = dip.map { _ in dipped.count }
        let peaks = density.value?.modes ?? []
        let isMultimodal = (dip?.p ?? 1) < settings.alpha && peaks.count > 1
        if isMultimodal || peaks.count <= 1 {
            modes = peaks
        } else {
            let highest = density.value?.points.max { $0.y < $1.y }
            modes = highest.map { [$0.x] } ?? []
        }
        if isDiscrete {
            shape = .discrete
        } else if isMultimodal {
            shape = .multimodal
        } else if let named,
            named.distance <= max(settings.shapeDistance, 0.895 / Double(sample.n).squareRoot())
        {
            shape = named.shape
        } else {
            let skewness = moments.skewness ?? 0
            shape = skewness >= 0.5 ? .rightSkewed : skewness <= -0.5 ? .leftSkewed : .other
        }
    }

    /// The best candidate, or a normal that the criterion supports about as well (within 2: K. P. Burnham and D. R. Anderson,
    /// Sociol. Methods Res. 33 (2004) 261–304, doi:10.1177/0049124104268644).
    private static func named(_ candidates: [Candidate]) -> Candidate? {
        guard let best = candidates.first else { return nil }
        return candidates.first { $0.shape == .normal && $0.aic <= best.aic + 2 } ?? best
    }

    private static func candidates(_ sample: CountedSample) -> [Candidate] {
        FittedShape.Family.allCases.compactMap { family in
            let fit: Answer<FittedShape> = computed { () throws(Undefined) in
                try FittedShape(sample, family: family)
            }
            return fit.value.map { Candidate(shape: Shape($0.family), aic: $0.aic, distance: $0.distance) }
        }
    }
}

extension ShapeFigures.Shape {
    fileprivate init(_ family: FittedShape.Family) {
        switch family {
        case .normal: self = .normal
        case .lognormal: self = .lognormal
        case .uniform: self = .uniform
        case .exponential: self = .exponential
        }
    }
}
