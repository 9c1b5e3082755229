import Model

/// One planted effect: a row that the generator applies and that the truth file repeats.
///
/// The mean of `metric` gains `size` (in the metric's unit, or as a share of it where `isFactor`) as `shape` says,
/// for the sessions in `scope`.
public struct PlantedEffect: Sendable, Hashable {
    /// The metric that it moves.
    public let metric: String
    /// The sessions that it moves.
    public let scope: Group
    /// How it runs over the window.
    public let shape: Shape
    /// How much, at full strength.
    public let size: Double
    /// Whether `size` is a share of the mean.
    public let isFactor: Bool
    /// The intervention that it belongs to, if any.
    public let intervention: String?

    /// How an effect runs over the days.
    public enum Shape: Sendable, Hashable {
        /// Everywhere alike: a difference between groups.
        case constant
        /// From nothing on the first day to full strength on the last.
        case linear
        /// From this share of the window on.
        case step(at: Double)
        /// On the one day at this share of the window.
        case day(at: Double)
        /// On each weekday this multiple of `size`, Monday first.
        case weekday([Double])
    }

    init(
        _ metric: String, _ shape: Shape, _ size: Double, isFactor: Bool = false, scope: Group = .all,
        intervention: String? = nil
    ) {
        self.metric = metric
        self.scope = scope
        self.shape = shape
        self.size = size
        self.isFactor = isFactor
        self.intervention = intervention
    }

    /// How strong it is on a day, 1 for full strength.
    func strength(on index: Int, day: Day, in plan: SamplePlan) -> Double {
        switch shape {
        case .constant: 1
        case .linear: plan.days > 1 ? Double(index) / Double(plan.days - 1) : 0
        case .step(let share): day >= plan.day(at: share) ? 1 : 0
        case .day(let share): day == plan.day(at: share) ? 1 : 0
        case .weekday(let offsets): offsets[day.weekday]
        }
    }

    /// Whether a session with these values is in scope.
    func applies(tier: String, dataset: String, channel: String) -> Bool {
        switch scope {
        case .all: true
        case .value("tier", let value): value == tier
        case .value("dataset", let value): value == dataset
        case .value("channel", let value): value == channel
        case .value, .pair: false
        }
    }

    /// Everything that a sample has planted.
    public static let all: [PlantedEffect] = [
        PlantedEffect("therapeutic_accuracy", .linear, 0.06, scope: .value(dimension: "tier", value: "priority_1")),
        PlantedEffect("therapeutic_accuracy", .linear, 0.03, scope: .value(dimension: "tier", value: "professional")),
        PlantedEffect("therapeutic_accuracy", .linear, -0.05, scope: .value(dimension: "tier", value: "research")),
        PlantedEffect("conversation_coherence", .weekday([1, 0.7, 0.4, 0, -0.4, -1.2, -0.5]), 0.012),
        PlantedEffect("emotional_authenticity", .step(at: 0.4), -0.03),
        PlantedEffect("safety_score", .constant, -0.0275, scope: .value(dimension: "dataset", value: "crisis_line")),
        PlantedEffect(
            "safety_score", .constant, 0.0125, scope: .value(dimension: "dataset", value: "psycho_education")),
        PlantedEffect("language_quality", .constant, 0.02, scope: .value(dimension: "channel", value: "chat")),
        PlantedEffect(
            "clinical_compliance", .step(at: 0.55), 0.04, scope: .value(dimension: "tier", value: "professional"),
            intervention: "INT_001"),
        PlantedEffect("llm_ms", .step(at: 0.65), 0.25, isFactor: true),
        PlantedEffect("errors", .day(at: 0.8), 4, isFactor: true),
    ]
}
