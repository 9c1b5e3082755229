/// Round positions for ticks.
enum Ticks {
    /// Ticks inside a domain that divide it into about `count` parts, with their step; a domain without width has its
    /// one value and no step.
    ///
    /// - Parameter isCount: whether a part of a step of 1 means nothing, so that the step is a whole number.
    static func linear(_ domain: ClosedRange<Double>, count: Int, isCount: Bool = false) -> (
        positions: [Double], step: TickStep?
    ) {
        guard let step = step(domain, count: count, isCount: isCount) else { return ([domain.lowerBound], nil) }
        // A tick may lie beyond the domain by rounding alone.
        let slack = 1e-9
        let first = (domain.lowerBound / step.value - slack).rounded(.up)
        let last = (domain.upperBound / step.value + slack).rounded(.down)
        guard last >= first, last - first < 1000, abs(first) < 9e15 else { return ([domain.lowerBound], nil) }
        return (stride(from: first, through: last, by: 1).map(step.multiple), step)
    }

    /// A domain widened to whole steps.
    static func widened(_ domain: ClosedRange<Double>, count: Int, isCount: Bool = false) -> ClosedRange<Double> {
        guard let step = step(domain, count: count, isCount: isCount) else { return domain }
        let low = step.multiple((domain.lowerBound / step.value + 1e-9).rounded(.down))
        let high = step.multiple((domain.upperBound / step.value - 1e-9).rounded(.up))
        return min(low, domain.lowerBound)...max(high, domain.upperBound)
    }

    /// Powers of ten; with 2 and 5 between them where there would be fewer than four; the ends of the domain where
    /// there would be fewer than two ticks at all.
    static func logarithmic(_ domain: ClosedRange<Double>) -> [Double] {
        let exponents =
            PowerOfTen.exponent(
                of: domain.lowerBound)...max(
                PowerOfTen.exponent(of: domain.lowerBound), PowerOfTen.exponent(of: domain.upperBound))
        let powers = exponents.map(PowerOfTen.value).filter(domain.contains)
        if powers.count >= 4 {
            let every = (powers.count + 7) / 8
            return powers.enumerated().filter { $0.offset % every == 0 }.map(\.element)
        }
        let all = exponents.flatMap { exponent in
            [1.0, 2, 5].map { exponent < 0 ? $0 / PowerOfTen.value(-exponent) : $0 * PowerOfTen.value(exponent) }
        }.filter(domain.contains)
        return all.count >= 2 ? all : linear(domain, count: 4).positions
    }

    private static func step(_ domain: ClosedRange<Double>, count: Int, isCount: Bool) -> TickStep? {
        let span = domain.upperBound - domain.lowerBound
        let size = max(abs(domain.lowerBound), abs(domain.upperBound))
        // Below this ratio neighbouring ticks would be the same number.
        guard count > 0, span.isFinite, span > 1e-290, span > size * 1e-13 else { return nil }
        let step = TickStep(near: span / Double(count))
        return isCount ? step.whole : step
    }
}
