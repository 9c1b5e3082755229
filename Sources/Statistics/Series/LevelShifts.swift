/// Where the level of a noisy series shifts, with the noise and its dependence read from the series itself.
///
/// The shifts are those of the least Σ (y − level)² + penalty · shifts (`ChangePoints`, exact) with the penalty
/// 4 σ² log n (twice Schwarz's price for the place and the new level, since every place is tried), σ from consecutive
/// differences. Neighbours that depend on each other make stairs out of wandering, so
/// the penalty is raised by (1 + φ)/(1 − φ)², which is what dependence adds to the variance of a mean and takes from that
/// of differences, with φ the lag-1 autocorrelation of what the first search leaves, freed of its bias and held within
/// 0...0.9. A slope is no stair either: shifts stand
/// only where they describe the series better than one straight line does by the Bayesian information criterion,
/// n log(Σ rest²/n) + k log n, with k = 2 · shifts + 1 against k = 2. Penalty: Y.-C. Yao, Stat. Prob. Lett. 6 (1988)
/// 181–189, doi:10.1016/0167-7152(88)90118-6; criterion: G. Schwarz 1978, doi:10.1214/aos/1176344136.
public struct LevelShifts: Sendable, Hashable {
    /// The number of values.
    public let n: Int
    /// The positions of the first value of each new level, ascending.
    public let indices: [Int]
    /// What a shift had to gain, in the squared unit of the data.
    public let penalty: Double
    /// The lag-1 autocorrelation that raised the penalty, 0 to 0.9.
    public let dependence: Double
    /// Whether shifts were found but a straight line does better.
    public let isSlope: Bool

    /// Searches a series without gaps.
    ///
    /// - Parameter minimumLevel: the fewest values of a level, at least 2.
    ///
    /// Throws `.tooFew` below twice `minimumLevel` and below three values, `.nonFinite`, `.constant`, `.outOfDomain`. Cost:
    /// at most two searches of `ChangePoints`.
    public init(_ data: [Double], minimumLevel: Int = 3) throws(Undefined) {
        guard minimumLevel >= 2 else { throw .outOfDomain("a level has at least 2 values, not \(minimumLevel)") }
        let plain = try ChangePoints.defaultPenalty(data) * 4 / 3
        let first = try ChangePoints(data, penalty: plain, minimumLength: minimumLevel)
        let dependence = Self.dependence(of: Self.rest(of: data, first.indices), levels: first.indices.count + 1)
        let raised = plain * (1 + dependence) / ((1 - dependence) * (1 - dependence))
        let found =
            first.indices.isEmpty || dependence == 0
            ? first.indices : try ChangePoints(data, penalty: raised, minimumLength: minimumLevel).indices
        let line = try LinearFit(data)
        let stairs = Self.criterion(Self.rest(of: data, found), numbers: 2 * found.count + 1)
        let slope = Self.criterion(data.indices.map { data[$0] - line(Double($0)) }, numbers: 2)
        isSlope = !found.isEmpty && slope <= stairs
        indices = isSlope ? [] : found
        (n, penalty, self.dependence) = (data.count, raised, dependence)
    }

    /// The values less the mean of their level.
    private static func rest(of data: [Double], _ indices: [Int]) -> [Double] {
        zip([0] + indices, indices + [data.count]).flatMap { start, end in
            let level = data[start..<end]
            let mean = level.compensatedSum / Double(level.count)
            return level.map { $0 - mean }
        }
    }

    /// Each fitted mean pulls the autocorrelation of what it leaves down by about 1/n, and its own bias by as much again.
    private static func dependence(of rest: [Double], levels: Int) -> Double {
        let squares = rest.map { $0 * $0 }.compensatedSum
        guard squares > 0 else { return 0 }
        let neighbours = zip(rest, rest.dropFirst()).map { $0 * $1 }.compensatedSum
        return min(0.9, max(0, neighbours / squares + 2 * Double(levels) / Double(rest.count)))
    }

    private static func criterion(_ rest: [Double], numbers: Int) -> Double {
        let n = Double(rest.count)
        let mean = rest.map { $0 * $0 }.compensatedSum / n
        return n * log(max(mean, .leastNormalMagnitude)) + Double(numbers) * log(n)
    }
}
