import Model
import Statistics

/// How long stages of a pipeline may take.
public struct StageLimits: Sendable, Hashable {
    /// Minutes by stage.
    public var minutes: [String: Double] = [:]
    /// Minutes for stages that are not named.
    public var other: Double = 15

    /// The usual limits of the earlier monitors.
    public static let usual = StageLimits()

    private static let known: [String: Double] = [
        "validation": 5, "extraction": 10, "retrieval": 30, "graph_load": 15, "graph load": 15, "verification": 10,
        "integrity": 10, "finalisation": 5, "finalization": 5,
    ]

    /// Nothing but the usual ones.
    public init() {}

    /// The limit of a stage.
    public func limit(of stage: String) -> Double {
        minutes[stage] ?? Self.known[stage.lowercased()] ?? other
    }
}

/// Which stages of a pipeline took, or take, longer than they may.
public struct StageAccount: Sendable, Hashable {
    /// One for each stage, by name.
    public var stages: [Stage]
    /// Runs over their limit, those that have not ended first, then the longest beyond their limit.
    public var overruns: [Overrun]

    /// A stage.
    public struct Stage: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Minutes that it may take.
        public var limit: Double
        /// Runs, ended or not.
        public var runs: Int
        /// Runs that have not ended.
        public var open: Int
        /// Median minutes of the runs that have ended; nil without one.
        public var median: Double?
        /// 95th percentile of these; nil without one.
        public var p95: Double?
        /// Runs over the limit, ended or not.
        public var over: Int
    }

    /// A run over its limit.
    public struct Overrun: Sendable, Hashable {
        /// The run.
        public var run: StageRun
        /// Minutes that it took, or has taken so far.
        public var minutes: Double
        /// Minutes that it may take.
        public var limit: Double
        /// Whether it has not ended.
        public var isStuck: Bool { run.ended == nil }
    }

    /// The account of runs up to a moment; nil without one. An end behind the moment is not known yet; a run without one is over
    /// when the same item begins the stage again.
    init?(_ runs: [StageRun], limits: StageLimits, until: Int64) {
        guard !runs.isEmpty else { return nil }
        var overruns: [Overrun] = []
        var minutes: [String: [Double]] = [:]
        var counts: [String: (runs: Int, open: Int, over: Int)] = [:]
        let starts = Dictionary(grouping: runs) { [$0.stage, $0.item] }.mapValues { $0.map(\.started) }
        for run in runs {
            var run = run
            if let end = run.ended, end > until { run.ended = nil }
            let hasEnded = run.ended != nil
            if !hasEnded {
                run.ended = starts[[run.stage, run.item]]?.filter { $0 > run.started && $0 <= until }.min()
            }
            let length = Double((run.ended ?? until) - run.started) / 60_000_000
            let limit = limits.limit(of: run.stage)
            counts[run.stage, default: (0, 0, 0)].runs += 1
            if run.ended == nil { counts[run.stage, default: (0, 0, 0)].open += 1 }
            // What was begun again says how long nobody noticed, not how long the stage takes.
            if hasEnded { minutes[run.stage, default: []].append(length) }
            guard length > limit else { continue }
            counts[run.stage, default: (0, 0, 0)].over += 1
            overruns.append(Overrun(run: run, minutes: length, limit: limit))
        }
        stages = counts.sorted { $0.key < $1.key }.map { name, count in
            let ranks = minutes[name].flatMap { values in
                computed { () throws(Undefined) in
                    let ranks = try Quantiles(values)
                    return (median: ranks.median, p95: try ranks(0.95))
                }.value
            }
            return Stage(
                name: name, limit: limits.limit(of: name), runs: count.runs, open: count.open, median: ranks?.median,
                p95: ranks?.p95, over: count.over)
        }
        self.overruns = overruns.sorted { left, right in
            if left.isStuck != right.isStuck { return left.isStuck }
            return (right.minutes / right.limit, left.run.started, left.run.item)
                < (left.minutes / left.limit, right.run.started, right.run.item)
        }
    }
}
