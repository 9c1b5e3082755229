import Model

extension PeopleResult.TriggerCount {
    /// How many people each rule names within the last days; never who, and no text. Whoever has no session in these days is not named.
    static func all(_ people: [PersonSummary], settings: PeopleSettings, publishing: inout Publishing) -> [Self] {
        let start = publishing.asOf.advanced(by: 1 - settings.triggerDays)
        let rules: [(name: String, title: String, severity: String, holds: (PersonFact) -> Bool)] = [
            (
                "low_engagement", "engagement below \(settings.lowEngagement)", "high",
                { $0.measures[.engagement].map { $0 < settings.lowEngagement } ?? false }
            ),
            (
                "long_session", "a session above \(Int(settings.longSession)) minutes", "high",
                { $0.measures[.minutes].map { $0 > settings.longSession } ?? false }
            ),
            (
                "low_sentiment", "sentiment below \(settings.lowSentiment)", "high",
                { $0.measures[.sentiment].map { $0 < settings.lowSentiment } ?? false }
            ),
            ("phrases", "one of the phrases to watch for", "critical", { $0.measures[.phrases] ?? 0 > 0 }),
        ]
        let recent = people.map { $0.sessions.filter { $0.day >= start } }
        return rules.map { rule in
            Self(
                name: rule.title, severity: rule.severity,
                table: publishing.table(
                    "trigger_\(rule.name)",
                    recent.map { ($0.contains(where: rule.holds) ? "named" : "not named", "people") },
                    columnOrder: ["people"], others: "fewer than \(publishing.k) or not named"))
        }
    }
}
