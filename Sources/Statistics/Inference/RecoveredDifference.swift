extension Interval {
    /// The interval of b − a from an interval of each, where the two are independent (MOVER): with a in [l₁, u₁] and b in [l₂, u₂]
    /// from b − a − √((b − l₂)² + (u₁ − a)²) to b − a + √((u₂ − b)² + (a − l₁)²).
    ///
    /// Of two shares with Wilson's intervals it is Newcombe's (doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I).
    /// Its level is that of a. Source: G. Y. Zou, A. Donner, Stat. Med. 27 (2008) 1693–1702, doi:10.1002/sim.3095. Cost: constant.
    public static func difference(
        of b: Double, in second: Interval, less a: Double, in first: Interval
    ) -> Interval {
        func length(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
        return Interval(
            low: b - a - length(b - second.low, first.high - a), high: b - a + length(second.high - b, a - first.low),
            level: first.level)
    }
}
