import Analysis
import Words

extension ReportContext {
    /// A sentence on the status of points, without a rule none, and one on runs of stages that hang.
    func pointVerdict() -> [Prose.Piece] {
        guard let points = analyses.points else { return [] }
        return statusSentence(points) + stuckSentence(points)
    }

    /// Runs that have not ended and are over their limit, the one that is farthest beyond it by name.
    private func stuckSentence(_ points: PointHealth) -> [Prose.Piece] {
        let stuck = points.stages?.overruns.filter(\.isStuck) ?? []
        guard let worst = stuck.first else { return [] }
        let name = [worst.run.stage, worst.run.item].filter { !$0.isEmpty }.joined(separator: ", ")
        let limit = PointWords.minutes(worst.limit)
        return [
            .strong(say("\(NumberWords.count(stuck.count, "run hangs", "runs hang")) beyond the limit")),
            .text(say(": \(name) for \(PointWords.minutes(worst.minutes)) (limit \(limit)). ")),
        ]
    }

    private func statusSentence(_ points: PointHealth) -> [Prose.Piece] {
        guard !points.components.isEmpty else { return [] }
        let level = points.overall.level
        let causes = points.components.filter { $0.level == level }.map(\.name)
        let words = PointWords(points: points)
        return [
            .strong(say("Metrics \(HealthWords.level(level).word)")),
            .text(
                say(" at \(words.moment(points.until))")
                    + (level == .healthy ? ". " : say(" because of \(causes.prefix(5).joined(separator: ", ")). "))),
        ]
    }
}
