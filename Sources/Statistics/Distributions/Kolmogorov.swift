/// The limit distribution of the scaled Kolmogorov–Smirnov distance √n·D.
///
/// Source: N. Smirnov, Ann. Math. Stat. 19 (1948) 279–281, doi:10.1214/aoms/1177730256. Cost: at most twelve exponentials.
public enum Kolmogorov {
    /// P(K > x) = 2 Σ (−1)^(k−1) exp(−2k²x²); below 0.8 from the theta-function transform of the series.
    public static func upperTail(_ x: Double) -> Double {
        guard x > 0 else { return x.isNaN ? .nan : 1 }
        if x < 0.8 {
            let scale = -.pi * .pi / (8 * x * x)
            let sum = [1.0, 3, 5, 7, 9].reduce(0) { $0 + exp(scale * $1 * $1) }
            return 1 - (2 * .pi).squareRoot() / x * sum
        }
        var sum = 0.0
        for k in stride(from: 12.0, through: 1, by: -1) {
            let term = exp(-2 * k * k * x * x)
            sum += k.truncatingRemainder(dividingBy: 2) == 1 ? term : -term
        }
        return min(1, 2 * sum)
    }
}
