import Model
import Statistics

/// What is known about one metric in one group over one or more days, in a form that adds up.
///
/// `n + missing` is the number of records of the group. Partials over disjoint records add up to the partial of their
/// union: counts, minimum and maximum exactly, moments up to rounding.
public struct Partial: Sendable, Hashable {
    /// How many records have a value.
    public var n: Int { moments.n }
    /// How many records have none.
    public let missing: Int
    /// Number, mean and power sums of the values.
    public let moments: Moments
    /// The smallest value.
    public let minimum: Double
    /// The largest value.
    public let maximum: Double
    /// How often each value or bin occurs; `counts.n` is `n`.
    public let counts: BinnedCounts
    /// Whether extremes and counts are told in levels of several people, while the moments are of the values themselves.
    public let areValuesHeld: Bool
    /// The counts of the values themselves; those of `counts` unless these are told in levels. For tests, of which only the
    /// result is told: no page may show them.
    public let tested: BinnedCounts

    /// A partial from its parts; at least one value is there.
    public init(
        missing: Int, moments: Moments, minimum: Double, maximum: Double, counts: BinnedCounts,
        areValuesHeld: Bool = false, tested: BinnedCounts? = nil
    ) {
        self.areValuesHeld = areValuesHeld
        self.tested = tested ?? counts
        self.missing = missing
        self.moments = moments
        self.minimum = minimum
        self.maximum = maximum
        self.counts = counts
    }

    /// The partial of an array in which NaN and infinite values are missing; nil if nothing else is in it.
    public init?(of values: [Double], bins: BinScheme) {
        let present = values.filter(\.isFinite)
        guard let minimum = present.min(), let maximum = present.max() else { return nil }
        let counts = BinnedCounts(present, bins: Bins(bins))
        self.init(
            missing: values.count - present.count, moments: Moments(present), minimum: minimum + 0,
            maximum: maximum + 0, counts: counts)
    }

    /// The partial of an array that keeps every distinct value, for questions to rows that are all at hand.
    public init?(keepingAll values: [Double], bins: BinScheme) {
        let present = values.filter(\.isFinite)
        guard let minimum = present.min(), let maximum = present.max() else { return nil }
        self.init(
            missing: values.count - present.count, moments: Moments(present), minimum: minimum + 0,
            maximum: maximum + 0, counts: BinnedCounts(keepingAll: present, bins: Bins(bins)))
    }

    /// The partial of these records and other, disjoint ones of the same metric.
    public func merged(with other: Partial) -> Partial {
        var moments = moments
        moments.merge(other.moments)
        var counts = counts
        counts.merge(other.counts)
        let areValuesHeld = areValuesHeld || other.areValuesHeld
        var tested = areValuesHeld ? tested : counts
        if areValuesHeld { tested.merge(other.tested) }
        return Partial(
            missing: missing + other.missing, moments: moments, minimum: min(minimum, other.minimum),
            maximum: max(maximum, other.maximum), counts: counts,
            areValuesHeld: areValuesHeld, tested: tested)
    }
}

extension Bins {
    /// The bins that a metric declares.
    public init(_ scheme: BinScheme) {
        switch scheme {
        case .linear(let lower, let upper, let count): self = .linear(lower: lower, upper: upper, count: count)
        case .logarithmic(let error): self = .logarithmic(relativeError: error)
        }
    }
}
