import Model
import Statistics

/// Draws the sessions of one day after another.
///
/// Each day has its own random stream, so adding days at the end changes no earlier row.
struct SessionGenerator {
    let plan: SamplePlan

    init(plan: SamplePlan) { self.plan = plan }

    /// The sessions of a day in the order of their start.
    func sessions(onDay index: Int, count: Int) -> [SampleSession] {
        let day = plan.start.advanced(by: index)
        var random = SeededGenerator(seed: plan.seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(index))
        let minutes = (0..<count).map { _ in startSecond(&random) }.sorted()
        return minutes.enumerated().map { number, second in
            session(number: number, second: second, index: index, day: day, random: &random)
        }
    }

    private func session(number: Int, second: Int, index: Int, day: Day, random: inout SeededGenerator) -> SampleSession
    {
        let tier = pick(SampleVocabulary.tiers, &random)
        let dataset = pick(SampleVocabulary.datasets, &random)
        let channel = pick(SampleVocabulary.channels, &random)
        let shift = Shift(plan: plan, index: index, day: day, tier: tier, dataset: dataset, channel: channel)
        let common = random.normal()
        let duration = random.logNormal(location: 5.247, scale: 0.55)
        let exchanges = max(1, Int((duration / 38 + random.normal() * 1.5).rounded()))
        let words = max(3, Int((Double(exchanges) * 24 * (1 + 0.25 * random.normal())).rounded()))
        let errorMean = shift.apply(to: "errors", mean: channel == "chat" ? 0.1 : 0.22)
        return SampleSession(
            id: "S-\(day.iso)-\(number + 1)", day: day, startedAt: stamp(day: day, second: second), tier: tier,
            dataset: dataset, channel: channel, agent: pick(SampleVocabulary.agents, &random),
            intent: pick(SampleVocabulary.intents, &random), durationSeconds: max(5, Int(duration.rounded())),
            exchanges: exchanges, words: words,
            isResolved: random.uniform() < (tier == "research" ? 0.72 : 0.81),
            satisfaction: satisfaction(common: common, &random), errors: random.poisson(mean: errorMean),
            sttMilliseconds: logNormal(shift.apply(to: "stt_ms", mean: 160), 0.3, &random),
            llmMilliseconds: logNormal(shift.apply(to: "llm_ms", mean: 880), 0.4, &random),
            ttsMilliseconds: logNormal(shift.apply(to: "tts_ms", mean: 300), 0.25, &random),
            scores: scores(common: common, shift: shift, &random))
    }

    /// The parts, and the overall score as their mean; nil when the session was not graded.
    private func scores(common: Double, shift: Shift, _ random: inout SeededGenerator) -> [Int?]? {
        guard random.uniform() >= SampleVocabulary.missingRows else { return nil }
        let shared = SampleVocabulary.commonVariance.squareRoot()
        let own = (1 - SampleVocabulary.commonVariance).squareRoot()
        var parts: [Int] = []
        for score in SampleVocabulary.scores {
            let noise = (shared * common + own * random.normal()) * score.deviation
            let value = shift.apply(to: score.name, mean: score.mean) + noise
            parts.append(Int((min(1, max(0, value)) * 10_000).rounded()))
        }
        let overall = parts.reduce(0, +) / parts.count
        return [overall] + parts.map { random.uniform() < SampleVocabulary.missingCells ? nil : $0 }
    }

    private func satisfaction(common: Double, _ random: inout SeededGenerator) -> Int? {
        guard random.uniform() < SampleVocabulary.surveyShare else { return nil }
        let latent = 0.5 * common + 0.75.squareRoot() * random.normal()
        return 1 + [-1.7, -1.0, -0.3, 0.7].count { latent > $0 }
    }

    /// A second of the day, after the hours' shares.
    func startSecond(_ random: inout SeededGenerator) -> Int {
        let total = SampleVocabulary.hourVolume.reduce(0, +)
        var left = random.uniform() * total
        for (hour, share) in SampleVocabulary.hourVolume.enumerated() {
            if left < share { return hour * 3600 + min(3599, Int(left / share * 3600)) }
            left -= share
        }
        return 86_399
    }

    /// The wall-clock time with its offset, as RFC 3339.
    func stamp(day: Day, second: Int) -> String {
        SampleStamp.text(day: day, second: second, zone: plan.zone)
    }

    func pick(_ names: SampleVocabulary.Weighted, _ random: inout SeededGenerator) -> String {
        var left = random.uniform()
        for (name, share) in names.dropLast() {
            if left < share { return name }
            left -= share
        }
        return names[names.count - 1].name
    }

    /// A lognormal value around a median, in whole units, at least 1.
    private func logNormal(_ median: Double, _ sigma: Double, _ random: inout SeededGenerator) -> Int {
        max(1, Int((median * random.logNormal(location: 0, scale: sigma)).rounded()))
    }
}

/// The planted effects that hold for one session.
private struct Shift {
    private let active: [(effect: PlantedEffect, strength: Double)]

    init(plan: SamplePlan, index: Int, day: Day, tier: String, dataset: String, channel: String) {
        active = PlantedEffect.all.compactMap { effect in
            guard effect.applies(tier: tier, dataset: dataset, channel: channel) else { return nil }
            let strength = effect.strength(on: index, day: day, in: plan)
            return strength == 0 ? nil : (effect, strength)
        }
    }

    func apply(to metric: String, mean: Double) -> Double {
        var mean = mean
        for (effect, strength) in active where effect.metric == metric {
            mean = effect.isFactor ? mean * (1 + effect.size * strength) : mean + effect.size * strength
        }
        return mean
    }
}
