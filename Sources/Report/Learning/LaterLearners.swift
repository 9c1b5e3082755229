import Analysis
import Words

/// The pages of learners who are gone through one at a time, because the figures of all of them would not fit into memory.
public struct LaterLearners: Sendable {
    private let pages: LearnersPages
    /// Pages of the report that have a twin.
    private let twins: Set<String>
    private let settings: AnalysisSettings

    /// Whose pages they are.
    public let learners: Set<String>

    init(_ pages: LearnersPages, learners: Set<String>, twins: Set<String>) {
        self.pages = pages
        self.learners = learners
        self.twins = twins
        settings = pages.settings
    }

    /// The first page of each, which others link to, by its path below the run's folder.
    public var entries: Set<String> { Set(learners.map { LearnersPages.link($0).path }) }

    /// The pages of a learner, with their twins. They do not say which run they belong to, so that they stand in the next one while
    /// nothing on them moves.
    public func pages(of state: LearnerState) -> [PlannedPage] {
        PlannedPage.withTwins(
            pages.pages(of: LearnerReport(state, settings: settings)).map { $0.drawn(as: "lasting") }, beside: twins)
    }
}

extension ReportContext {
    /// What makes the pages of learners that the report does not hold; nil where it holds all.
    func laterLearners(beside twins: Set<String>) -> LaterLearners? {
        guard let learning = analyses.learning, learning.showsEverybody else { return nil }
        let pages = LearnersPages(context: self, learning: learning)
        let later = pages.names.subtracting(learning.shown.map(\.state.learner))
        return later.isEmpty ? nil : LaterLearners(pages, learners: later, twins: twins)
    }
}
