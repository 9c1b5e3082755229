import Model
import Statistics
import Testing

@testable import Analysis

@Suite struct SameWeekdayTests {
    private static func newest(_ days: [DayFigures], asOf: Int, needed: Int = 30) -> Answer<ChangeFigures> {
        caught { () throws(Absence) in
            try ChangeFigures.sinceSameWeekday(
                days, asOf: november(asOf), needed: needed, recordSD: 1, settings: AnalysisSettings())
        }
    }

    private static func days(_ noise: inout Noise, count: Int, records: Int, spread: Double) -> [DayFigures] {
        (1...count).map { day in
            let values = (0..<records).map { _ in Logarithm.inverse(spread * noise.next()) }
            return DayFigures(day: november(day), moments: Moments(values), missing: 0)
        }
    }

    /// Ten waiting times a day whose logarithm has standard deviation 1, and nothing ever happens. numpy: Student's t says
    /// p < 0.001 on 0.98 % of such nights and the skewed one on 0.17 %.
    @Test func nightsOfFewWaitingTimesAreNotNews() throws {
        var noise = Noise(seed: 77)
        var (skewed, student) = (0, 0)
        for _ in 0..<2_000 {
            let change = try Self.newest(Self.days(&noise, count: 57, records: 10, spread: 1), asOf: 57).get()
            let t = change.test.statistic
            skewed += change.test.p < 0.001 ? 1 : 0
            student += 2 * StudentT.cdf(-abs(t), df: change.test.degreesOfFreedom[0]) < 0.001 ? 1 : 0
        }
        #expect(student >= 10 && skewed <= 8, "\(student) \(skewed)")
    }

    /// A group whose records stopped yesterday has no news today; three records a day make 168 before the night, one makes 56.
    @Test func onlyTheReportsDayIsNew() throws {
        var noise = Noise(seed: 5)
        let days = Self.days(&noise, count: 57, records: 3, spread: 0.3)
        #expect(Self.newest(days, asOf: 57).value?.current.period == Period(of: .day, containing: november(57)))
        #expect(Self.newest(days, asOf: 58).absence == .noRecords)
        #expect(Self.newest(days, asOf: 57, needed: 169).absence == .tooFew(.records, found: 168, needed: 169))
    }

    /// A difference of 10 of which records alike leave 2 (−1 to 5) is contradicted, as by −3 (−5 to −1); 8 (−1 to 17) leaves it
    /// open and 8 (3 to 13) bears it out.
    @Test(arguments: [
        (2.0, -1.0, 5.0, true, false), (-3, -5, -1, true, false), (8, -1, 17, false, true), (8, 3, 13, false, false),
        (4, 1, 7, false, false),
    ])
    func adjustedDifferences(adjusted: Double, low: Double, high: Double, contradicts: Bool, leavesOpen: Bool) {
        for sign in [1.0, -1] {
            let bounds = [low * sign, high * sign].sorted()
            let found = MixAdjusted(
                dimension: "tier", difference: adjusted * sign,
                interval: Interval(low: bounds[0], high: bounds[1], level: 0.95), strata: 3, coverage: 1,
                exactness: .exact)
            #expect(found.contradicts(10 * sign) == contradicts && found.leavesOpen(10 * sign) == leavesOpen)
        }
    }
}
