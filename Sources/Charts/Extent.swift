/// The values that marks reach on an axis, where the figure does not say.
struct Extent {
    private(set) var low = Double.infinity
    private(set) var high = -Double.infinity

    /// Takes a value in; what is not finite, or beyond ±1e300 so that differences would not be, is left out.
    mutating func include(_ value: Double?) {
        guard let value, abs(value) <= 1e300 else { return }
        low = min(low, value)
        high = max(high, value)
    }

    var isEmpty: Bool { low > high }

    /// The extent with a margin where it is a single value; nil if nothing was included.
    var range: ClosedRange<Double>? { isEmpty ? nil : Self.roomy(low...high) }

    /// A range with a margin of a tenth where it has no width, of 1 around zero.
    static func roomy(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
        let size = max(abs(range.lowerBound), abs(range.upperBound))
        guard range.upperBound - range.lowerBound <= size * 1e-13 else { return range }
        let margin = size < 1e-290 ? 1 : size * 0.1
        return (range.lowerBound - margin)...(range.upperBound + margin)
    }

    /// A domain that a figure gave, if it can be used.
    static func usable(_ domain: ClosedRange<Double>?) -> ClosedRange<Double>? {
        guard let domain, abs(domain.lowerBound) <= 1e300, abs(domain.upperBound) <= 1e300 else { return nil }
        return roomy(domain)
    }
}
