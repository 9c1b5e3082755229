/// One sitting of one learner, as the export delimits it; it belongs to the local day on which it starts.
///
/// Known by learner and session: a later delivery of both replaces an earlier one.
public struct LearningSession: Sendable, Hashable {
    /// Who learned: a pseudonym, unless ids are shown on purpose.
    public var learner: String
    /// The id of the session.
    public var session: String
    /// The learner's local day on which it starts.
    public var day: Day
    /// When it starts, in seconds since 1970-01-01T00:00Z.
    public var started: Int64
    /// When it ends, of the same kind; nil where neither an end nor a duration is given.
    public var ended: Int64?
    /// Seconds east of UTC that held for the learner when it started.
    public var offset: Int32
    /// The learner's zone as the export names it; nil where it names none and the report's applies.
    public var zone: String?
    /// How long it took in minutes; nil where that is not known.
    public var minutes: Double?
    /// Messages of the learner with their replies.
    public var exchanges: Int?
    /// Questions that the learner asked.
    public var questions: Int?
    /// Times that the learner had to ask again.
    public var clarifications: Int?
    /// Mean quality from 0 to 1.
    public var quality: Double?
    /// Lowest quality of an exchange, 0 to 1.
    public var lowestQuality: Double?
    /// Highest quality of an exchange, 0 to 1.
    public var highestQuality: Double?
    /// Parts of the quality in the order of `QualityPart.allCases`, 0 to 1; nil where the export has none.
    public var parts: [Double?]
    /// What it was about, each topic once, in the order of the export.
    public var topics: [String]
    /// The one that it was mostly about.
    public var primaryTopic: String?
    /// Items of feedback that were good.
    public var positiveFeedback: Int
    /// Items of feedback that were bad.
    public var negativeFeedback: Int
    /// Whether the export calls it a success; nil where it does not say, and then quality decides.
    public var isSuccess: Bool?
    /// Whether the export calls it completed; nil where it does not say.
    public var isCompleted: Bool?

    /// Describes a session with nothing but its place.
    public init(learner: String, session: String, day: Day, started: Int64, offset: Int32 = 0) {
        self.learner = learner
        self.session = session
        self.day = day
        self.started = started
        self.offset = offset
        parts = []
        topics = []
        positiveFeedback = 0
        negativeFeedback = 0
    }

    /// The last moment that is known of it.
    public var lastMoment: Int64 { max(started, ended ?? started) }

    /// The local second of its day, 0 to 86,399.
    public var localSecond: Int { Int(((started + Int64(offset)) % 86_400 + 86_400) % 86_400) }

    /// A part of the quality; nil where the export has none.
    public func part(_ part: QualityPart) -> Double? { part.place < parts.count ? parts[part.place] : nil }

    /// The order in time; sessions that start together are ordered by their ids, so that it is one and the same always.
    public static func isEarlier(_ left: LearningSession, _ right: LearningSession) -> Bool {
        left.started == right.started ? left.session < right.session : left.started < right.started
    }
}

/// The parts into which the quality of a session may be broken down.
public enum QualityPart: String, Sendable, Hashable, CaseIterable {
    /// Answers concern what was asked.
    case relevance
    /// Answers help.
    case helpfulness
    /// The learner takes part.
    case engagement
    /// Answers are understood.
    case clarity
    /// Answers are right.
    case accuracy
    /// Answers leave nothing out.
    case completeness

    /// Its place among all parts.
    public var place: Int { QualityPart.allCases.firstIndex(of: self) ?? 0 }
}
