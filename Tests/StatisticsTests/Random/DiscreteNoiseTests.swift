import Testing

@testable import Statistics

/// Expected: the distributions by their formula, tested by χ²; the bound e^ε by the definition of differential privacy.
@Suite("Noise in whole numbers")
struct DiscreteNoiseTests {
    /// χ² of drawn against expected counts over −reach…reach, in units of its degrees of freedom.
    private func misfit(_ drawn: [Int: Int], _ weight: (Int) -> Double, reach: Int, n: Int) -> Double {
        let total = (-400...400).reduce(0.0) { $0 + weight($1) }
        return (-reach...reach).reduce(0.0) { sum, x in
            let expected = Double(n) * weight(x) / total
            let difference = Double(drawn[x] ?? 0) - expected
            return sum + difference * difference / expected
        } / Double(2 * reach)
    }

    private func draws(_ n: Int, seed: UInt64, _ draw: (inout SeededGenerator) throws -> Int) rethrows -> [Int: Int] {
        var generator = SeededGenerator(seed: seed)
        var counts: [Int: Int] = [:]
        for _ in 0..<n { counts[try draw(&generator), default: 0] += 1 }
        return counts
    }

    @Test("Laplace of scale 5/2 follows exp(−|x|·2/5)")
    func laplace() throws {
        let drawn = try draws(40_000, seed: 5) { try DiscreteNoise.laplace(numerator: 5, denominator: 2, using: &$0) }
        #expect(misfit(drawn, { exp(-Double(abs($0)) * 0.4) }, reach: 8, n: 40_000) < 2)
        // The test can fail: another scale does not fit.
        #expect(misfit(drawn, { exp(-Double(abs($0)) * 0.45) }, reach: 8, n: 40_000) > 2)
    }

    @Test("Gauss of variance 7/2 follows exp(−x²/7)")
    func gaussian() throws {
        let drawn = try draws(40_000, seed: 6) {
            try DiscreteNoise.gaussian(varianceNumerator: 7, denominator: 2, using: &$0)
        }
        #expect(misfit(drawn, { exp(-Double($0 * $0) / 7) }, reach: 5, n: 40_000) < 2.5)
        #expect(misfit(drawn, { exp(-Double($0 * $0) / 8) }, reach: 5, n: 40_000) > 2.5)
    }

    @Test("Data with and without one person give every number with a probability that differs by at most e^ε")
    func neighbours() throws {
        let n = 60_000
        let with = try draws(n, seed: 7) {
            try 101 + DiscreteNoise.laplace(numerator: 1_000_000, denominator: 500_000, using: &$0)
        }
        let without = try draws(n, seed: 8) {
            try 100 + DiscreteNoise.laplace(numerator: 1_000_000, denominator: 500_000, using: &$0)
        }
        #expect(largestLoss(with, without) < 0.5 + 0.15)
        // Half the noise would be found out.
        let weak = try draws(n, seed: 9) {
            try 101 + DiscreteNoise.laplace(numerator: 1, denominator: 1, using: &$0)
        }
        let weakToo = try draws(n, seed: 10) {
            try 100 + DiscreteNoise.laplace(numerator: 1, denominator: 1, using: &$0)
        }
        #expect(largestLoss(weak, weakToo) > 0.8)
    }

    /// The largest |ln(p/q)| over numbers that came at least 1,000 times in both, where it is known to some hundredths.
    private func largestLoss(_ a: [Int: Int], _ b: [Int: Int]) -> Double {
        a.compactMap { value, count in
            guard count >= 1_000, let other = b[value], other >= 1_000 else { return nil }
            return abs(log(Double(count) / Double(other)))
        }.max() ?? .infinity
    }

    @Test("The variance for (ε, δ) solves ρ + 2√(ρ·ln(1/δ)) = ε")
    func variance() {
        let variance = Double(DiscreteNoise.variance(sensitivity: 100, epsilon: 0.5, delta: 1e-6))
        let rho = 10_000 / (2 * variance)
        #expect(abs(rho + 2 * (rho * log(1e6)).squareRoot() - 0.5) < 1e-3)
    }

    @Test("Impossible scales throw")
    func refused() {
        var generator = SeededGenerator(seed: 1)
        #expect(throws: Undefined.self) { try DiscreteNoise.laplace(numerator: 0, denominator: 1, using: &generator) }
        #expect(throws: Undefined.self) {
            try DiscreteNoise.gaussian(varianceNumerator: 0, denominator: 1, using: &generator)
        }
    }
}
