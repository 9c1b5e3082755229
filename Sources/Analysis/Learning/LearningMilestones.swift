import Model

/// A mark that a learner passed, with its day; none is lost where a count jumps past several.
public struct LearningMilestone: Sendable, Hashable {
    /// What it is about.
    public var kind: Kind
    /// What is counted, such as "sessions", or the topic that was mastered.
    public var subject: String
    /// The mark.
    public var mark: Double
    /// The local day on which it was passed.
    public var day: Day

    /// What milestones are about.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Days in a row.
        case streak
        /// Sessions, exchanges, hours.
        case volume
        /// The first day of a mean quality.
        case quality
        /// A topic was mastered.
        case improvement
        /// Active days.
        case consistency
        /// Topics.
        case exploration
    }

    /// The marks of each count.
    private static let marks: [(kind: Kind, subject: String, marks: [Double])] = [
        (.volume, "sessions", [10, 25, 50, 100, 250, 500, 1_000]),
        (.volume, "exchanges", [100, 250, 500, 1_000, 2_500, 5_000, 10_000]),
        (.volume, "hours", [1, 5, 10, 25, 50, 100]),
        (.consistency, "active days", [10, 30, 100, 250]),
        (.exploration, "topics", [5, 10, 25, 50]),
    ]
    private static let qualities = [0.8, 0.9, 0.95]

    /// Every milestone of a learner, by day, then in a fixed order. O(days).
    public static func all(
        days: [LearningDay], streaks: StreakAccount, topics: [TopicMastery]
    ) -> [LearningMilestone] {
        var found: [LearningMilestone] = []
        var counts = [Double](repeating: 0, count: marks.count)
        var best = 0.0
        for day in days {
            let steps = [
                Double(day.totals.sessions), Double(day.totals.exchanges), day.totals.hours, 1,
                Double(day.newTopics.count),
            ]
            for (place, step) in steps.enumerated() {
                let before = counts[place]
                counts[place] += step
                for mark in marks[place].marks where before < mark - 1e-9 && counts[place] >= mark - 1e-9 {
                    found.append(
                        LearningMilestone(
                            kind: marks[place].kind, subject: marks[place].subject, mark: mark, day: day.day))
                }
            }
            guard let quality = day.totals.meanQuality else { continue }
            for mark in qualities where best < mark && quality >= mark {
                found.append(LearningMilestone(kind: .quality, subject: "quality", mark: mark, day: day.day))
            }
            best = max(best, quality)
        }
        found += streaks.milestones.map {
            LearningMilestone(kind: .streak, subject: "streak days", mark: Double($0.length), day: $0.day)
        }
        found += topics.flatMap { topic in
            topic.reached.filter(\.level.isMastered).map {
                LearningMilestone(kind: .improvement, subject: topic.topic, mark: $0.level.score, day: $0.day)
            }
        }
        return found.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    }
}
