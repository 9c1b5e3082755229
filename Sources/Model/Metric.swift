/// Which way of a metric is good. Declared once; arrows, colours, findings and alerts follow it.
public enum Direction: String, Sendable, Hashable, CaseIterable {
    /// A larger value is better (a quality score).
    case higher
    /// A smaller value is better (a latency, an error count).
    case lower
    /// Neither way is better (a word count): nothing may be called improving or declining.
    case neutral
}

/// How the values of a metric are binned when days are added up.
public enum BinScheme: Sendable, Hashable {
    /// Equal bins over a bounded range; a quantile read from them errs by at most one bin width.
    case linear(lower: Double, upper: Double, count: Int)
    /// Bins that grow by a constant factor; a quantile read from them errs by at most this share of itself.
    case logarithmic(relativeError: Double)

    /// A bin for each value that is a whole number of steps from the lower limit, with the value in its middle: quantiles
    /// of such values are exact, and of others err by at most half a step.
    ///
    /// Nil without two finite limits, and with more than 1,000,000 bins.
    public static func steps(of step: Double, over range: ClosedRange<Double>?) -> BinScheme? {
        guard let range, step > 0, range.lowerBound < range.upperBound else { return nil }
        let count = ((range.upperBound - range.lowerBound) / step).rounded() + 1
        guard count.isFinite, count <= 1_000_000 else { return nil }
        let lower = range.lowerBound - step / 2
        return .linear(lower: lower, upper: lower + count * step, count: Int(count))
    }
}

/// A named quantity with unit, range, direction of goodness and bins.
///
/// A value outside `range` is never used: the cell is refused with its place. `range` is in `unit`, after scaling.
public struct Metric: Sendable, Hashable {
    /// The key in configuration and JSON: lower-case letters, digits and underscores, starting with a letter.
    public let name: String
    /// The words that a reader meets, such as "Response time".
    public let title: String
    /// The unit's symbol ("s", "ms", "score", "words", "%"); empty where the metric is a plain count.
    public let unit: String
    /// The smallest and largest value that can be true; nil where nothing is known.
    public let range: ClosedRange<Double>?
    /// Which way is good.
    public let direction: Direction
    /// Whether each value is 0 or 1, so that the mean is a share.
    public let isProportion: Bool
    /// The bins of its histograms.
    public let bins: BinScheme

    /// Makes a metric; nil if the name is not a valid key.
    ///
    /// Without `bins` a metric with two finite limits gets 400 linear bins (a quarter per cent of its range),
    /// any other logarithmic bins with a relative error of one per cent.
    public init?(
        name: String, title: String? = nil, unit: String = "", range: ClosedRange<Double>? = nil,
        direction: Direction = .neutral, isProportion: Bool = false, bins: BinScheme? = nil
    ) {
        guard Metric.isValidName(name) else { return nil }
        self.name = name
        self.title = title ?? KeyWords.title(of: name)
        self.unit = unit
        self.range = isProportion ? 0...1 : range
        self.direction = direction
        self.isProportion = isProportion
        self.bins = bins ?? Metric.defaultBins(range: self.range)
    }

    /// The values that forecasts are held within: `range`, or from 0 on where none is declared, the unit is one of time or of
    /// things that are counted, and no value lies below 0.
    ///
    /// - Parameter smallest: of the values that are there; nil where that is not known.
    public func bounds(smallest: Double?) -> ClosedRange<Double>? {
        range ?? (smallest.map { $0 >= 0 } ?? false && Metric.amounts.contains(unit) ? 0 ... .infinity : nil)
    }

    /// Units of which there cannot be less than none.
    private static let amounts: Set<String> = [
        "ms", "s", "min", "h", "days", "words", "tokens", "characters", "bytes", "kB", "MB", "GB", "sessions",
        "records",
        "errors", "requests", "people",
    ]

    /// Whether a text can be the key of a metric or dimension: `[a-z][a-z0-9_]*`, at most 64 bytes.
    public static func isValidName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= 64, (0x61...0x7A).contains(first) else { return false }
        return bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }

    private static func defaultBins(range: ClosedRange<Double>?) -> BinScheme {
        guard let range, range.lowerBound.isFinite, range.upperBound.isFinite, range.lowerBound < range.upperBound
        else {
            return .logarithmic(relativeError: 0.01)
        }
        return .linear(lower: range.lowerBound, upper: range.upperBound, count: 400)
    }
}
