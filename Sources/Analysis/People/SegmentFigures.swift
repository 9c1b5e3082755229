import Statistics

/// Groups of people by how they use the product, found by k-means on standardised features.
public struct SegmentFigures: Sendable, Hashable, Codable {
    /// The features, in the order of profiles.
    public let features: [String]
    /// How many people were put into segments, and how many had too few sessions or lacked a feature.
    public let n: Int
    /// The mean silhouette of the chosen number; nil for a single segment.
    public let silhouette: Double?
    /// The mean silhouette for each number from 2 on.
    public let silhouettes: [Double]
    /// The mean adjusted Rand index against other starts; 1 is always the same.
    public let stability: Double
    /// Segments of at least k people, the largest first.
    public let segments: [Segment]
    /// How many segments have fewer than k.
    public let small: Int

    /// One segment.
    public struct Segment: Sendable, Hashable, Codable {
        /// From its features: those that lie at least half a standard deviation from the mean.
        public var name: String
        /// How many people, rounded down to a multiple of k, so that another night's segment tells of nobody.
        public var n: Int
        /// The mean of each feature in its unit, rounded by the feature's spread (`CoarseMean`).
        public var centre: [Double]
    }

    static let featureNames = ["minutes a session", "interactions a session", "sessions a week", "engagement"]

    /// The features of everybody who has all of them and enough sessions.
    static func rows(_ people: [PersonSummary], settings: PeopleSettings) -> [[Double]] {
        people.filter { $0.sessions.count >= settings.segmentSessions }.compactMap { person in
            guard let minutes = person.mean(.minutes), let interactions = person.mean(.interactions),
                let rate = person.sessionsPerWeek, let engagement = person.engagement
            else { return nil }
            return [minutes, interactions, rate, engagement]
        }
    }

    static func of(_ rows: [[Double]], settings: PeopleSettings) -> Answer<SegmentFigures> {
        guard rows.count >= 2 * settings.k else {
            return .failure(.tooFew(.people, found: rows.count / settings.k * settings.k, needed: 2 * settings.k))
        }
        return caught { () throws(Absence) in
            // What is the same for everybody tells nobody apart.
            let used = featureNames.indices.filter { place in Set(rows.map { $0[place] }).count > 1 }
            guard !used.isEmpty else { throw .constant }
            let columns = used.map { place in rows.map { $0[place] } }
            let found = try ClusterResult(columns: columns, k: nil, seed: settings.seed)
            let large = found.clusters.filter { $0.n >= settings.k }
            return SegmentFigures(
                features: used.map { featureNames[$0] }, n: found.n / settings.k * settings.k,
                silhouette: found.k > 1 && found.silhouettes.indices.contains(found.k - 2)
                    ? found.silhouettes[found.k - 2] : nil,
                silhouettes: found.silhouettes, stability: found.stability,
                segments: large.map { cluster in
                    Segment(
                        name: name(cluster.standardised, used), n: cluster.n / settings.k * settings.k,
                        centre: zip(cluster.centre, columns).map { mean, column in
                            CoarseMean.rounded(
                                mean,
                                to: CoarseMean.step(
                                    spread: (column.max() ?? 0) - (column.min() ?? 0), n: cluster.n))
                        })
                }, small: found.clusters.count - large.count)
        }
    }

    private static func name(_ standardised: [Double], _ used: [Int]) -> String {
        let words = [
            ("short sessions", "long sessions"), ("few interactions", "many interactions"), ("seldom", "often"),
            ("low engagement", "high engagement"),
        ]
        let parts = zip(used.map { words[$0] }, standardised).compactMap { pair, z in
            z <= -0.5 ? pair.0 : z >= 0.5 ? pair.1 : nil
        }
        return parts.isEmpty ? "in between" : parts.joined(separator: ", ")
    }
}

extension SegmentRelease {
    init(_ people: [PersonSummary], settings: PeopleSettings) {
        let rows = SegmentFigures.rows(people, settings: settings)
        let found = SegmentFigures.of(rows, settings: settings)
        figures = found.value
        if case .tooFew(.people, let found, let needed)? = found.absence {
            tooFew = TooFew(found: found, needed: needed)
        }
        values = rows.map(FigureRelease.mark).sorted()
    }
}
