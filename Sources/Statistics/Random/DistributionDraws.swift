extension SeededGenerator {
    /// A normal value: the quantile of one uniform draw.
    public mutating func normal(mean: Double = 0, sd: Double = 1) -> Double {
        mean + sd * Normal.quantile(openUniform())
    }

    /// exp of a normal value; `location` and `scale` are the mean and sd of the logarithm.
    public mutating func logNormal(location: Double, scale: Double) -> Double { exp(normal(mean: location, sd: scale)) }

    /// An exponential waiting time of the given mean: −mean·log of one uniform draw.
    public mutating func exponential(mean: Double) -> Double { -mean * log(openUniform()) }

    /// A gamma value of mean shape·scale, for shape > 0 (G. Marsaglia, W. W. Tsang, doi:10.1145/358407.358414).
    public mutating func gamma(shape: Double, scale: Double = 1) -> Double {
        if shape < 1 { return gamma(shape: shape + 1, scale: scale) * pow(openUniform(), 1 / shape) }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            if log(openUniform()) < 0.5 * x * x + d * (1 - v + log(v)) { return d * v * scale }
        }
    }

    /// A beta value on (0, 1): one gamma value's share of two.
    public mutating func beta(_ a: Double, _ b: Double) -> Double {
        let left = gamma(shape: a)
        return left / (left + gamma(shape: b))
    }

    /// A Poisson count of the given mean; 0 for a mean that is not above 0.
    ///
    /// By products of uniform draws below a mean of 30; above, a gamma value stands for the arrival of an event in the
    /// middle and the rest is drawn on either side (J. H. Ahrens, U. Dieter 1974), so that the cost grows with log(mean).
    public mutating func poisson(mean: Double) -> Int {
        var (rest, count) = (mean, 0)
        while rest >= 30 {
            let order = Int(rest * 7 / 8)
            let arrival = gamma(shape: Double(order))
            if arrival > rest { return count + binomial(order - 1, rest / arrival) }
            count += order
            rest -= arrival
        }
        guard rest > 0 else { return count }
        let limit = exp(-rest)
        var product = openUniform()
        while product > limit {
            product *= openUniform()
            count += 1
        }
        return count
    }

    /// The successes in `trials` of probability p, by one uniform draw per trial up to 64 and beta splitting above.
    public mutating func binomial(_ trials: Int, _ p: Double) -> Int {
        var (rest, chance, count) = (trials, p, 0)
        guard chance > 0 else { return 0 }
        guard chance < 1 else { return max(0, trials) }
        while rest > 64 {
            let order = 1 + rest / 2
            let cut = beta(Double(order), Double(rest + 1 - order))
            if cut <= chance {
                count += order
                rest -= order
                chance = (chance - cut) / (1 - cut)
            } else {
                rest = order - 1
                chance /= cut
            }
        }
        for _ in 0..<max(0, rest) where bernoulli(chance) { count += 1 }
        return count
    }
}
