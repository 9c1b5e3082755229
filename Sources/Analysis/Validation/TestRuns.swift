import Model

/// The results of one source, put together to runs.
struct TestRuns {
    /// One run.
    struct Run {
        var id: String
        var day: Day
        var started: Int64
        var results: [TestResult]
    }

    /// The runs, the oldest first.
    let runs: [Run]

    /// Puts results together: those with a run's id by it; the others in the order of time, where a run begins when the
    /// gap before a result is longer than allowed, or when its test has been in the run already. O(n log n).
    init(_ results: [TestResult], gapMinutes: Int) {
        var named: [String: [TestResult]] = [:]
        var others: [TestResult] = []
        for result in results {
            if let run = result.run { named[run, default: []].append(result) } else { others.append(result) }
        }
        var found = named.map { TestRuns.run($0.value, id: $0.key) }
        others.sort { ($0.started, $0.suite, $0.test) < ($1.started, $1.suite, $1.test) }
        var current: [TestResult] = []
        var seen: Set<[String]> = []
        let gap = Int64(gapMinutes) * 60_000_000
        for result in others {
            let isAgain = !seen.insert([result.suite, result.test]).inserted
            if let last = current.last, isAgain || result.started - last.started > gap {
                found.append(TestRuns.run(current, id: nil))
                current = []
                seen = [[result.suite, result.test]]
            }
            current.append(result)
        }
        if !current.isEmpty { found.append(TestRuns.run(current, id: nil)) }
        runs = found.sorted { ($0.started, $0.id) < ($1.started, $1.id) }
    }

    private static func run(_ results: [TestResult], id: String?) -> Run {
        let started = results.map(\.started).min() ?? 0
        let day = results.filter { $0.started == started }.map(\.day).min() ?? Day(number: 0)
        let sorted = results.sorted { ($0.suite, $0.test) < ($1.suite, $1.test) }
        return Run(id: id ?? stamp(started), day: day, started: started, results: sorted)
    }

    /// A time as RFC 3339 in UTC, to the second.
    static func stamp(_ microseconds: Int64) -> String {
        let seconds = Int((Double(microseconds) / 1_000_000).rounded(.down))
        let day = Int((Double(seconds) / 86_400).rounded(.down))
        let rest = seconds - day * 86_400
        let clock = [rest / 3_600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(Day(number: Int32(day)).iso)T\(clock.joined(separator: ":"))Z"
    }
}
