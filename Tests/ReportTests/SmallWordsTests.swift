import Model
import Testing

@testable import Analysis
@testable import Report

@Suite("Words and numbers of few")
struct SmallWordsTests {
    @Test(
        "A milestone of one hour is no “1 hours”, and one of quality no “0.9 quality”",
        arguments: [
            ("hours", 1, "1 hour"), ("hours", 5, "5 hours"), ("sessions", 10, "10 sessions"),
            ("active days", 30, "30 active days"), ("quality", 0.9, "a mean quality of 0.90"),
            ("streak days", 7, "a streak of 7 days"),
        ])
    func marks(subject: String, mark: Double, words: String) {
        let item = LearningMilestone(kind: .volume, subject: subject, mark: mark, day: Day(number: 20_000))
        #expect(LearningWording.mark(item) == words)
    }

    @Test(
        "Rows of files about people are told in steps of 1, 2 and 5",
        arguments: [(0, 0), (1, 1), (4, 2), (9, 5), (10, 10), (270, 200), (532, 500), (1_999, 1_000)])
    func steps(rows: Int, told: Int) {
        let file = DataAccount.FileAccount(
            delivery: 1, name: "a", table: "a", sha256: "", rows: rows, accepted: rows, rejected: 0)
        #expect(file.coarse.rows == told && file.coarse.accepted == told && file.coarse.isCoarse)
        #expect(file.rows == rows && !file.isCoarse)
    }
}
