/// How badly one value or one normal distribution describes a stretch of a series.
public enum SegmentModel: String, Sendable, Hashable {
    /// Changes of the mean: Σ(x − mean of the segment)².
    case mean
    /// Changes of mean and variance: n·log of the segment's variance (divisor n), as in a normal likelihood.
    case meanAndVariance
}

/// Costs of segments in constant time, from sums along a series that was centred first.
struct SegmentCost {
    private let sums: [Double]
    private let squares: [Double]
    private let floor: Double
    /// More than what rounding can add to or take from a cost.
    let rounding: Double
    let model: SegmentModel
    let count: Int

    init(_ data: [Double], model: SegmentModel) throws(Undefined) {
        let moments = try CentralMoments(data, shape: false)
        guard moments.sum2 > 0 else { throw .constant }
        var (sum, square) = (CompensatedSum(), CompensatedSum())
        var (sums, squares) = ([0.0], [0.0])
        for value in data {
            let d = value - moments.mean
            sum.add(d)
            square.add(d * d)
            sums.append(sum.value)
            squares.append(square.value)
        }
        (self.sums, self.squares, self.model, count) = (sums, squares, model, data.count)
        // A stretch of equal values has no variance: it is read as no smaller than the rounding of the whole.
        floor = moments.sum2 / Double(data.count) * 1e-10
        rounding = model == .mean ? moments.sum2 * 1e-14 : Double(data.count) * 1e-9
    }

    /// The cost of data[start..<end].
    @inline(__always) func callAsFunction(_ start: Int, _ end: Int) -> Double {
        let n = Double(end - start)
        let sum = sums[end] - sums[start]
        let deviance = max(0, squares[end] - squares[start] - sum * sum / n)
        switch model {
        case .mean: return deviance
        case .meanAndVariance: return n * log(max(deviance / n, floor))
        }
    }
}
