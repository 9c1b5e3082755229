import Foundation
import TestSupport
import Testing

/// The mistakes that earlier tools of this kind made, each with the test that would find it here.
@Suite("Every known mistake of earlier tools has its test")
struct MistakeTests {
    /// Voice services and their KPIs.
    static let voice = [
        ("word error rate and opinion score are constants", "whatIsNotSuppliedIsSaidAndErrorsAreNoPercentage"),
        ("uptime is printed text, active sessions are all sessions", "adviceComesFromTheFiguresAlone"),
        ("handle time is the time of a request", "handleTimeIsTheLengthOfSessions"),
        ("“FCR below 80” always fires", "adviceComesFromTheFiguresAlone"),
        ("mean + 3σ holds the suspect itself", "theSuspectIsLeftOutOfWhatIsUsual"),
        ("so does a baseline", "aSuspectIsNotInItsOwnBaseline"),
        ("a last block of one session has 100 % errors", "anHourOfOneSessionIsNotJudged"),
        ("errors per session are called a percentage", "errorsPerRecordAndTheShareWithErrorsAreApart"),
        ("no interval of resolution and satisfaction", "theSnapshotHasIntervalsAndHitsOfRequests"),
        ("0 stands for missing", "aLatencyOfZeroWasNotMeasured"),
        ("local time without a zone", "timesWithoutAZoneAreReadInTheDeclaredOne"),
        ("labels of single sessions", "labelsOfSessionsAndPersonsAreDropped"),
    ]

    /// Behaviour, cohorts and privacy.
    static let people = [
        ("report body from mock rows", "mistakeMockRows"),
        ("a column that is lacking fails the report", "mistakeLackingColumn"),
        ("filters and ranges are stored but never applied", "mistakeFiltersNotApplied"),
        ("figures are random", "mistakeRandom"),
        ("notifications are log lines", "mistakeNotificationsAreLogLines"),
        ("the privacy level is ignored, noise is never added", "mistakeNoNoise"),
        ("a constant salt", "mistakeConstantSalt"),
        ("no suppression of small cohorts", "mistakeSmallCohorts"),
        ("totals less the others tell a count", "mistakeTotalsLessOthers"),
        ("patterns carry a label instead of the cohort, confidence is a number of samples", "mistakePatterns"),
        ("phrases are compared with whole messages", "mistakeWholeMessages"),
        ("the same alert every 30 seconds", "mistakeDuplicates"),
        ("3 rows with k 4 crash, k is not chosen", "mistakeClusters"),
        ("the audit's own insert fails", "mistakeAuditFailsItsCheck"),
        ("values unescaped, charts from a network", "mistakeUnescaped"),
    ]

    /// Learning progress, goals and achievements.
    static let learning = [
        ("grace and mastery settings are never read", "graceAndMasterySettingsAreRead"),
        ("late sessions reset a streak", "outOfOrderAndLateSessionsChangeNothing"),
        ("the longest streak is the current one", "longestIsNotCurrent"),
        ("a streak never expires", "streaksExpireWhenTheLearnerStops"),
        ("success is always true", "successIsNotAlwaysTrue"),
        ("early scores are pulled to 0", "earlyScoresAreNotBiased"),
        ("requirements always return 0", "everyRequirementIsComputed"),
        ("per cent and shares are mixed", "qualityGoalsHaveOneUnit"),
        ("a completed goal is active", "aReachedGoalIsNotActive"),
        ("a streak goal falls after it was reached", "aStreakGoalDoesNotFallAfterItWasReached"),
        ("means of means", "meansAreWeightedBySessions"),
        ("months hold days of their neighbours", "monthsHaveNoDaysOfTheirNeighbours"),
        ("missing days are dropped, missing quality is 0.5", "missingDaysAreZerosAndMissingQualityIsAGap"),
        ("R² is called confidence and is 1 of flat data", "confidenceIsNotRSquaredAndFlatDataProveNothing"),
        ("milestones are lost in a jump", "milestonesAreNotLostInAJump"),
        ("reports with totals of 0", "spansHaveRealTotalsAndTopics"),
        ("no topic ever emerges", "emergingTopicsAreFound"),
        ("the arrow is never down", "trendsCanFall"), ("days are those of UTC", "daysAreNotAlwaysUTC"),
        ("a base of 0 is 100 %", "aZeroBaseIsNoPercentage"),
    ]

    /// Service health and validation.
    static let health = [
        ("fixed constants for most metrics", "interactionsAndSatisfactionComeFromTheDataOrAreNotSupplied"),
        ("three of five criteria are always true", "criteriaComeFromResultsAndNeverFromNothing"),
        ("“correlation” is a difference", "agreementOfSourcesIsNoCorrelation"),
        ("the direction of thresholds is inverted", "aFastAnswerIsNoAlertAndALowRateIs"),
        ("five of six thresholds match no metric", "aRuleThatMatchesNothingIsAnError"),
        ("a limit of shares is applied to constants and milliseconds", "whatNothingIsExpectedOfHasNoState"),
        ("two alert handlers are empty", "theNotificationHearsOfAFiringMetric"),
        ("an alert's id holds the second, so that each is new", "aBreachThatLastsIsOneEpisode"),
        ("a duration counts points", "aBurstOfPointsIsNoDuration"),
        ("broken tests count as zeros", "brokenTestsAreNoZeros"),
        ("an unweighted mean of unlike scores", "categoriesAreWeighedNotTests"),
        ("3 of 4 queries decide a category", "aFewTestsDoNotDecideACategory"),
        ("0 of 11 and yet a success", "aCategoryThatFailsAltogetherIsNoSuccess"),
    ]

    private static let tests: String = {
        let folder = Repository.root.appending(path: "Tests")
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".swift") }.map { path in
            String(decoding: FileManager.default.contents(atPath: folder.path + "/" + path) ?? Data(), as: UTF8.self)
        }.joined()
    }()

    @Test(arguments: voice + people + learning + health) func isTested(mistake: String, test: String) {
        #expect(Self.tests.contains("func \(test)("), "\(mistake)")
    }
}
