import Model
import Statistics

/// An incident of the voice service: from its first day on, for some days, one figure is other than usual.
public struct VoiceIncident: Sendable, Hashable {
    /// What it changes.
    public let kind: Kind
    /// Its place in the window, as a share of the days.
    let share: Double
    /// How many days it lasts.
    public let days: Int

    /// What an incident does.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The language model takes twice as long.
        case slowModel = "slow_model"
        /// Errors are ten times as frequent.
        case errors
        /// Half of the cache's hits are lost.
        case coldCache = "cold_cache"
        /// There are no sessions at all.
        case outage
    }

    /// The first day.
    public func start(in plan: SamplePlan) -> Day { plan.day(at: share) }

    /// Whether it holds on a day.
    func holds(on day: Day, in plan: SamplePlan) -> Bool {
        let first = start(in: plan)
        return first <= day && first.distance(to: day) < days
    }

    /// Every incident that a sample of voice sessions has planted.
    public static let all: [VoiceIncident] = [
        VoiceIncident(kind: .outage, share: 0.45, days: 2), VoiceIncident(kind: .slowModel, share: 0.6, days: 4),
        VoiceIncident(kind: .errors, share: 0.75, days: 1), VoiceIncident(kind: .coldCache, share: 0.9, days: 6),
    ]
}

/// Sessions of a voice service, as such services export them: seconds, 0 where nothing was measured or asked.
struct VoiceSessions {
    let plan: SamplePlan

    static let columns = [
        "timestamp", "session_id", "duration", "stt_latency", "llm_latency", "tts_latency", "total_latency",
        "message_count", "word_count", "error_count", "cache_hits", "cache_misses", "first_call_resolution",
        "customer_satisfaction", "intent", "outcome",
    ]

    /// All sessions as one file.
    func bytes() -> [UInt8] {
        var text = SampleText(format: plan.format, columns: Self.columns)
        let generator = SessionGenerator(plan: plan)
        for (index, count) in plan.sessionsPerDay().enumerated() {
            let day = plan.start.advanced(by: index)
            let kinds = Set(VoiceIncident.all.filter { $0.holds(on: day, in: plan) }.map(\.kind))
            if kinds.contains(.outage) { continue }
            // A stream of its own for each day, other than that of the conversations.
            var random = SeededGenerator(seed: plan.seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(index) &+ 0x5643)
            let seconds = (0..<count).map { _ in generator.startSecond(&random) }.sorted()
            for (number, second) in seconds.enumerated() {
                text.append(
                    cells(
                        "V-\(day.iso)-\(number + 1)", at: generator.stamp(day: day, second: second), kinds, generator,
                        &random))
            }
        }
        return text.bytes
    }

    private func cells(
        _ id: String, at stamp: String, _ kinds: Set<VoiceIncident.Kind>, _ generator: SessionGenerator,
        _ random: inout SeededGenerator
    ) -> [SampleCell] {
        let stt = milliseconds(160, 0.12, &random)
        let llm = milliseconds(kinds.contains(.slowModel) ? 1_760 : 880, 0.15, &random)
        let tts = milliseconds(300, 0.1, &random)
        let messages = 2 + random.poisson(mean: 4)
        let hits = (0..<messages).count { _ in random.uniform() < (kinds.contains(.coldCache) ? 0.43 : 0.86) }
        let errors = random.poisson(mean: kinds.contains(.errors) ? 0.5 : 0.05)
        let isResolved = random.uniform() < (errors > 0 ? 0.5 : 0.85)
        let isMeasured = random.uniform() >= 0.02
        let isAsked = random.uniform() < 0.4
        let latent = random.normal() + (isResolved ? 0.4 : -0.8)
        let satisfaction = 1 + [-2.2, -1.4, -0.6, 0.5].count { latent > $0 }
        return [
            .text(stamp), .text(id), .decimal(38_000 + Int(24_000 * random.uniform()), decimals: 3),
            .decimal(stt, decimals: 3), .decimal(llm, decimals: 3), .decimal(tts, decimals: 3),
            .decimal(isMeasured ? stt + llm + tts : 0, decimals: 3), .decimal(messages, decimals: 0),
            .decimal(messages * (8 + random.poisson(mean: 6)), decimals: 0), .decimal(errors, decimals: 0),
            .decimal(hits, decimals: 0), .decimal(messages - hits, decimals: 0), .bool(isResolved),
            .decimal(isAsked ? satisfaction : 0, decimals: 0), .text(generator.pick(SampleVocabulary.intents, &random)),
            .text(isResolved ? "resolved" : errors > 0 ? "failed" : "transferred"),
        ]
    }

    /// A lognormal time around a median.
    private func milliseconds(_ median: Double, _ sigma: Double, _ random: inout SeededGenerator) -> Int {
        Int((median * random.logNormal(location: 0, scale: sigma)).rounded())
    }
}
