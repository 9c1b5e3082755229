import Model

/// Which metrics and dimensions play which part in a voice session. What the configuration does not say is told by names.
public struct VoiceRoles: Sendable, Hashable {
    /// The components of an answer in their order, with the metric of each one's latency.
    public var components: [Component] = []
    /// The metric of the whole latency.
    public var total: String?
    /// The number of errors of a session.
    public var errors: String?
    /// Caches, each with its metrics of hits and misses.
    public var caches: [Cache] = []
    /// Whether a session was resolved at first contact.
    public var resolved: String?
    /// Satisfaction.
    public var satisfaction: String?
    /// The length of a session.
    public var duration: String?
    /// The word error rate of recognised speech.
    public var wordErrorRate: String?
    /// The mean opinion score of synthetic speech.
    public var opinionScore: String?
    /// The dimension of intents.
    public var intent: String?
    /// The dimension of outcomes.
    public var outcome: String?
    /// The dimension of types of errors.
    public var errorType: String?
    /// The dimension of the components in which errors happened.
    public var errorComponent: String?
    /// Two groups that are compared.
    public var split: Split?
    /// Limits of latencies and the share of sessions that has to keep them.
    public var targets: [Target] = []
    /// Whether the other parts have been told from a catalogue and its records.
    var isCompleted = false
    /// Where records of another kind stand beside the sessions, the metrics that sessions have; nil where all are sessions.
    var kin: [String]?

    /// Nothing.
    public init() {}

    /// A component of an answer.
    public struct Component: Sendable, Hashable {
        /// Its name: stt, llm, tts …
        public var name: String
        /// The metric of its latency.
        public var metric: String

        /// Names a component.
        public init(name: String, metric: String) {
            self.name = name
            self.metric = metric
        }
    }

    /// A cache.
    public struct Cache: Sendable, Hashable {
        /// Its type: semantic, session …
        public var name: String
        /// The metric of hits.
        public var hits: String
        /// The metric of misses.
        public var misses: String

        /// Names a cache.
        public init(name: String, hits: String, misses: String) {
            self.name = name
            self.hits = hits
            self.misses = misses
        }
    }

    /// Two groups of a dimension.
    public struct Split: Sendable, Hashable {
        /// The dimension.
        public var dimension: String
        /// The first group, the control.
        public var a: String?
        /// The second group.
        public var b: String?

        /// Names a dimension, and which two of its values are meant where it has more.
        public init(dimension: String, a: String? = nil, b: String? = nil) {
            self.dimension = dimension
            self.a = a
            self.b = b
        }
    }

    /// A limit that a share of sessions has to keep.
    public struct Target: Sendable, Hashable {
        /// The metric.
        public var metric: String
        /// The limit, in the metric's unit.
        public var atMost: Double
        /// The share of sessions that has to keep it, in 0 to 1.
        public var share: Double

        /// A target.
        public init(metric: String, atMost: Double, share: Double) {
            self.metric = metric
            self.atMost = atMost
            self.share = share
        }
    }

    /// Whether these are sessions of a voice service: two components at least, or what only such sessions have.
    public var areVoice: Bool { components.count >= 2 || wordErrorRate != nil || !caches.isEmpty }

    /// Every dimension that a configuration names.
    public var dimensions: [String] {
        [intent, outcome, errorType, errorComponent, split?.dimension].compactMap { $0 }
    }

    /// Every metric that a configuration names.
    public var metrics: [String] {
        components.map(\.metric) + caches.flatMap { [$0.hits, $0.misses] } + targets.map(\.metric)
            + [total, errors, resolved, satisfaction, duration, wordErrorRate, opinionScore].compactMap { $0 }
    }
}
