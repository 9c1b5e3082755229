/// What the arithmetic of a fit may leave of values that it meets.
enum Rounding {
    /// 16 last places of the largest value.
    static func grain(of values: [Double]) -> Double {
        16 * .ulpOfOne * values.reduce(0) { Swift.max($0, abs($1)) }
    }
}
