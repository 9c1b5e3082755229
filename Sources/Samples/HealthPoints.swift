import Model
import Statistics

/// Points of the eleven health metrics and a pipeline log with planted incidents, in the last 14 days of a plan.
///
/// Points come every 5 minutes less or more up to two. Times are those of the day before the last: the hours of `incidents`.
public struct HealthPoints: Sendable {
    private let plan: SamplePlan

    /// Points of a plan.
    public init(_ plan: SamplePlan) { self.plan = plan }

    /// An incident: a metric, from which minute of the day before the last one it is bad, for how many minutes, and with which value.
    public struct Incident: Sendable, Hashable {
        /// The metric; empty for the silence of all.
        public let metric: String
        /// Its first minute.
        public let minute: Int
        /// How many minutes it lasts.
        public let minutes: Int
        /// The value, in thousandths; nil for no points at all.
        let value: Int?
        /// What is told of it: warning, critical, unknown.
        public let level: String
    }

    /// What is planted.
    public static let incidents = [
        Incident(metric: "ragie_response_time", minute: 180, minutes: 45, value: 9_200_000, level: "critical"),
        Incident(metric: "context_preservation_rate", minute: 600, minutes: 120, value: 920, level: "warning"),
        Incident(metric: "", minute: 1_020, minutes: 90, value: nil, level: "unknown"),
    ]

    /// The day of the incidents.
    public var incidentDay: Day { plan.end.advanced(by: -1) }

    /// The metrics: name, unit, usual value and spread in thousandths.
    private static let metrics: [(name: String, unit: String, usual: Double, spread: Double)] = [
        ("ragie_response_time", "ms", 900_000, 150_000), ("ragie_search_accuracy", "", 860, 20),
        ("ragie_visual_citations", "", 1_000, 0), ("agent_coordination_success", "", 985, 6),
        ("agent_selection_accuracy", "", 980, 6), ("universal_intelligence_health", "", 920, 8),
        ("cross_modal_performance", "", 915, 8), ("context_preservation_rate", "", 975, 4),
        ("voice_text_sync", "", 955, 8), ("citation_extraction_rate", "", 780, 20), ("response_quality", "", 870, 15),
    ]

    /// The points as one file.
    func points() -> [UInt8] {
        var text = SampleText(format: plan.format, columns: ["metric", "value", "timestamp", "unit", "context"])
        var random = SeededGenerator(seed: plan.seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x4850)
        for offset in (0..<min(14, plan.days)).reversed() {
            let day = plan.end.advanced(by: -offset)
            for slot in 0..<288 {
                let minute = slot * 5 + Int(2 * random.uniform())
                let second = minute * 60 + Int(60 * random.uniform())
                let open =
                    day == incidentDay
                    ? Self.incidents.filter { ($0.minute..<$0.minute + $0.minutes).contains(minute) } : []
                for metric in Self.metrics {
                    let drawn = Int((metric.usual + metric.spread * max(-3, min(3, random.normal()))).rounded())
                    if open.contains(where: { $0.value == nil }) { continue }
                    let planted = open.first { $0.metric == metric.name }?.value
                    let value = planted ?? (metric.unit.isEmpty ? min(1_000, drawn) : drawn)
                    text.append([
                        .text(metric.name), .decimal(value, decimals: 3), .text(stamp(day, second)), .text(metric.unit),
                        .text("component=\(component(metric.name))"),
                    ])
                }
            }
        }
        return text.bytes
    }

    private func component(_ metric: String) -> String {
        metric.hasPrefix("ragie") || metric.hasPrefix("citation")
            ? "Knowledge" : metric.hasPrefix("agent") ? "Agents" : "Conversation"
    }

    /// A log of files through the stages of a pipeline: one takes too long, one never ends.
    func log() -> [UInt8] {
        var text = SampleText(format: plan.format, columns: ["file", "stage", "started_at", "finished_at"])
        let stages = [
            ("validation", 2), ("extraction", 6), ("retrieval", 12), ("graph_load", 8), ("verification", 4),
            ("finalisation", 1),
        ]
        for number in 0..<12 {
            var second = 6 * 3_600 + number * 3_000
            for (stage, minutes) in stages {
                let took = number == 4 && stage == "extraction" ? 27 : minutes
                let isStuck = number == 7 && stage == "graph_load"
                text.append([
                    .text("document-\(number + 1).pdf"), .text(stage), .text(stamp(incidentDay, second)),
                    isStuck ? .missing : .text(stamp(incidentDay, second + took * 60)),
                ])
                if isStuck { break }
                second += took * 60
            }
        }
        return text.bytes
    }

    /// Wall-clock time of the plan's zone with its offset, so that hours are those of the readers.
    private func stamp(_ day: Day, _ second: Int) -> String {
        let utc = plan.zone.utc(fromLocal: Int64(day.number) * 86_400 + Int64(second))
        return plan.zone.stamp(utc * 1_000_000)
    }
}
