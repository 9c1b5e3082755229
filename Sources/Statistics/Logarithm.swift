/// Natural logarithms for what is told by ratios.
public enum Logarithm {
    /// ln x; −∞ at 0, NaN below.
    public static func of(_ x: Double) -> Double { log(x) }

    /// eˣ.
    public static func inverse(_ x: Double) -> Double { exp(x) }
}
