/// What a learner wants to reach, declared by people; whether it is reached is computed from sessions.
///
/// Known by its id and learner: a later delivery replaces an earlier one.
public struct LearningGoal: Sendable, Hashable {
    /// The id.
    public var id: String
    /// Whose it is; nil for every learner.
    public var learner: String?
    /// What it is called.
    public var title: String
    /// More about it; empty for nothing.
    public var text: String
    /// What is counted.
    public var kind: Kind
    /// How much of it is wanted, above 0, in the unit of the kind: quality in per cent.
    public var target: Double
    /// The first day that counts.
    public var start: Day
    /// The last day on which it can be reached; nil for none.
    public var deadline: Day?
    /// What people say of it.
    public var declared: Declaration
    /// The value that people supplied; only goals of the kind `custom` rest on it.
    public var supplied: Double?

    /// What a goal counts, from its first day on.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Days of a streak.
        case streak
        /// Sessions.
        case sessions
        /// Different topics.
        case topics
        /// Mean quality of the sessions, in per cent.
        case quality
        /// Exchanges.
        case exchanges
        /// Minutes.
        case minutes
        /// Items of feedback.
        case feedback
        /// A value that people supply.
        case custom

        /// The unit of target and value.
        public var unit: String {
            switch self {
            case .streak: "days"
            case .sessions: "sessions"
            case .topics: "topics"
            case .quality: "%"
            case .exchanges: "exchanges"
            case .minutes: "minutes"
            case .feedback: "items"
            case .custom: ""
            }
        }
    }

    /// What people say of a goal; reached and missed are not said but computed.
    public enum Declaration: String, Sendable, Hashable, CaseIterable {
        /// It is pursued.
        case active
        /// It rests.
        case paused
        /// It is given up.
        case abandoned
    }

    /// A goal that is pursued.
    ///
    /// A target of quality up to 1 is a share and becomes per cent.
    public init(
        id: String, learner: String? = nil, title: String, kind: Kind, target: Double, start: Day, deadline: Day? = nil,
        declared: Declaration = .active
    ) {
        self.id = id
        self.learner = learner
        self.title = title
        text = ""
        self.kind = kind
        self.target = kind == .quality && target <= 1 ? target * 100 : target
        self.start = start
        self.deadline = deadline
        self.declared = declared
    }

    /// The same goal, called by its id, without the words that somebody has written about a learner; goals of everybody stay.
    public var withoutTexts: LearningGoal {
        guard learner != nil else { return self }
        var goal = self
        (goal.title, goal.text) = ("Goal \(id)", "")
        return goal
    }
}
