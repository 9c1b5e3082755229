import Model

/// Percentiles of histograms that a service delivers as buckets: counters of how many values lie at or below each limit.
///
/// Between two scrapes the increase of each bucket counts the values in between; a bucket that falls has begun anew. A percentile
/// lies in the first bucket whose increases reach its share of all: `_p50`, `_p95` and `_p99` take values as spread evenly in that
/// bucket, as Prometheus' `histogram_quantile` does; `_p95_at_least` and `_p95_at_most` are the bucket's limits, between which the
/// percentile of the values certainly lies (nearest rank). Beyond the last limit nothing is known from above: no upper limit is
/// given, and the estimate is that limit. A stretch without values gives no point.
/// Source: https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile.
public enum HistogramPoints {
    private static let suffix = "_bucket"
    private static let shares: [(name: String, share: Double)] = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)]
    private static let bounded = "p95"

    /// The series that those of an archive stand for: percentiles in the place of buckets.
    public static func series(_ stored: [(name: String, context: String)]) -> [(name: String, context: String)] {
        var seen: Set<[String]> = []
        return stored.flatMap { name, context -> [(name: String, context: String)] in
            guard let bucket = Bucket(name, context) else { return [(name, context)] }
            guard seen.insert([bucket.stem, bucket.context]).inserted else { return [] }
            return names.map { ("\(bucket.stem)_\($0)", bucket.context) }
        }
    }

    private static var names: [String] { shares.map(\.name) + ["\(bounded)_at_least", "\(bounded)_at_most"] }

    /// Points with those of buckets replaced by percentiles. O(points log points).
    public static func resolved(_ points: [MetricPoint]) -> [MetricPoint] {
        var others: [MetricPoint] = []
        var histograms: [[String]: [Int64: Scrape]] = [:]
        for point in points {
            guard point.kind == .counter, let bucket = Bucket(point.name, point.context) else {
                others.append(point)
                continue
            }
            let key = [bucket.stem, bucket.context]
            histograms[key, default: [:]][point.time, default: Scrape(first: point)].counts[bucket.limit] = point.value
        }
        guard !histograms.isEmpty else { return points }
        for (key, scrapes) in histograms.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let ordered = scrapes.sorted { $0.key < $1.key }.map(\.value)
            for (before, after) in zip(ordered, ordered.dropFirst()) {
                for (name, value) in percentiles(of: increases(before, after)) {
                    var point = after.first
                    point.name = "\(key[0])_\(name)"
                    point.context = key[1]
                    point.kind = .gauge
                    if point.unit.isEmpty, key[0].hasSuffix("_seconds") { point.unit = "s" }
                    point.value = value
                    others.append(point)
                }
            }
        }
        return others.sorted { ($0.name, $0.context, $0.time) < ($1.name, $1.context, $1.time) }
    }

    /// A bucket's place in its histogram.
    private struct Bucket {
        let stem: String
        let context: String
        let limit: Double

        init?(_ name: String, _ context: String) {
            guard name.hasSuffix(HistogramPoints.suffix) else { return nil }
            // Values of labels hold no comma with a blank that would be taken apart and put together otherwise.
            let parts = context.split(separator: ", ", omittingEmptySubsequences: false)
            guard let written = parts.first(where: { $0.hasPrefix("le=") })?.dropFirst(3) else { return nil }
            guard let limit = written == "+Inf" ? .infinity : Double(written), !limit.isNaN else { return nil }
            stem = String(name.dropLast(HistogramPoints.suffix.count))
            self.context = parts.filter { !$0.hasPrefix("le=") }.joined(separator: ", ")
            self.limit = limit
        }
    }

    /// All buckets of a histogram at a time.
    private struct Scrape {
        let first: MetricPoint
        var counts: [Double: Double] = [:]
    }

    /// Values at or below each limit that came between two scrapes, by limit; none where the scrapes have other limits or lack the
    /// bucket without one.
    private static func increases(_ before: Scrape, _ after: Scrape) -> [(limit: Double, count: Double)] {
        let limits = after.counts.keys.sorted()
        guard limits.last == .infinity, Set(limits) == Set(before.counts.keys) else { return [] }
        let hasBegunAnew = limits.contains { (after.counts[$0] ?? 0) < (before.counts[$0] ?? 0) }
        return limits.map { ($0, (after.counts[$0] ?? 0) - (hasBegunAnew ? 0 : before.counts[$0] ?? 0)) }
    }

    private static func percentiles(of buckets: [(limit: Double, count: Double)]) -> [(name: String, value: Double)] {
        guard let total = buckets.last?.count, total > 0 else { return [] }
        var found: [(name: String, value: Double)] = []
        for (name, share) in shares {
            let rank = share * total
            guard let place = buckets.firstIndex(where: { $0.count >= rank }) else { continue }
            let upper = buckets[place].limit
            let below = place > 0 ? buckets[place - 1] : (limit: min(0, upper), count: 0)
            let inside = buckets[place].count - below.count
            let estimate =
                upper.isFinite && inside > 0
                ? below.limit + (upper - below.limit) * (rank - below.count) / inside : below.limit
            found.append((name, estimate))
            guard name == bounded else { continue }
            found.append(("\(name)_at_least", below.limit))
            if upper.isFinite { found.append(("\(name)_at_most", upper)) }
        }
        return found
    }
}
