/// Declared bins: a fixed way to number every finite value, the same on every day, so that counts add up.
///
/// Numbers ascend with the values.
public enum Bins: Sendable, Hashable {
    /// `count` equal bins over [lower, upper]; below lies bin −1, above lies bin `count`.
    case linear(lower: Double, upper: Double, count: Int)
    /// Every power of two is cut into 2^k equal bins, with the smallest k for which half a bin is at most this share
    /// of any value in it. Zero (and what is closer to it than 2^-1022) has the bin 0, negative values negative bins.
    case logarithmic(relativeError: Double)

    /// Whether the bins can be used: finite limits in order and at least one bin, or an error between 2^-21 and 1.
    public var isValid: Bool {
        switch self {
        case .linear(let lower, let upper, let count):
            lower.isFinite && upper.isFinite && lower < upper && (upper - lower).isFinite && (1...1_000_000) ~= count
        case .logarithmic(let error): error >= 0x1p-21 && error <= 1
        }
    }

    /// The bin of a finite value.
    public func index(of value: Double) -> Int32 { indexer.index(of: value) }

    /// The limits of a bin; infinite on the far side of what lies outside linear bins.
    public func limits(of index: Int32) -> (lower: Double, upper: Double) {
        switch self {
        case .linear(let lower, let upper, let count):
            if index < 0 { return (-.infinity, lower) }
            if Int(index) >= count { return (upper, .infinity) }
            let width = (upper - lower) / Double(count)
            let end = Int(index) == count - 1 ? upper : lower + width * Double(index + 1)
            return (lower + width * Double(index), end)
        case .logarithmic:
            if index == 0 { return (0, 0) }
            let shift = UInt64(52 - subdivision)
            let low = Double(bitPattern: UInt64(index.magnitude) << shift)
            let high = Double(bitPattern: (UInt64(index.magnitude) + 1) << shift)
            return index > 0 ? (low, high) : (-high, -low)
        }
    }

    /// The value that stands for a bin: its middle, or the limit beyond which the values lie.
    public func representative(of index: Int32) -> Double {
        let (lower, upper) = limits(of: index)
        if lower == -.infinity { return upper }
        return upper == .infinity ? lower : lower + (upper - lower) / 2
    }

    /// How far a value of the bin can be from its representative: half the width, infinite outside linear bins.
    public func maximumError(of index: Int32) -> Double {
        let (lower, upper) = limits(of: index)
        return (upper - lower) / 2
    }

    /// How many times a power of two is halved; 0 for linear bins.
    var subdivision: Int {
        guard case .logarithmic(let error) = self else { return 0 }
        var k = 0
        while k < 20, 0.5 / Double(1 << k) > error { k += 1 }
        return k
    }

    /// The same numbering with its constants worked out, for loops.
    public var indexer: Indexer {
        switch self {
        case .linear(let lower, let upper, let count):
            Indexer(
                shift: 0, lower: lower, upper: upper, scale: Double(count) / (upper - lower), last: Int32(count) - 1)
        case .logarithmic: Indexer(shift: UInt64(52 - subdivision), lower: 0, upper: 0, scale: 0, last: 0)
        }
    }

    /// The numbering of bins with its constants worked out.
    public struct Indexer: Sendable {
        @usableFromInline let shift: UInt64
        @usableFromInline let lower: Double
        @usableFromInline let upper: Double
        @usableFromInline let scale: Double
        @usableFromInline let last: Int32

        /// The bin of a finite value.
        @inlinable public func index(of value: Double) -> Int32 {
            if shift == 0 {
                if value < lower { return -1 }
                return value > upper ? last + 1 : min(last, Int32((value - lower) * scale))
            }
            let magnitude = value.magnitude
            guard magnitude >= .leastNormalMagnitude else { return 0 }
            let index = Int32(truncatingIfNeeded: magnitude.bitPattern >> shift)
            return value < 0 ? -index : index
        }
    }
}
