import Model

/// Which columns of exports about people are read, by the usual names of their fields; everything else is left out.
enum PersonFields {
    /// A number: its usual names, and the range that the schema allows.
    struct Number {
        let measure: PersonFact.Measure
        let names: [String]
        let range: ClosedRange<Double>
    }

    /// A word and its usual names.
    struct Word {
        let word: PersonFact.Word
        let names: [String]
    }

    static let person = PersonWords.columns + ["id"]
    static let rowID = ["session_id", "progress_id", "outcome_id"]
    static let time: [PersonFact.Kind: [String]] = [
        .profile: ["first_seen", "registered_at", "signup_date", "joined_at", "created_at"],
        .session: ["started_at", "start_time", "created_at", "timestamp", "date", "time"],
        .progress: ["measured_at", "updated_at", "created_at", "timestamp", "date"],
        .outcome: ["measured_at", "closed_at", "updated_at", "created_at", "timestamp", "date"],
    ]
    /// When progress that stands in a person's own row was measured; the row's other days are those of the person.
    static let progressTimes = [
        "progress_data.measured_at", "progress_data.updated_at", "progress_data.last_updated", "measured_at",
        "updated_at",
    ]
    /// Answers may stand in one column or in an object; where several do, one no is a no.
    static let consent = [
        "consent", "consent_given", "analytics_consent", "consent.given", "consent.granted", "consent.status",
        "consent.value", "consent.analytics",
    ]
    /// When the answer was given; the last ones say when anything of the row was changed.
    static let consentTimes = [
        "consent_at", "consent_time", "consent_timestamp", "consent_date", "consent_updated_at", "consent_changed_at",
        "consent.at", "consent.time", "consent.timestamp", "consent.date", "consent.updated_at", "updated_at",
        "last_updated", "modified_at",
    ]
    static let age = ["age", "age_years"]
    static let texts = ["recent_messages", "message", "messages", "text"]

    private static let count = 0...1_000_000.0
    private static let share = 0...1.0

    /// The numbers of each kind. Ranges: the constraints of the schema (DOMAIN 3.1), a day for minutes.
    static let numbers: [PersonFact.Kind: [Number]] = [
        .profile: [],
        .session: [
            Number(measure: .minutes, names: ["duration_minutes", "session_duration", "minutes"], range: 0...1_440),
            Number(measure: .interactions, names: ["interaction_count", "interactions"], range: count),
            Number(
                measure: .interventions, names: ["therapeutic_interventions_count", "interventions_count"], range: count
            ),
            Number(measure: .markers, names: ["progress_markers_count", "progress_markers"], range: count),
            Number(measure: .engagement, names: ["engagement_score", "engagement"], range: share),
            Number(measure: .sentiment, names: ["sentiment_score", "sentiment"], range: share),
        ],
        .progress: [
            Number(measure: .overall, names: ["overall_progress", "progress_data.overall_progress"], range: share),
            Number(
                measure: .goals, names: ["goal_completion_rate", "progress_data.goal_completion_rate"], range: share),
            Number(
                measure: .engagement,
                names: ["progress_data.engagement_level", "engagement_level", "engagement_score"],
                range: share),
            Number(measure: .sessionCount, names: ["total_sessions", "progress_data.total_sessions"], range: count),
        ],
        .outcome: [
            Number(measure: .sessionCount, names: ["session_count"], range: count),
            Number(measure: .hours, names: ["total_duration_hours"], range: 0...100_000),
            Number(measure: .engagement, names: ["engagement_score"], range: share),
            Number(measure: .markers, names: ["progress_markers_count"], range: count),
            Number(measure: .goalsAchieved, names: ["therapeutic_goals_achieved", "goals_achieved"], range: count),
        ],
    ]

    /// The words of each kind.
    static let words: [PersonFact.Kind: [Word]] = [
        .profile: [
            Word(word: .focus, names: ["therapeutic_focus", "focus"]),
            Word(word: .frequency, names: ["session_frequency", "frequency"]),
            Word(word: .engagementLevel, names: ["engagement_level"]),
            Word(word: .region, names: ["region", "location", "country"]),
            Word(word: .gender, names: ["gender", "sex"]),
        ],
        .session: [], .progress: [],
        .outcome: [Word(word: .category, names: ["outcome_category", "category"])],
    ]

    /// The words for how a person fared (the schema's constraint).
    static let categories = ["positive", "neutral", "needs_attention", "excellent", "good", "moderate"]

    /// The age bands of the product: below 18, 18 to 29, 30 to 49, 50 and above.
    static func band(ofAge age: Double) -> String {
        age < 18 ? "<18" : age < 30 ? "18–29" : age < 50 ? "30–49" : "50+"
    }

    /// Yes or no; nil for a word that is neither.
    static func isYes(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "1", "y", "granted", "given", "agreed", "accepted", "opt_in", "opted_in": true
        case "false", "no", "0", "n", "withdrawn", "denied", "revoked", "declined", "refused", "rejected", "expired",
            "opt_out",
            "opted_out":
            false
        default: nil
        }
    }
}
