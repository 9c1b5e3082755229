import Testing

@testable import Statistics

/// Expected numbers: scipy 1.17.1, the sum of logpdf at the maximum-likelihood parameters.
@Suite struct FittedShapeTests {
    static let values = (0..<40).map { 0.5 + Double(($0 * 7) % 40) / 10 }

    @Test(arguments: [
        (FittedShape.Family.normal, -62.498678869344154), (.uniform, -54.43906212542403),
        (.exponential, -66.71317490302621), (.lognormal, -65.34092971310604),
    ])
    func likelihood(family: FittedShape.Family, expected: Double) throws {
        let fit = try FittedShape(CountedSample(Self.values), family: family)
        #expect(abs(fit.logLikelihood - expected) < 1e-10)
        #expect(abs(fit.aic - (4 - 2 * expected)) < 1e-9)
    }

    @Test func distance() throws {
        let fit = try FittedShape(CountedSample(Self.values), family: .normal)
        // numpy: max |(k − ½)/n − norm.cdf(x, mean, sd)|
        #expect(abs(fit.distance - 0.05724070195751557) < 1e-12)
    }

    @Test func refusals() throws {
        #expect(throws: Undefined.constant) { try FittedShape(CountedSample([2, 2]), family: .normal) }
        #expect(throws: Undefined.tooFew(found: 1, needed: 2)) { try FittedShape(CountedSample([2]), family: .uniform) }
        #expect(throws: Undefined.self) { try FittedShape(CountedSample([-1, 2]), family: .lognormal) }
    }
}
