/// The shares that a part has of two totals, where what is counted comes in clusters, such as the days of some people.
///
/// Counts of one cluster depend on each other, so that a test of two shares that takes each of them for itself finds changes wherever
/// clusters come and go. Here clusters are what chance draws. With x of n in the first and second total of a cluster, sums X and N over all
/// clusters and p = X / N, the difference is p₂ − p₁, its squared standard error L / (L − 1) · Σ e², with
/// e = (x₂ − p₂ n₂) / N₂ − (x₁ − p₁ n₁) / N₁ of each of L clusters, and t has L − 1 degrees of freedom. That is the linearised
/// variance of a ratio. Source: K.-Y. Liang, S. L. Zeger, Biometrika 73 (1986) 13–22, doi:10.1093/biomet/73.1.13.
///
/// With few clusters that estimate is too small. With `.pooled` both p₁ and p₂ of the error are the share of both totals together,
/// which is what holds where nothing has changed, as in the score test of two shares; the interval is as wide as that error says.
public struct ClusteredShareTest: Sendable, Hashable {
    /// What is summed over clusters of their totals; one cluster after another, in any order.
    public struct Totals: Sendable, Hashable {
        fileprivate var clusters = 0
        fileprivate var (n1, n2) = (0, 0)
        fileprivate var (n1n1, n2n2, n1n2) = (0, 0, 0)

        /// No cluster.
        public init() {}

        /// Clusters so far.
        public var count: Int { clusters }

        /// Adds a cluster; one without anything is none.
        public mutating func add(_ first: Int, _ second: Int) {
            guard first > 0 || second > 0 else { return }
            clusters += 1
            (n1, n2) = (n1 + first, n2 + second)
            (n1n1, n2n2, n1n2) = (n1n1 + first * first, n2n2 + second * second, n1n2 + first * second)
        }
    }

    /// What is summed over the clusters that have a part.
    public struct Part: Sendable, Hashable {
        /// The part of the first total.
        public private(set) var first = 0
        /// The part of the second total.
        public private(set) var second = 0
        fileprivate var (x1x1, x2x2, x1x2) = (0, 0, 0)
        fileprivate var (x1n1, x1n2, x2n1, x2n2) = (0, 0, 0, 0)

        /// Of no cluster.
        public init() {}

        /// Adds the part that a cluster has, beside its totals.
        public mutating func add(_ first: Int, _ second: Int, of totals: (first: Int, second: Int)) {
            self.first += first
            self.second += second
            (x1x1, x2x2, x1x2) = (x1x1 + first * first, x2x2 + second * second, x1x2 + first * second)
            (x1n1, x1n2) = (x1n1 + first * totals.first, x1n2 + first * totals.second)
            (x2n1, x2n2) = (x2n1 + second * totals.first, x2n2 + second * totals.second)
        }
    }

    /// From which shares the error is found.
    public enum ErrorShares: Sendable, Hashable {
        /// Each total's own.
        case own
        /// That of both together.
        case pooled
    }

    /// The share of the first total.
    public let first: Double
    /// The share of the second total.
    public let second: Double
    /// Second − first with its interval.
    public let interval: Interval
    /// The statistic, with the sign of the difference.
    public let t: Double
    /// Its degrees of freedom.
    public let df: Double
    /// The two-sided p-value.
    public let p: Double

    /// Throws `.empty` where a total is 0, `.tooFew` below two clusters, `.constant` where no cluster differs from the others. Cost:
    /// constant.
    public init(
        _ part: Part, of all: Totals, error shares: ErrorShares = .own, level: Double = 0.95
    ) throws(Undefined) {
        guard all.n1 > 0, all.n2 > 0 else { throw .empty }
        guard all.clusters >= 2 else { throw .tooFew(found: all.clusters, needed: 2) }
        let (n1, n2) = (Double(all.n1), Double(all.n2))
        let (p1, p2) = (Double(part.first) / n1, Double(part.second) / n2)
        let common = Double(part.first + part.second) / (n1 + n2)
        let (q1, q2) = shares == .own ? (p1, p2) : (common, common)
        let (one, two, both) = Self.squares(part, all, q1, q2)
        let squared = one + two - 2 * both
        // What is left of whole numbers that cancel out is rounding.
        guard squared > 1e-14 * (one + two) else { throw .constant }
        let count = Double(all.clusters)
        let error = (squared * count / (count - 1)).squareRoot()
        (first, second, df) = (p1, p2, count - 1)
        t = (p2 - p1) / error
        p = Tail.twoSided.studentP(t, df: count - 1)
        let reach = StudentT.critical(level: level, df: count - 1) * error
        interval = Interval(low: max(-1, p2 - p1 - reach), high: min(1, p2 - p1 + reach), level: level)
    }

    /// Sums over clusters of the squares of both totals' errors and of their product.
    private static func squares(
        _ part: Part, _ all: Totals, _ p1: Double, _ p2: Double
    ) -> (one: Double, two: Double, both: Double) {
        let (n1, n2) = (Double(all.n1), Double(all.n2))
        let one = Double(part.x1x1) - 2 * p1 * Double(part.x1n1) + p1 * p1 * Double(all.n1n1)
        let two = Double(part.x2x2) - 2 * p2 * Double(part.x2n2) + p2 * p2 * Double(all.n2n2)
        let both = Double(part.x1x2) - p2 * Double(part.x1n2) - p1 * Double(part.x2n1) + p1 * p2 * Double(all.n1n2)
        return (one / (n1 * n1), two / (n2 * n2), both / (n1 * n2))
    }
}
