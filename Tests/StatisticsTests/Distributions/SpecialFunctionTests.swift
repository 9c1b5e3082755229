import Testing

@testable import Statistics

/// Values from mpmath 1.3 at 40–60 digits (ncdf, gammainc, betainc), printed to 17, unless a test names SciPy.
@Suite struct SpecialFunctionTests {
    @Test(arguments: [
        (-37.5, 4.605353009581955e-308, -707.6689893175072),
        (-20.3, 6.429244467698346e-92, -209.97697152524202),
        (-8.1, 2.7479593923982286e-16, -35.83050289080147),
        (-3.3, 0.0004834241423837775, -7.634616148071127),
        (-1, 0.15865525393145705, -1.8410216450092636),
        (-0.1, 0.460172162722971, -0.7761545927302733),
        (0.7, 0.758036347776927, -0.2770239422771313),
        (2.4, 0.9918024640754038, -0.008231320482313337),
        (5.5, 0.9999999810104375, -1.8989562646189464e-08),
    ])
    func normal(x: Double, cdf: Double, logCdf: Double) {
        #expect(isClose(Normal.cdf(x), cdf, relative: 1e-14))
        #expect(isClose(Normal.logCdf(x), logCdf, relative: 2e-15))
    }

    @Test(arguments: [
        (1e-300, -37.0470962993612), (1e-20, -9.262340089798407), (1e-05, -4.264890793922825),
        (0.01, -2.326347874040841), (0.075, -1.439531470938456), (0.3, -0.5244005127080408), (0.5, 0),
        (0.8, 0.8416212335729144), (0.975, 1.9599639845400538), (0.9999999, 5.199337582290661),
    ])
    func normalQuantile(p: Double, x: Double) {
        #expect(isClose(Normal.quantile(p), x, relative: 1e-15))
    }

    @Test(arguments: [
        (0.5, 0.1, 0.345279153981423, 0.654720846018577), (0.5, 8, 0.9999366575163338, 6.334248366623985e-05),
        (2.5, 1.2, 0.20852587940567532, 0.7914741205943246), (10, 30, 0.9999928782491372, 7.121750862815577e-06),
        (100, 90, 0.15822098918643016, 0.8417790108135699), (100, 140, 0.9998389428252874, 0.00016105717471255585),
        (1000, 1003, 0.5419359483174725, 0.4580640516825275),
        (1e5, 99000, 0.0007574199211747679, 0.9992425800788253),
        (1e5, 101000, 0.9991915784870744, 0.0008084215129255907),
        (0.05, 1e-05, 0.5776462182056965, 0.4223537817943035),
    ])
    func incompleteGamma(a: Double, x: Double, lower: Double, upper: Double) {
        #expect(isClose(IncompleteGamma.lower(a, x), lower, relative: 5e-14))
        #expect(isClose(IncompleteGamma.upper(a, x), upper, relative: 5e-14))
    }

    @Test(arguments: [
        (0.5, 0.5, 0.3, 0.36901011956554536), (2, 3, 0.01, 0.00059203), (10, 0.5, 0.99, 0.6579281751567844),
        (50, 60, 0.45, 0.4642352914306036), (500, 3, 0.98, 0.0025065654923883563),
        (1e4, 1.2e4, 0.45, 0.08781047811715056), (0.5, 1e6, 1e-7, 0.34527912169457975),
        (3.3, 200.7, 0.001, 0.0004932693510325058),
    ])
    func incompleteBeta(a: Double, b: Double, x: Double, expected: Double) {
        #expect(isClose(IncompleteBeta.lower(a, b, x), expected, relative: 5e-14))
    }

    @Test(arguments: [
        (-0.001, 3, 0.49963244748473046, 0.36755235191291924), (-2.5, 1, 0.1211189415908434, 0.043904811887419404),
        (-40, 2.5, 7.097817145246691e-05, 4.430752414491523e-06),
        (-4, 30, 0.00019092281804187843, 0.0005247164401974079),
        (-12, 1000, 2.1620286933872636e-31, 2.2833697933669733e-30),
        (1.3, 7, 0.8826160823038114, 0.16209295508952076),
    ])
    func studentT(t: Double, df: Double, cdf: Double, density: Double) {
        #expect(isClose(StudentT.cdf(t, df: df), cdf, relative: 5e-14))
        #expect(isClose(StudentT.density(t, df: df), density, relative: 5e-14))
    }

    @Test(arguments: [
        (0.5, 3, 10, 0.6906222455335574), (4.2, 2, 27, 0.02581468195658034), (30, 5, 65, 1.1430244531950491e-15),
        (1.01, 1000, 1200, 0.4340208501941475),
    ])
    func fisherF(x: Double, d1: Double, d2: Double, upper: Double) {
        #expect(isClose(FisherF.upperTail(x, d1, d2), upper, relative: 2e-14))
    }

    /// scipy 1.17.1 `stats.t.ppf`, `stats.chi2.ppf`.
    @Test func quantilesMeetSciPy() {
        #expect(isClose(StudentT.quantile(0.975, df: 1), 12.706204736174694, relative: 1e-13))
        #expect(isClose(StudentT.quantile(0.975, df: 17.776), 2.102821310380221, relative: 1e-13))
        #expect(isClose(StudentT.quantile(0.6, df: 3), 0.2766706623326898, relative: 1e-13))
        #expect(isClose(StudentT.quantile(1e-10, df: 4), -416.1751403296041, relative: 1e-13))
        #expect(isClose(StudentT.quantile(0.9995, df: 1e6), 3.2905364612487222, relative: 1e-12))
        #expect(isClose(ChiSquared.quantile(0.05, df: 0.1), 1.1147750963757648e-26, relative: 1e-12))
        #expect(isClose(ChiSquared.quantile(0.95, df: 1), 3.841458820694124, relative: 1e-13))
        #expect(isClose(ChiSquared.quantile(0.5, df: 1000), 999.333412403381, relative: 1e-13))
        #expect(isClose(ChiSquared.quantile(0.999, df: 7.5), 25.230054920678604, relative: 1e-13))
    }

