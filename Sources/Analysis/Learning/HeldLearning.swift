import Model
import Statistics

/// Which figures of all learners are told, where some learners have no pages.
///
/// Whoever takes the figures of learners with pages from those of all learners has what the others did, and of others who had pages in
/// a run before all but what came since. So a figure is told if readers know all parts of it, or if at least k learners have one
/// that they do not. Where figures that add up to one that is told are left out, so is the smallest of the others, unless k such
/// learners stand behind one of them already. Of learners who do something, those who do not are a figure alike.
///
/// What this does not hold against is a learner who gets pages later: tables of nights before were told with that learner among k.
struct HeldLearning {
    let k: Int
    /// Learners without pages, by the figures that they have a part of.
    let others: LearnerCounts

    typealias Figure = LearnerCounts.Figure

    /// Whether a figure tells of no group of learners that is too small.
    func isTold(_ figure: Figure) -> Bool { isTold(others.most(figure), others.least(figure)) }

    private func isTold(_ most: Int, _ least: Int) -> Bool { most == 0 || least >= k }

    /// Whether those are told who are in one figure and not in a narrower one.
    private func isTold(_ wide: Figure, without narrow: Figure) -> Bool {
        isTold(others.most(wide) - others.least(narrow), others.least(wide) - others.most(narrow))
    }

    /// Whether the number of learners that something holds of is told.
    func isNumberTold(_ figure: Figure) -> Bool { isTold(figure) && isTold(.everybody, without: figure) }

    /// The places of figures that add up to a told one and are left out.
    ///
    /// - Parameter leaving: places that are left out for another reason.
    func held(_ figures: [Figure], leaving: Set<Int> = []) -> Set<Int> {
        var held = leaving.union(figures.indices.filter { !isTold(figures[$0]) })
        let isEnough =
            held.contains { others.least(figures[$0]) >= k } || held.allSatisfy { others.most(figures[$0]) == 0 }
        guard !isEnough else { return held }
        let rest = figures.indices.filter { !held.contains($0) && others.most(figures[$0]) > 0 }
        let sizes = { (place: Int) in (others.least(figures[place]), place) }
        if let least = rest.min(by: { sizes($0) < sizes($1) }) { held.insert(least) }
        return held
    }

    func hold(_ days: inout [LearnersDay]) {
        let held = held(days.map { .day($0.day.number) })
        let mute = self.held(days.map { .dayQuality($0.day.number) }, leaving: held)
        for place in mute { days[place].totals.quality = Moments() }
        for place in held {
            days[place] = LearnersDay(day: days[place].day)
            days[place].isHeld = true
        }
    }

    func hold(_ result: inout LearnersResult) {
        result.heldTo = k
        if !isTold(.quality) { result.totals.quality = Moments() }
        for place in result.totals.parts.indices where !isTold(.part(place)) { result.totals.parts[place] = Moments() }
        for hour in held(result.hours.indices.map { .hour($0) }) { result.hours[hour] = nil }
        holdTopics(&result)
        holdAchievements(&result)
        for (kind, counts) in result.goals where !counts.keys.allSatisfy({ isTold(.goals(kind, $0)) }) {
            result.goals[kind] = nil
            result.heldGoalKinds += 1
        }
        let zones = result.zones.keys.sorted()
        for place in held(zones.map { .zone($0) }) { result.zones[zones[place]] = nil }
        for place in held(result.streaks.indices.map { .streak($0) }) { result.streaks[place].learners = nil }
        if !isNumberTold(.active) { result.active = nil }
        if !isNumberTold(.atRisk) { result.atRisk = nil }
        if !isNumberTold(.mastering) { result.mastered = nil }
    }

    /// Whoever has met what asks for more has met what asks for less of the same: those between two that are told are a figure, too.
    private func holdAchievements(_ result: inout LearnersResult) {
        let definitions = result.achievements.map(\.definition.requirement.measure)
        var last: [String: Figure] = [:]
        for place in definitions.indices.sorted(by: { (definitions[$0].amount, $0) < (definitions[$1].amount, $1) }) {
            // The first day is that of one learner.
            result.achievements[place].first = nil
            let figure = Figure.achievement(place)
            let wider = last[definitions[place].name]
            let isBetweenTold = wider.map { isTold($0, without: figure) } ?? true
            guard isNumberTold(figure), isBetweenTold else {
                result.achievements[place].learners = nil
                continue
            }
            last[definitions[place].name] = figure
        }
    }

    private func holdTopics(_ result: inout LearnersResult) {
        let names = result.topics.map(\.topic)
        let few = held(names.map { .topic($0) })
        let mute = held(names.map { .topicQuality($0) }, leaving: few)
        let unmoved = held(names.map { .recently($0) }, leaving: few).union(
            held(names.map { .earlier($0) }, leaving: few))
        result.heldTopics = few.count
        result.topics = result.topics.indices.filter { !few.contains($0) }.map { place in
            var topic = result.topics[place]
            // The first and the last day are those of one learner.
            (topic.first, topic.last) = (nil, nil)
            topic.tellsLearners = isNumberTold(.topic(topic.topic))
            if mute.contains(place) { (topic.quality, topic.qualitySessions) = (0, 0) }
            if !isTold(.topicScore(topic.topic)) { topic.scores = Moments() }
            if unmoved.contains(place) { topic.growth = .failure(.hidden) }
            let levels = topic.levels ?? [:]
            if !levels.keys.allSatisfy({ isTold(.level($0, of: topic.topic)) }) { topic.levels = nil }
            return topic
        }
    }
}
