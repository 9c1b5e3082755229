import Statistics

/// Curves that show how values are spread, ready to draw.
public struct CurveFigures: Sendable, Hashable {
    /// The kernel density over the range of the values; fails for values without spread.
    public var density: Answer<DensityFigures>
    /// The share of values at or below each of some values, from the smallest to the largest.
    public var cumulative: [CurvePoint]
    /// Sample quantiles against those of a normal with mean 0 and standard deviation 1.
    public var normalQuantiles: [CurvePoint]
}

/// A point of a curve.
public struct CurvePoint: Sendable, Hashable {
    /// Across.
    public var x: Double
    /// Up.
    public var y: Double
}

/// A Gaussian kernel density.
public struct DensityFigures: Sendable, Hashable {
    /// The standard deviation of the kernel, by Silverman's rule or a step of the values' grid.
    public var bandwidth: Double
    /// The curve.
    public var points: [CurvePoint]

    /// Where the density is highest between two valleys, by value. A peak counts if it rises above the deeper valley
    /// beside it by at least a tenth of the highest peak; smaller bumps are what samples of one hill look like.
    public var modes: [Double] {
        let top = points.map(\.y).max() ?? 0
        var modes: [Double] = []
        var peak: CurvePoint?
        var valley = 0.0
        for point in points {
            if let found = peak {
                if point.y > found.y {
                    peak = point
                } else if found.y - point.y >= 0.1 * top {
                    modes.append(found.x)
                    peak = nil
                    valley = point.y
                }
            } else if point.y <= valley {
                valley = point.y
            } else if point.y - valley >= 0.1 * top {
                peak = point
            }
        }
        if let peak, modes.isEmpty || peak.y - valley >= 0.1 * top { modes.append(peak.x) }
        return modes
    }
}

extension CurveFigures {
    /// The curves of counts, each of at most `settings.curvePoints` points. The density ends at the ends of `range`, where
    /// what the kernel puts beyond them is folded back. Where values lie on a grid the kernel is at least as wide as a step of it, or every
    /// value would be a hill. Fails without values.
    init(
        _ counts: ValueCounts, range: ClosedRange<Double>?, grid: ValueGrid?, settings: AnalysisSettings
    ) throws(Undefined) {
        let sample = counts.sample
        guard let low = sample.min, let high = sample.max else { throw .empty }
        let steps = max(2, settings.curvePoints)
        density = computed { () throws(Undefined) in
            var density = try KernelDensity(sample)
            if let grid, density.bandwidth < grid.step { density = try KernelDensity(sample, rule: .given(grid.step)) }
            let reach = 3 * density.bandwidth
            let ends = [low - reach, high + reach].map { range?.holding($0) ?? $0 }
            let points = try density.curve(from: ends[0], to: ends[1], points: 4 * steps, within: range)
            return DensityFigures(
                bandwidth: density.bandwidth, points: points.map { CurvePoint(x: $0.x, y: $0.density) })
        }
        let quantiles = try Quantiles(sample)
        var normal: [CurvePoint] = []
        for step in 0..<steps {
            // Hazen's plotting positions, (k − ½) / m.
            let share = (Double(step) + 0.5) / Double(steps)
            normal.append(CurvePoint(x: Normal.quantile(share), y: try quantiles(share)))
        }
        normalQuantiles = sample.isConstant ? [] : normal
        cumulative = CurveFigures.cumulative(sample, steps: steps)
    }

    private static func cumulative(_ sample: CountedSample, steps: Int) -> [CurvePoint] {
        let every = max(1, sample.values.count / steps)
        var points: [CurvePoint] = []
        var reached = 0
        for (index, count) in sample.counts.enumerated() {
            reached += count
            if index % every == 0 || index == sample.counts.count - 1 {
                points.append(CurvePoint(x: sample.values[index], y: Double(reached) / Double(sample.n)))
            }
        }
        return points
    }
}
