import Model
import Testing

@testable import Analysis

/// The documented rule: an active day continues a streak where it is the next calendar day, or where its first session
/// starts at most 36 hours after the last one ended.
@Suite struct StreakTests {
    @Test func nextCalendarDayContinuesWhateverTheHours() {
        // 47 h 50 min from start to start, but neighbouring days.
        let sessions = [SmallLog.session("2026-11-01", 0, 5), SmallLog.session("2026-11-02", 23, 55)]
        let account = SmallLog.streaks(sessions, asOf: "2026-11-02")
        #expect(account.currentLength == 2)
        #expect(account.history.count == 1)
    }

    /// Ends 20:20; the morning after next within and beyond 36 hours.
    @Test(arguments: [(8, 20, 2), (8, 21, 1)]) func graceIsReadToTheMinute(hour: Int, minute: Int, length: Int) {
        let sessions = [SmallLog.session("2026-11-01", 20, 0), SmallLog.session("2026-11-03", hour, minute)]
        #expect(SmallLog.streaks(sessions, asOf: "2026-11-03").currentLength == length)
    }

    @Test func graceIsASetting() {
        let sessions = [SmallLog.session("2026-11-01", 20, 0), SmallLog.session("2026-11-04", 19, 0)]
        var settings = LearningSettings()
        settings.graceHours = 72
        #expect(SmallLog.streaks(sessions, asOf: "2026-11-04").currentLength == 1)
        #expect(SmallLog.streaks(sessions, asOf: "2026-11-04", settings: settings).currentLength == 2)
    }

    /// The night of 25 October 2026 has 25 hours in Berlin: 07:40 on the 26th is 35 h 20 min on the clock and 36 h 20 min later.
    @Test func hoursPassThroughTheChangeOfClocks() {
        let berlin = SmallLog.berlin ?? .utc
        let first = SmallLog.session("2026-10-24", 20, 0, zone: berlin)
        let within = SmallLog.session("2026-10-26", 7, 15, zone: berlin)
        let beyond = SmallLog.session("2026-10-26", 7, 40, zone: berlin)
        #expect(SmallLog.streaks([first, within], asOf: "2026-10-26", zone: berlin).currentLength == 2)
        #expect(SmallLog.streaks([first, beyond], asOf: "2026-10-26", zone: berlin).currentLength == 1)
    }

    /// One instant, two days: 23:30 in Berlin is 07:30 of the next day in Tokyo.
    @Test func daysAreThoseOfTheLearner() {
        let berlin = SmallLog.berlin ?? .utc
        let one = SmallLog.session("2026-11-10", 23, 30, zone: berlin)
        let seconds = one.started + Int64(SmallLog.tokyo.offset(atUTC: one.started))
        #expect(seconds / 86_400 == Int64(SmallLog.day("2026-11-11").number))
        #expect(one.day == SmallLog.day("2026-11-10"))
        #expect(one.localSecond == 23 * 3600 + 1800)
    }

    @Test func aStreakExpiresWhenTheLearnerStops() {
        let sessions = SmallLog.daily(5, through: "2026-11-10")
        #expect(SmallLog.streaks(sessions, asOf: "2026-11-10").currentLength == 5)
        // 18:20 on the 10th and 36 hours reach to 06:20 on the 12th: at the end of the 11th it still goes on.
        let next = SmallLog.streaks(sessions, asOf: "2026-11-11")
        #expect(next.currentLength == 5)
        #expect(next.isAtRisk)
        #expect(next.deadline == Int64(SmallLog.day("2026-11-12").number) * 86_400 + 6 * 3600 + 1200)
        let later = SmallLog.streaks(sessions, asOf: "2026-11-12")
        #expect(later.currentLength == 0)
        #expect(later.current == nil)
        #expect(!later.isAtRisk)
        #expect(later.broken == 1)
        #expect(later.longest?.length == 5)
    }

    /// A session at noon: 36 hours end at midnight, so that the day after is the last chance.
    @Test func atTheEndOfADayWithoutASessionOnlyTheGraceIsLeft() {
        let sessions = (0..<5).map { SmallLog.session(SmallLog.day("2026-11-10").advanced(by: -$0).iso, 8, 0) }
        #expect(SmallLog.streaks(sessions, asOf: "2026-11-11").currentLength == 0)
    }

    @Test func milestonesAndNearOnesHaveDays() {
        let account = SmallLog.streaks(SmallLog.daily(12, through: "2026-11-12"), asOf: "2026-11-12")
        #expect(
            account.milestones == [
                StreakMilestone(length: 3, day: SmallLog.day("2026-11-03")),
                StreakMilestone(length: 7, day: SmallLog.day("2026-11-07")),
            ])
        #expect(account.near == 14)
        #expect(account.meanLength == 12)
    }

    @Test func nobodyHasNothing() {
        let account = SmallLog.streaks([], asOf: "2026-11-12")
        #expect(account.currentLength == 0)
        #expect(account.longest == nil)
        #expect(account.meanLength == nil)
        #expect(account.deadline == nil)
    }

    @Test(arguments: [(12, 0, 1), (11, 59, 0)]) func theLastMomentOfTheGraceCounts(hour: Int, minute: Int, length: Int)
    {
        var settings = LearningSettings()
        settings.graceHours = 60
        let session = SmallLog.session("2026-11-10", hour, minute, minutes: 0)
        // 60 hours from noon of the 10th end with the 12th.
        #expect(SmallLog.streaks([session], asOf: "2026-11-12", settings: settings).currentLength == length)
        let next = SmallLog.session("2026-11-13", 0, 0)
        let both = SmallLog.streaks([session, next], asOf: "2026-11-13", settings: settings)
        #expect(both.currentLength == 1 + length)
    }
}
