import Model

/// Holds the figures of all learners to k of them, where pages do not show each learner anyway.
///
/// What fewer than k learners stand behind is left out: days, hours, topics, levels of a topic, achievements, goals of a kind, zones. Where
/// something is left out, so is the smallest of the others, because sums over all are told: what is missing is then of k
/// learners or more. An achievement that all but fewer than k have met is left out like one that fewer than k have.
struct HeldLearning {
    private let k: Int

    init(_ k: Int) { self.k = k }

    /// The places of numbers of learners that are not told: those of 1 to k − 1, and with any the smallest of k or more.
    func held(_ learners: [Int]) -> Set<Int> {
        var held = Set(learners.indices.filter { (1..<k).contains(learners[$0]) })
        guard !held.isEmpty else { return held }
        let others = learners.indices.filter { learners[$0] >= k }
        if let least = others.min(by: { (learners[$0], $0) < (learners[$1], $1) }) { held.insert(least) }
        return held
    }

    func hold(_ days: inout [LearnersDay]) {
        for place in held(days.map(\.totals.activeDays)) {
            days[place] = LearnersDay(day: days[place].day)
            days[place].isHeld = true
        }
    }

    func hold(
        _ result: inout LearnersResult, hourLearners: [Int],
        goalLearners: [LearningGoal.Kind: [GoalState.Status: Int]]
    ) {
        result.heldTo = k
        for hour in held(hourLearners) { result.hours[hour] = nil }
        let few = held(result.topics.map(\.learners))
        result.heldTopics = few.count
        result.topics = result.topics.indices.filter { !few.contains($0) }.map { place in
            var topic = result.topics[place]
            if !held(Array((topic.levels ?? [:]).values)).isEmpty { topic.levels = nil }
            return topic
        }
        for place in result.achievements.indices {
            result.achievements[place].learners = result.told(result.achievements[place].learners ?? 0)
            // The first day is that of one learner.
            result.achievements[place].first = nil
        }
        for (kind, counts) in goalLearners where !held(Array(counts.values)).isEmpty { result.goals[kind] = nil }
        let zones = result.zones.sorted { $0.key < $1.key }
        for place in held(zones.map(\.value)) { result.zones[zones[place].key] = nil }
    }
}

extension LearnersResult {
    /// How many learners something holds of; nil where that are too few, or all but too few.
    public func told(_ count: Int) -> Int? {
        guard let k = heldTo, count > 0 else { return count }
        let rest = learners.count - count
        return count < k || (1..<k).contains(rest) ? nil : count
    }

    /// The places of numbers of learners, of whom each has one, that are not told.
    public func held(_ counts: [Int]) -> Set<Int> { heldTo.map { HeldLearning($0).held(counts) } ?? [] }
}
