/// The hypergeometric distribution: successes in `draws` without replacement from `total`, of which `marked` count.
enum Hypergeometric {
    /// log P(X = k) from log-gamma differences; −∞ outside the support.
    static func logWeight(_ k: Int, marked: Int, total: Int, draws: Int) -> Double {
        logChoose(marked, k) + logChoose(total - marked, draws - k) - logChoose(total, draws)
    }

    /// log of the binomial coefficient, by Stirling errors so that large tables keep their digits.
    static func logChoose(_ n: Int, _ k: Int) -> Double {
        guard k >= 0, k <= n else { return -.infinity }
        if k == 0 || k == n { return 0 }
        let (whole, part, rest) = (Double(n), Double(k), Double(n - k))
        let errors =
            SaddlePoint.stirlingError(whole) - SaddlePoint.stirlingError(part) - SaddlePoint.stirlingError(rest)
        let root = 0.5 * log(whole / (2 * .pi * part * rest))
        return errors + root - part * log(part / whole) - rest * log(rest / whole)
    }
}
