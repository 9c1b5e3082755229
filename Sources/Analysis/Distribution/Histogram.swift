import Statistics

extension HistogramFigures {
    /// Bars for the counts: one for each value where they are few and lie on a grid, else equal widths.
    ///
    /// Values lie on a grid when the whole range takes at most `settings.maximumBars` of their smallest distance.
    /// Equal widths start from the Freedman–Diaconis width (Sturges' where the quartiles coincide), go up to the next
    /// 1, 2, 2.5 or 5 × 10^k, and further until there are at most `settings.maximumBars` bars; where bins were counted,
    /// also until a bar holds whole bins if such a step exists. A bin that lies across an edge between bars is taken as
    /// evenly filled: given whole to one of them it would draw teeth that are not in the values. Fails without values.
    static func bars(of counts: ValueCounts, settings: AnalysisSettings) -> Answer<HistogramFigures> {
        if counts.bins == nil, let bars = barPerValue(counts.sample, settings: settings) { return .success(bars) }
        return computed { () throws(Undefined) in try equalWidths(counts, limit: settings.maximumBars) }
    }

    private static func barPerValue(_ sample: CountedSample, settings: AnalysisSettings) -> HistogramFigures? {
        guard let first = sample.min, let last = sample.max, sample.values.count <= settings.distinctBars else {
            return nil
        }
        let gaps = zip(sample.values, sample.values.dropFirst()).map { $1 - $0 }
        let width = gaps.min() ?? (first == 0 ? 1 : abs(first) / 10)
        guard width > 0, (last - first) / width <= Double(settings.maximumBars) else { return nil }
        let bins = zip(sample.values, sample.counts).map {
            HistogramBin(low: $0 - width / 2, high: $0 + width / 2, count: $1)
        }
        return HistogramFigures(bins: bins, rule: .distinctValues)
    }

    private static func equalWidths(_ counts: ValueCounts, limit: Int) throws(Undefined) -> HistogramFigures {
        let edges = try BinEdges(counts.sample, limit: limit)
        let low = counts.bins?.first?.lowerBound ?? edges.edges[0]
        let high = counts.bins?.last?.upperBound ?? edges.edges[edges.edges.count - 1]
        var step = NiceStep.atLeast(max(edges.edges[1] - edges.edges[0], counts.widestBin ?? 0))
        while step.stepsAcross(low, high) > Double(limit) { step = step.next }
        if let fine = counts.evenWidth { step = step.holding(whole: fine) }
        guard max(abs(low), abs(high)) / step.width < 1e15 else {
            throw .outOfDomain("values this far from 0 lie too close together for bars")
        }
        return fill(counts, step: step, low: low, high: high)
    }

    private static func fill(
        _ counts: ValueCounts, step: NiceStep, low: Double, high: Double
    ) -> HistogramFigures {
        let first = Int(step.stepsBelow(low))
        let bars = max(1, Int(step.stepsAcross(low, high)))
        var bins = (first..<first + bars).map {
            HistogramBin(low: step.multiple($0), high: step.multiple($0 + 1), count: 0)
        }
        let sample = counts.sample
        guard let limits = counts.bins else {
            for (value, count) in zip(sample.values, sample.counts) {
                bins[min(bars - 1, max(0, Int(step.stepsBelow(value)) - first))].count += count
            }
            return HistogramFigures(bins: bins, rule: .freedmanDiaconis)
        }
        // What lies below each upper edge, rounded once: the bars are whole numbers and add up to n.
        var below = Array(repeating: 0.0, count: bars)
        for (limit, count) in zip(limits, sample.counts) {
            let width = limit.upperBound - limit.lowerBound
            for bar in bins.indices.reversed() {
                guard bins[bar].high > limit.lowerBound + 1e-9 * width else { break }
                let share = width > 0 ? min(1, (bins[bar].high - limit.lowerBound) / width) : 1
                below[bar] += Double(count) * (share > 1 - 1e-9 ? 1 : share)
            }
        }
        below[bars - 1] = Double(sample.n)
        var reached = 0
        for bar in bins.indices {
            let next = Int(below[bar].rounded())
            bins[bar].count = next - reached
            reached = next
        }
        return HistogramFigures(bins: bins, rule: .freedmanDiaconisBinned)
    }
}

extension ValueCounts {
    /// The bins' width if all are equally wide.
    fileprivate var evenWidth: Double? {
        guard let bins, let first = bins.first else { return nil }
        let width = first.upperBound - first.lowerBound
        let isEven = bins.allSatisfy { abs($0.upperBound - $0.lowerBound - width) <= 1e-9 * width }
        return isEven ? width : nil
    }
}

extension NiceStep {
    /// How many whole steps cover a range; an end on an edge opens no further step.
    fileprivate func stepsAcross(_ low: Double, _ high: Double) -> Double {
        (high / width - 1e-9).rounded(.up) - stepsBelow(low)
    }

    /// This step, or one of the next few that is a whole multiple of a finer width; this step if none is.
    fileprivate func holding(whole fine: Double) -> NiceStep {
        var step = self
        for _ in 0..<4 {
            let ratio = step.width / fine
            if abs(ratio - ratio.rounded()) <= 1e-6 { return step }
            step = step.next
        }
        return self
    }
}
