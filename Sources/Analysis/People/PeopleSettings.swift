import Model

/// Every threshold of what is said about people, with the product's figures as defaults (DOMAIN 3.2).
public struct PeopleSettings: Sendable, Hashable {
    /// The smallest count of people that is published.
    public var k = 5
    /// Engagement is high above these mean minutes and interactions of a session.
    public var highEngagement = (minutes: 30.0, interactions: 20.0)
    /// Engagement is medium above these, else low.
    public var mediumEngagement = (minutes: 15.0, interactions: 10.0)
    /// How many sessions somebody needs to be put into a segment.
    public var segmentSessions = 5
    /// How many days up to the day of the report count for trigger rules.
    public var triggerDays = 30
    /// A session with an engagement below is named.
    public var lowEngagement = 0.3
    /// A session above so many minutes is named.
    public var longSession = 120.0
    /// A session with a sentiment below is named.
    public var lowSentiment = 0.2
    /// How sure a pattern must be to be listed.
    public var patternConfidence = 0.7
    /// The seed of segments.
    public var seed: UInt64 = 42

    /// The first day whose rows about people are kept; nil where all are.
    public var firstDay: Day?

    /// The product's figures.
    public init() {}

    /// Whether two are the same.
    public static func == (left: PeopleSettings, right: PeopleSettings) -> Bool { left.values == right.values }

    /// Hashes what tells them apart.
    public func hash(into hasher: inout Hasher) { hasher.combine(values) }

    private var values: [Double] {
        [
            Double(k), highEngagement.minutes, highEngagement.interactions, mediumEngagement.minutes,
            mediumEngagement.interactions, Double(segmentSessions), Double(triggerDays), lowEngagement, longSession,
            lowSentiment, patternConfidence, Double(seed), firstDay.map { Double($0.number) } ?? -.infinity,
        ]
    }
}
