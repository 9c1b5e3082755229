import Model
import Partials
import Statistics

/// Hours in which latency, errors or caches were unlike the other hours of the same sessions.
///
/// Windows are fixed hours of the day, not rows of a file, and a window with fewer than `minimum` sessions is not judged: a
/// last block of one session cannot be 100 % of errors. Each window is compared with the median of the others, without
/// itself, in units of the larger of their scaled median deviation and its own standard error; from `cut` on it is told.
public struct VoiceWindows: Sendable, Hashable {
    /// Fewest sessions of a window that is judged.
    public static let minimum = 10
    /// From how many units on a window is told. With some thousand windows of noise one of 5 is met in about one report of 500.
    public static let cut = 5.0
    /// Fewest windows that tell what is usual.
    public static let fewest = 12

    /// Windows with enough sessions.
    public var judged: Int
    /// Windows with sessions, but too few.
    public var tooSmall: Int
    /// The windows that are told, by time, then kind.
    public var found: [Window]
    /// Sessions that were looked at, of all in the period.
    public var exactness: Exactness

    /// What was unlike.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The median of the whole latency.
        case latency
        /// The share of sessions with an error.
        case errors
        /// Hits ÷ requests.
        case hits
    }

    /// A window.
    public struct Window: Sendable, Hashable {
        /// What was unlike.
        public var kind: Kind
        /// The day.
        public var day: Day
        /// The local hour with which it begins.
        public var hour: Int
        /// Its value.
        public var value: Double
        /// The median of the other windows.
        public var usual: Double
        /// How many units it lies away; above 0 for more.
        public var score: Double
        /// Sessions, for hits requests.
        public var n: Int
    }

    /// One window of one kind before it is judged.
    private struct Reading {
        let day: Int32
        let hour: Int
        let value: Double
        let error: Double
        let n: Int
    }

    /// Judges the sessions of a sample; nil without a time of day or without anything to look at, and where records name
    /// people, because an hour of ten sessions may be of one person.
    init?(_ sample: RecordSample, roles: VoiceRoles, catalogue: Catalogue) {
        guard !sample.isOfPeople else { return nil }
        let column = { (name: String?) -> [Double]? in
            name.flatMap { name in catalogue.metrics.firstIndex { $0.name == name } }.map { sample.values(metric: $0) }
        }
        var rows: [Int64: [Int]] = [:]
        for row in 0..<sample.count {
            let minute = Int(sample.records.minutes[row])
            guard (0..<1_440).contains(minute) else { continue }
            rows[Int64(sample.records.days[row]) * 24 + Int64(minute / 60), default: []].append(row)
        }
        guard !rows.isEmpty else { return nil }
        let windows = rows.sorted { $0.key < $1.key }
        judged = windows.count { $0.value.count >= Self.minimum }
        tooSmall = windows.count - judged
        exactness = sample.isComplete ? .exact : .sampled(n: sample.count, of: sample.population)
        found = []
        let total = column(roles.latency)
        let errors = column(roles.errors)
        let caches = roles.caches.compactMap { cache in
            column(cache.hits).flatMap { hits in column(cache.misses).map { (hits: hits, misses: $0) } }
        }
        let large = windows.filter { $0.value.count >= Self.minimum }
        let place = { (key: Int64) in (Int32(truncatingIfNeeded: key / 24), Int(key % 24)) }
        if let total {
            judge(.latency, large.compactMap { Self.latency($0.value.map { total[$0] }, place($0.key)) })
        }
        if let errors {
            judge(
                .errors,
                large.compactMap { window in
                    let values = window.value.map { errors[$0] }.filter(\.isFinite)
                    return Self.share(values.count { $0 > 0 }, of: values.count, place(window.key))
                })
        }
        if !caches.isEmpty {
            judge(
                .hits,
                large.compactMap { window in
                    var (hits, all) = (0.0, 0.0)
                    for cache in caches {
                        for row in window.value where cache.hits[row].isFinite && cache.misses[row].isFinite {
                            hits += cache.hits[row]
                            all += cache.hits[row] + cache.misses[row]
                        }
                    }
                    return Self.share(Int(hits.rounded()), of: Int(all.rounded()), place(window.key))
                })
        }
        found.sort { ($0.day, $0.hour, $0.kind.rawValue) < ($1.day, $1.hour, $1.kind.rawValue) }
    }

    /// The median, with its standard error for values that are about normal: 1.2533 s ÷ √n, s by the median deviation.
    private static func latency(_ values: [Double], _ place: (day: Int32, hour: Int)) -> Reading? {
        let values = values.filter(\.isFinite)
        guard values.count >= minimum,
            let spread = computed({ () throws(Undefined) in try MedianDeviation(values) }).value
        else { return nil }
        return Reading(
            day: place.day, hour: place.hour, value: spread.median,
            error: 1.2533 * spread.scaled / Double(values.count).squareRoot(), n: values.count)
    }

    /// A share; its error is that under the usual share, which is set when it is judged.
    private static func share(_ hits: Int, of n: Int, _ place: (day: Int32, hour: Int)) -> Reading? {
        guard n >= minimum else { return nil }
        return Reading(day: place.day, hour: place.hour, value: Double(hits) / Double(n), error: 0, n: n)
    }

    private mutating func judge(_ kind: Kind, _ readings: [Reading]) {
        guard readings.count >= Self.fewest else { return }
        // All windows together first: leaving one out moves the median by one place at most, so that only those that stand out
        // need to be looked at again without themselves.
        guard let all = Self.usual(readings.map(\.value)) else { return }
        for (place, reading) in readings.enumerated() {
            guard abs(Self.score(reading, kind, all)) >= Self.cut * 0.5 else { continue }
            var others = readings.map(\.value)
            others.remove(at: place)
            guard let usual = Self.usual(others) else { continue }
            let score = Self.score(reading, kind, usual)
            guard abs(score) >= Self.cut else { continue }
            found.append(
                Window(
                    kind: kind, day: Day(number: reading.day), hour: reading.hour, value: reading.value,
                    usual: usual.median, score: score, n: reading.n))
        }
    }

    private static func usual(_ values: [Double]) -> MedianDeviation? {
        computed { () throws(Undefined) in try MedianDeviation(values) }.value
    }

    private static func score(_ reading: Reading, _ kind: Kind, _ usual: MedianDeviation) -> Double {
        // The share that is usual, kept away from 0 and 1 as by Agresti and Coull: where no window had an error, one error in
        // ten sessions is not infinitely unlikely.
        let n = Double(reading.n)
        let share = (usual.median * n + 2) / (n + 4)
        let error = kind == .latency ? reading.error : (share * (1 - share) / n).squareRoot()
        let unit = max(usual.scaled, error)
        return unit > 0 ? (reading.value - usual.median) / unit : 0
    }
}
