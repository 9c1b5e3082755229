/// One row about a person, who is known by a pseudonym only. Names, texts and exact ages never become part of it.
public struct PersonFact: Sendable, Hashable {
    /// What a row tells.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Who somebody is: attributes and consent. The newest row of a person holds.
        case profile
        /// One session.
        case session
        /// How far somebody has come, as of a day.
        case progress
        /// What became of somebody, as of a day.
        case outcome
    }

    /// A number that a row may hold.
    public enum Measure: String, Sendable, Hashable, CaseIterable {
        case minutes, interactions, interventions, markers, engagement, sentiment, overall, goals
        case sessionCount = "session_count"
        case hours
        case goalsAchieved = "goals_achieved"
        /// How many of the phrases to watch for a session's texts hold; the texts themselves are not kept.
        case phrases
    }

    /// A word that a row may hold.
    public enum Word: String, Sendable, Hashable, CaseIterable {
        case focus, frequency
        case engagementLevel = "engagement_level"
        case ageBand = "age_band"
        case region, gender, category
        /// `yes` or `no`.
        case consent
    }

    /// What the row tells.
    public var kind: Kind
    /// 16 hexadecimal digits.
    public var person: String
    /// Tells rows of one person and kind apart: the hash of their id, else of their content.
    public var key: UInt64
    /// The day to which the row belongs.
    public var day: Day
    /// Whether the row says its day; otherwise it is that of the delivery that brought it first.
    public var isDated: Bool
    /// Its numbers, all finite.
    public var measures: [Measure: Double]
    /// Its words.
    public var words: [Word: String]
    /// When what it says of agreement was said; nil where it says nothing, or not when.
    public var consentTime: ConsentTime?

    /// Describes a row.
    public init(
        kind: Kind, person: String, key: UInt64, day: Day, isDated: Bool = true, measures: [Measure: Double] = [:],
        words: [Word: String] = [:]
    ) {
        self.kind = kind
        self.person = person
        self.key = key
        self.day = day
        self.isDated = isDated
        self.measures = measures
        self.words = words
    }
}

/// When somebody said whether they agree, as the export tells it or the date in its name.
public struct ConsentTime: Sendable, Hashable {
    /// The day.
    public let day: Day
    /// The moment in seconds since 1970-01-01T00:00Z; nil where only the day is told.
    public let second: Int64?

    /// Names a day and, where it is told, the moment.
    public init(day: Day, second: Int64? = nil) {
        self.day = day
        self.second = second
    }

    /// Whether it lies before another one; nil where that cannot be told, as of two that only share a day.
    public func isBefore(_ other: ConsentTime) -> Bool? {
        if let second, let later = other.second { return second == later ? nil : second < later }
        return day == other.day ? nil : day < other.day
    }
}

/// Why a row about a person was not taken, apart from being wrong.
public enum PersonRefusal: String, Sendable, Hashable, CaseIterable {
    /// The person has not agreed, or no longer.
    case withoutConsent = "without_consent"
    /// The row is older than rows about people are kept.
    case pastRetention = "past_retention"
    /// The person has asked to be forgotten.
    case forgotten
}

/// How good a model's predictions were: the counts of a confusion matrix, or the shares that were supplied with n.
public struct ModelScore: Sendable, Hashable {
    /// The model.
    public var name: String
    /// Its version.
    public var version: String
    /// What it predicts, in the export's word.
    public var purpose: String
    /// The day on which it was judged.
    public var day: Day
    /// The counts: true and false positives, false and true negatives; nil where they were not supplied.
    public var counts: Counts?
    /// Shares as supplied, by name: `accuracy`, `precision`, `recall`, `f1`.
    public var supplied: [String: Double]
    /// How many predictions the supplied shares are of; nil where that was not supplied.
    public var n: Int?

    /// A confusion matrix.
    public struct Counts: Sendable, Hashable {
        public var truePositives, falsePositives, falseNegatives, trueNegatives: Int

        /// Four counts.
        public init(truePositives: Int, falsePositives: Int, falseNegatives: Int, trueNegatives: Int) {
            self.truePositives = truePositives
            self.falsePositives = falsePositives
            self.falseNegatives = falseNegatives
            self.trueNegatives = trueNegatives
        }
    }

    /// Describes a judgement.
    public init(
        name: String, version: String, purpose: String, day: Day, counts: Counts?, supplied: [String: Double], n: Int?
    ) {
        self.name = name
        self.version = version
        self.purpose = purpose
        self.day = day
        self.counts = counts
        self.supplied = supplied
        self.n = n
    }
}
