/// How badly one value, one line or one normal distribution describes a stretch of a series.
public enum SegmentModel: String, Sendable, Hashable {
    /// Changes of the mean: Σ(x − mean of the segment)².
    case mean
    /// Changes of mean and variance: n·log of the segment's variance (divisor n), as in a normal likelihood.
    case meanAndVariance
    /// Changes of level or slope: Σ(x − least-squares line of the segment)².
    case line

    /// The least number of values that a segment may have.
    var leastLength: Int {
        switch self {
        case .mean: 1
        case .meanAndVariance: 2
        case .line: 3
        }
    }
}

/// Costs of segments in constant time, from sums along a series that was centred first.
struct SegmentCost {
    private let sums: [Double]
    private let squares: [Double]
    /// Σ place · value, the place counted from the middle of the series; empty where no line is asked for.
    private let products: [Double]
    private let floor: Double
    /// More than what rounding can add to or take from a cost.
    let rounding: Double
    let model: SegmentModel
    let count: Int

    init(_ data: [Double], model: SegmentModel) throws(Undefined) {
        let moments = try CentralMoments(data, shape: false)
        guard moments.sum2 > 0 else { throw .constant }
        var (sum, square, product) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        var (sums, squares, products) = ([0.0], [0.0], model == .line ? [0.0] : [])
        let middle = Double(data.count - 1) / 2
        for (index, value) in data.enumerated() {
            let d = value - moments.mean
            sum.add(d)
            square.add(d * d)
            sums.append(sum.value)
            squares.append(square.value)
            guard model == .line else { continue }
            product.add((Double(index) - middle) * d)
            products.append(product.value)
        }
        (self.sums, self.squares, self.products, self.model, count) = (sums, squares, products, model, data.count)
        // A stretch of equal values has no variance: it is read as no smaller than the rounding of the whole.
        floor = moments.sum2 / Double(data.count) * 1e-10
        rounding = model == .mean ? moments.sum2 * 1e-14 : Double(data.count) * 1e-9
    }

    /// Σ(x − mean of all)².
    var squaredDeviation: Double { squares[count] }

    /// The cost of data[start..<end].
    @inline(__always) func callAsFunction(_ start: Int, _ end: Int) -> Double {
        let n = Double(end - start)
        let sum = sums[end] - sums[start]
        let deviance = max(0, squares[end] - squares[start] - sum * sum / n)
        switch model {
        case .mean: return deviance
        case .meanAndVariance: return n * log(max(deviance / n, floor))
        case .line: return max(0, deviance - explained(start, end, sum))
        }
    }

    /// What the slope takes off the squared deviation from the mean: Sxy²/Sxx.
    private func explained(_ start: Int, _ end: Int, _ sum: Double) -> Double {
        let n = Double(end - start)
        guard n > 1 else { return 0 }
        let centre = Double(start + end - count) / 2
        let covariance = products[end] - products[start] - centre * sum
        return covariance * covariance * 12 / (n * (n * n - 1))
    }
}
