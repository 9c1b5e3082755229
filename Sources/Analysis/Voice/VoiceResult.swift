import Model
import Partials
import Statistics

/// What voice sessions say of the service beyond single metrics.
public struct VoiceResult: Sendable, Hashable {
    /// Which metrics and dimensions play which part.
    public var roles: VoiceRoles
    /// The days.
    public var period: Period
    /// Sessions in these days.
    public var sessions: Int
    /// The components' mean latencies as shares of their sum, in the components' order; fails below two components.
    public var shares: Answer<[ComponentShare]>
    /// How often the whole latency is the sum of its components.
    public var sumCheck: Answer<SumCheck>
    /// Latencies in fixed buckets, by metric.
    public var buckets: [BucketCounts]
    /// The declared targets, in their order.
    public var targets: [TargetResult]
    /// Sessions with at least one error among all, with Wilson's interval.
    public var sessionsWithErrors: Answer<SuccessShare>
    /// Errors ÷ sessions.
    public var errorsPerSession: Answer<Double>
    /// Sessions with an error by the part of the day in which they began, from the sample; none where times have no clock.
    public var errorBlocks: [ErrorBlock]
    /// Hits and misses by type of cache.
    public var caches: [CacheResult]
    /// Sessions by intent and outcome; fails where one is not supplied.
    public var outcomes: Answer<OutcomeTable>
    /// Sessions by weekday and hour.
    public var load: LoadTable
    /// The slowest sessions, the slowest first.
    public var slowest: [SessionRow]
    /// Hours that were unlike the others; nil where times have no clock.
    public var windows: VoiceWindows?
    /// The weeks of `errorKinds`.
    public var errorWeeks: [Period]
    /// Errors by component and type, week by week; none where neither is supplied.
    public var errorKinds: [ErrorKind]
    /// The KPIs over the last day, 7 days and 30 days.
    public var snapshots: [VoiceSnapshot] = []
    /// What the 7 days advise.
    public var advice: [VoiceAdvice] = []
    /// Two groups side by side; nil where none are told apart.
    public var split: VoiceSplit?

    /// The share of a component in the sum of all.
    public struct ComponentShare: Sendable, Hashable {
        /// The component.
        public var component: VoiceRoles.Component
        /// Its mean latency in its unit.
        public var mean: Double
        /// mean ÷ the sum of all means.
        public var share: Double
    }

    /// The whole latency against the sum of its components, session by session.
    public struct SumCheck: Sendable, Hashable {
        /// Sessions with all values that were looked at.
        public var n: Int
        /// Sessions in the period.
        public var total: Int
        /// Sessions whose whole is away from the sum by more than 5 % and 50 ms.
        public var differing: Int
        /// The median of whole − sum, in the unit of the whole.
        public var medianDifference: Double
    }

    /// A latency in the buckets that dashboards of services use.
    public struct BucketCounts: Sendable, Hashable {
        /// The metric.
        public var metric: String
        /// Upper limits in the metric's unit, the last one without.
        public var limits: [Double?]
        /// Sessions up to each limit and above the one before.
        public var counts: [Int]
        /// How near they are.
        public var exactness: Exactness
    }

    /// A target and how many sessions keep it.
    public struct TargetResult: Sendable, Hashable {
        /// The target.
        public var target: VoiceRoles.Target
        /// Sessions that keep the limit.
        public var share: Answer<SuccessShare>
        /// Whether enough do; nil where it cannot be told.
        public var isMet: Bool?
        /// The share of each day that keeps the limit.
        public var days: [CurveDay] = []
        /// How near the count is.
        public var exactness: Exactness
    }

    /// A part of the day.
    public struct ErrorBlock: Sendable, Hashable {
        /// Its first local hour.
        public var from: Int
        /// The hour with which it ends.
        public var to: Int
        /// Sessions with an error among those that began then.
        public var share: Answer<SuccessShare>
    }

    /// One type of cache.
    public struct CacheResult: Sendable, Hashable {
        /// The cache.
        public var cache: VoiceRoles.Cache
        /// Hits of all requests with the interval of `RequestShare`.
        public var rate: Answer<SuccessShare>
        /// Hits of all requests day by day.
        public var days: [CurveDay]
    }

    /// A share on a day.
    public struct CurveDay: Sendable, Hashable {
        /// The day.
        public var day: Day
        /// Hits ÷ requests; nil without requests.
        public var share: Double?
    }

    /// Sessions by two dimensions.
    public struct OutcomeTable: Sendable, Hashable {
        /// Intents, the most frequent first, at most 20.
        public var intents: [String]
        /// Outcomes, the most frequent first, at most 12.
        public var outcomes: [String]
        /// Sessions by intent and outcome.
        public var counts: [[Int]]
        /// How near they are.
        public var exactness: Exactness
    }

    /// Sessions by weekday (0 Monday) and hour.
    public struct LoadTable: Sendable, Hashable {
        /// Mean sessions of an hour on a day of the weekday that has sessions; nil without such a day.
        public var means: [[Double?]]
        /// Sessions by weekday and hour.
        public var counts: [[Int]]
        /// Sessions without an hour.
        public var withoutHour: Int

        /// The busiest hours: weekday, hour and mean, at most five.
        public var peaks: [(weekday: Int, hour: Int, mean: Double)] {
            var all: [(Int, Int, Double)] = []
            for weekday in 0..<7 {
                for hour in 0..<24 {
                    if let mean = means[weekday][hour], mean > 0 { all.append((weekday, hour, mean)) }
                }
            }
            return Array(all.sorted { ($1.2, $0.0, $0.1) < ($0.2, $1.0, $1.1) }.prefix(5))
        }
    }

    /// One session.
    public struct SessionRow: Sendable, Hashable {
        /// Its id.
        public var id: String
        /// Its day.
        public var day: Day
        /// The values of every metric of the catalogue, in its order; nil is missing.
        public var values: [Double?]
    }

    /// Upper limits in seconds, those of Prometheus' client libraries.
    static let bucketSeconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
}
