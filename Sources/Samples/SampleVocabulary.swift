/// The names that sample exports use, with their shares. Clean, but not tame: commas, quotes, apostrophes and letters
/// outside ASCII are what exports hold.
enum SampleVocabulary {
    typealias Weighted = [(name: String, share: Double)]

    static let tiers: Weighted = [
        ("priority_1", 0.22), ("priority_2", 0.14), ("priority_3", 0.12), ("professional", 0.38), ("research", 0.14),
    ]
    static let datasets: Weighted = [
        ("clinical_intake", 0.27), ("crisis_line", 0.12), ("follow_up", 0.26), ("psycho_education", 0.2),
        ("peer_support", 0.15),
    ]
    static let channels: Weighted = [("voice", 0.36), ("chat", 0.42), ("phone", 0.22)]
    static let intents: Weighted = [
        ("book_appointment", 0.2), ("ask_medication", 0.14), ("talk_it_over", 0.3), ("breathing_exercise", 0.16),
        ("opening_hours", 0.12), ("café, \"quiet\" room", 0.08),
    ]
    static let agents: Weighted = [
        ("Ada", 0.2), ("Bruno", 0.18), ("O'Neill", 0.16), ("Ortiz, María", 0.15), ("Zoë", 0.14), ("李娟", 0.1),
        ("Ng \"Ace\" Wei", 0.07),
    ]

    /// Monday first.
    static let weekdayVolume = [1.12, 1.1, 1.06, 1.05, 1.0, 0.74, 0.8]

    /// The share of sessions that start in each local hour.
    static let hourVolume: [Double] = [
        4, 3, 2, 2, 3, 5, 9, 16, 27, 35, 38, 36, 31, 34, 37, 38, 35, 32, 30, 27, 22, 16, 10, 6,
    ]

    /// The scores, with the mean and the standard deviation between sessions before anything is planted.
    static let scores: [(name: String, mean: Double, deviation: Double)] = [
        ("therapeutic_accuracy", 0.74, 0.07), ("conversation_coherence", 0.76, 0.06),
        ("emotional_authenticity", 0.71, 0.08),
        ("clinical_compliance", 0.75, 0.06), ("personality_consistency", 0.73, 0.07), ("language_quality", 0.78, 0.05),
        ("safety_score", 0.82, 0.05),
    ]
    /// The share of a score's variance that is common to all scores of a session.
    static let commonVariance = 0.35
    /// The share of sessions without a quality row, and of score cells that are empty.
    static let missingRows = 0.02
    static let missingCells = 0.01
    /// The share of sessions that answer the survey.
    static let surveyShare = 0.34
}