    /// Many degrees of freedom: mpmath 1.3 with 40 digits, the root of the incomplete beta function.
    @Test(arguments: [
        (0.3, 1000, 0.52456770730922690), (0.025, 1612, 1.9614367036119590), (0.025, 1613, 1.9614357899071834),
        (0.025, 19999, 1.9600826110898155), (0.005, 2544, 2.5777632745629101), (1e-6, 7900, 4.7569759044356438),
        (1e-15, 21400, 7.9472925842562572),
    ])
    func quantilesOfManyDegreesOfFreedom(q: Double, df: Double, expected: Double) {
        #expect(isClose(-StudentT.quantile(q, df: df), expected, relative: 1e-15))
    }

    /// scipy 1.17.1 `stats.nct.cdf`.
    @Test(arguments: [
        (1.0, 5, 0.5, 0.6665357026872718), (2.2, 18, 1.86, 0.6140662639751719), (-1, 3, 2, 0.0030052475953985074),
        (10, 40, 8, 0.9030889901839142), (50, 100, 45, 0.9093061822817539),
    ])
    func noncentralT(t: Double, df: Double, shift: Double, expected: Double) {
        #expect(isClose(NoncentralT.cdf(t, df: df, shift: shift), expected, relative: 1e-11))
    }

    /// Large shifts, which take another road; mpmath 1.3 quadrature over S at 30 digits.
    @Test(arguments: [
        (1e3, 98, 1e3, 0.48100348040143196), (1e6, 98, 1e6, 0.48100069309559565),
        (1e5, 2, 99_000, 0.37527356965404111), (60, 4, 50, 0.59563192379218122), (-60, 4, -50, 0.40436807620781878),
        (400, 1000, 390, 0.86452442975980322), (30, 1, 40, 0.18266533485247141), (300, 2000, 310, 0.019570218854004927),
        (60, 4, -50, 1), (-60, 4, 50, 0), (1e-3, 50, 1e9, 0),
    ])
    func noncentralTFarOut(t: Double, df: Double, shift: Double, expected: Double) {
        #expect(isClose(NoncentralT.cdf(t, df: df, shift: shift), expected, absolute: 1e-13))
    }

    /// scipy 1.17.1 `stats.studentized_range.sf`; the first value also from mpmath quadrature at 20 digits.
    @Test(arguments: [
        (3.5, 3, 10, 0.07710331083841182), (1.2, 2, 4, 0.4439388886920742), (6, 6, 65, 0.0009749248879712402),
        (4.3, 10, 30, 0.11268083103272086), (20, 3, 2, 0.009051718850177526),
    ])
    func studentizedRange(q: Double, groups: Int, df: Double, expected: Double) {
        #expect(isClose(StudentizedRange.upperTail(q, groups: groups, df: df), expected, relative: 1e-11))
    }

    /// scipy 1.17.1 `stats.studentized_range.ppf`.
    @Test(arguments: [
        (0.95, 3, 27, 3.506426123354149), (0.95, 6, 65, 4.152741777689449), (0.99, 4, 5, 7.804155687307393),
    ])
    func studentizedRangeQuantile(p: Double, groups: Int, df: Double, expected: Double) {
        #expect(isClose(StudentizedRange.quantile(p, groups: groups, df: df), expected, relative: 1e-10))
    }

    /// scipy 1.17.1 `stats.kstwobign.sf`.
    @Test(arguments: [
        (0.3, 0.9999906941986655), (0.79, 0.560495104473081), (0.81, 0.5279614323123148),
        (1.36, 0.049485876755377876), (3, 3.045995948942526e-08),
    ])
    func kolmogorov(x: Double, expected: Double) {
        #expect(isClose(Kolmogorov.upperTail(x), expected, relative: 1e-13))
    }

    @Test(arguments: [0.5, 1, 3.7, 40, 1e4, 1e7]) func quantilesInvertTheirCdf(df: Double) {
        for p in [1e-12, 0.001, 0.2, 0.5, 0.9, 0.999] {
            #expect(isClose(StudentT.cdf(StudentT.quantile(p, df: df), df: df), p, relative: 1e-11))
            #expect(isClose(ChiSquared.cdf(ChiSquared.quantile(p, df: df), df: df), p, relative: 1e-10))
            #expect(isClose(FisherF.cdf(FisherF.quantile(p, df, 9), df, 9), p, relative: 1e-10))
        }
    }

    @Test func outsideTheDomainIsNotANumber() {
        #expect(Normal.quantile(1.5).isNaN)
        #expect(IncompleteGamma.lower(-1, 2).isNaN)
        #expect(IncompleteBeta.lower(1, 1, 2).isNaN)
        #expect(StudentT.cdf(.nan, df: 3).isNaN)
        #expect(StudentizedRange.upperTail(-1, groups: 3, df: 4).isNaN)
        #expect(Normal.cdf(.infinity) == 1)
        #expect(Normal.cdf(-.infinity) == 0)
    }
}
