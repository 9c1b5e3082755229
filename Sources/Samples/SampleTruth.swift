import Model

/// What a sample holds: planted effects, and sums over the rows as they were written.
///
/// Counts and means follow from the rows by arithmetic, so a reader of the exports must find them exactly.
public struct SampleTruth: Sendable {
    /// The plan that was followed.
    public let plan: SamplePlan
    /// What was planted.
    public let effects: [PlantedEffect] = PlantedEffect.all
    /// How many sessions were written.
    public private(set) var sessions = 0
    /// How many of them have a quality row.
    public private(set) var graded = 0
    /// Sessions by tier.
    public private(set) var sessionsByTier: [String: Int] = [:]
    /// For each score the number of cells and their sum in ten-thousandths, overall first.
    public private(set) var scoreSums: [(name: String, cells: Int, sum: Int)]
    /// For each day of the window the count and sum of `clinical_compliance` in tier professional, the metric and scope
    /// of the planted intervention.
    private(set) var complianceByDay: [Day: (cells: Int, sum: Int)] = [:]

    init(plan: SamplePlan) {
        self.plan = plan
        scoreSums = SampleSession.qualityColumns.dropFirst().map { ($0, 0, 0) }
    }

    mutating func count(_ session: SampleSession) {
        sessions += 1
        sessionsByTier[session.tier, default: 0] += 1
        guard let scores = session.scores else { return }
        graded += 1
        for (index, score) in scores.enumerated() {
            guard let score else { continue }
            scoreSums[index].cells += 1
            scoreSums[index].sum += score
            if session.tier == "professional", scoreSums[index].name == "clinical_compliance" {
                let before = complianceByDay[session.day] ?? (0, 0)
                complianceByDay[session.day] = (before.cells + 1, before.sum + score)
            }
        }
    }
}
