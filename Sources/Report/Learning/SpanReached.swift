import Analysis
import Model
import Words

/// What a learner did and reached within a span of days.
struct SpanReached {
    /// One thing.
    struct Item {
        /// `topic`, `goal`, `achievement` or `mastered`.
        var kind: String
        /// Its title.
        var name: String
        /// The day on which it was reached; nil for topics.
        var day: Day?
        /// Days with a topic; nil for the others.
        var days: Int?
    }

    /// Topics by days, then goals, achievements and topics that were mastered.
    let items: [Item]

    init(_ state: LearnerState, _ period: Period) {
        var counts: [String: Int] = [:]
        for day in state.days where period.contains(day.day) {
            for topic in day.topics { counts[topic, default: 0] += 1 }
        }
        func isWithin(_ day: Day?) -> Bool { day.map(period.contains) ?? false }
        items =
            counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                Item(kind: "topic", name: $0.key, days: $0.value)
            }
            + state.goals.filter { isWithin($0.completed) }.map {
                Item(kind: "goal", name: $0.goal.title, day: $0.completed)
            }
            + state.achievements.filter { isWithin($0.met) }.map {
                Item(kind: "achievement", name: $0.definition.title, day: $0.met)
            }
            + state.topics.flatMap { topic in
                topic.reached.filter { $0.level.isMastered && isWithin($0.day) }.map {
                    Item(kind: "mastered", name: topic.topic, day: $0.day)
                }
            }
    }

    /// The four kinds in words.
    var lists: [[String]] {
        ["topic", "goal", "achievement", "mastered"].map { kind in
            items.filter { $0.kind == kind }.map { item in
                let name = kind == "achievement" ? say(word: item.name) : item.name
                return item.days.map { "\(name) (\(NumberWords.count($0)))" } ?? "\(name), \(item.day?.iso ?? "")"
            }
        }
    }
}
