import Model

/// One person as the analyses see them: without any pseudonym.
struct PersonSummary {
    var words: [PersonFact.Word: String] = [:]
    var first: Day
    /// The day that the profile tells, which is not pruned; nil where it tells none.
    var registered: Day?
    var sessions: [PersonFact] = []
    var progress: PersonFact?
    /// All rows of progress, the newest of which is `progress`.
    var progresses: [PersonFact] = []
    var outcome: PersonFact?

    /// The people that rows tell of, in the order of their pseudonyms.
    static func all(_ facts: [PersonFact]) -> [PersonSummary] {
        var people: [PersonSummary] = []
        var last: String?
        for fact in facts {
            if fact.person != last { people.append(PersonSummary(first: fact.day)) }
            last = fact.person
            people[people.count - 1].add(fact)
        }
        // Of somebody who has not agreed nothing but that is stored.
        return people.filter { !$0.sessions.isEmpty || $0.progress != nil || $0.outcome != nil || !$0.words.isEmpty }
    }

    private mutating func add(_ fact: PersonFact) {
        first = min(first, fact.day)
        switch fact.kind {
        case .profile:
            words = fact.words
            registered = fact.isDated ? fact.day : nil
        case .session: sessions.append(fact)
        case .progress:
            progresses.append(fact)
            if fact.day >= progress?.day ?? fact.day { progress = fact }
        case .outcome: if fact.day >= outcome?.day ?? fact.day { outcome = fact }
        }
    }

    /// The mean of a number over the sessions that have it; nil without any.
    func mean(_ measure: PersonFact.Measure) -> Double? {
        let values = sessions.compactMap { $0.measures[measure] }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// The day of the first session, else of the first row.
    var start: Day { sessions.map(\.day).min() ?? first }

    /// Sessions per week from the first to the last, counted as at least a week; nil without any.
    var sessionsPerWeek: Double? {
        guard let first = sessions.map(\.day).min(), let last = sessions.map(\.day).max() else { return nil }
        return Double(sessions.count) / max(1, Double(last.number - first.number + 1) / 7)
    }

    /// high, medium or low by mean duration and interactions; nil without sessions that have both.
    func engagementClass(_ settings: PeopleSettings) -> String? {
        Self.engagementClass(of: sessions, settings)
    }

    /// The same of some sessions.
    static func engagementClass(of sessions: [PersonFact], _ settings: PeopleSettings) -> String? {
        func mean(_ measure: PersonFact.Measure) -> Double? {
            let values = sessions.compactMap { $0.measures[measure] }
            return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        guard let minutes = mean(.minutes), let interactions = mean(.interactions) else { return nil }
        if minutes > settings.highEngagement.minutes, interactions > settings.highEngagement.interactions {
            return "high"
        }
        let isMedium =
            minutes > settings.mediumEngagement.minutes && interactions > settings.mediumEngagement.interactions
        return isMedium ? "medium" : "low"
    }

    /// The class of progress by overall progress and the rate of goals: excellent above 0.7 and 0.6, good above 0.5 and
    /// 0.4, moderate above 0.3 and 0.2, else needs_attention; nil without both.
    var progressClass: String? { progress.flatMap(Self.progressClass) }

    /// The class that a row of progress tells.
    static func progressClass(of progress: PersonFact) -> String? {
        guard let overall = progress.measures[.overall], let goals = progress.measures[.goals] else { return nil }
        for (name, limits) in [("excellent", (0.7, 0.6)), ("good", (0.5, 0.4)), ("moderate", (0.3, 0.2))]
        where overall > limits.0 && goals > limits.1 { return name }
        return "needs_attention"
    }

    /// Whether the outcome is positive, excellent or good; nil without one.
    var isSuccess: Bool? {
        outcome?.words[.category].map { ["positive", "excellent", "good"].contains($0) }
    }

    /// The mean engagement of sessions, else that of progress or outcome; nil where nothing says it.
    var engagement: Double? {
        mean(.engagement) ?? progress?.measures[.engagement] ?? outcome?.measures[.engagement]
    }

    /// The newest rate of goals; nil where progress does not say it.
    var goalRate: Double? { progress?.measures[.goals] }

    /// Hours of all sessions with a duration; nil without any.
    var hours: Double? {
        let minutes = sessions.compactMap { $0.measures[.minutes] }
        return minutes.isEmpty ? nil : minutes.reduce(0, +) / 60
    }

    /// Focus, frequency and engagement in words; what the export does not say is derived: frequency from sessions a week
    /// (low below 1, high above 3), engagement from its class.
    func cohort(_ settings: PeopleSettings) -> String {
        let focus = words[.focus] ?? "no focus"
        let rate = sessionsPerWeek
        let frequency = words[.frequency] ?? rate.map { $0 < 1 ? "low" : $0 > 3 ? "high" : "medium" } ?? "no"
        let engagement = words[.engagementLevel] ?? engagementClass(settings) ?? "no"
        return "\(focus), \(frequency) frequency, \(engagement) engagement"
    }
}
