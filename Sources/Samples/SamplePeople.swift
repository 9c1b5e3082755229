import Model
import Statistics

/// People of a behaviour service with what is planted: the sizes of cohorts, one of them smaller than any that is published, their
/// shares of success, the share that comes back in the month after the first, and how they use the product.
public struct SamplePeople: Sendable {
    /// A planted cohort.
    public struct Cohort: Sendable {
        /// What the people work on.
        public var focus: String
        /// Frequency and engagement: low, medium or high.
        public var level: String
        /// How many people.
        public var people: Int
        /// Of how many in a hundred the outcome is a success.
        public var success: Int
        /// How many in a hundred come back in the month after the first.
        public var back: Int
        /// The middle of the minutes of a session.
        public var minutes: Int
        /// The middle of the interactions of a session.
        public var interactions: Int
    }

    /// What is planted.
    public static let cohorts = [
        Cohort(focus: "anxiety", level: "high", people: 60, success: 80, back: 70, minutes: 45, interactions: 28),
        Cohort(focus: "depression", level: "medium", people: 50, success: 50, back: 50, minutes: 22, interactions: 14),
        Cohort(focus: "general", level: "low", people: 40, success: 30, back: 30, minutes: 9, interactions: 5),
        Cohort(focus: "stress", level: "high", people: 3, success: 67, back: 67, minutes: 45, interactions: 28),
    ]

    let plan: SamplePlan

    /// People of a plan.
    public init(plan: SamplePlan) { self.plan = plan }

    /// Calls `sink` with the name and bytes of each file: users with their sessions and progress, outcomes, models.
    public func write<Failure: Error>(to sink: (String, [UInt8]) throws(Failure) -> Void) throws(Failure) {
        var generator = SeededGenerator(seed: plan.seed &+ 0x70656F706C65)
        var users: [String] = []
        var outcomes = ["user_id,outcome_category,session_count,measured_at"]
        var number = 0
        for cohort in Self.cohorts {
            for place in 0..<cohort.people {
                number += 1
                let id = "user-\(100_000 + number * 7)@example.org"
                users.append(user(id, cohort, place, &generator))
                let isSuccess = place * 100 < cohort.success * cohort.people
                outcomes.append("\(id),\(isSuccess ? "positive" : "needs_attention"),8,\(plan.end.iso)")
            }
        }
        try sink("users.json", Array(("[\n" + users.joined(separator: ",\n") + "\n]\n").utf8))
        try sink("outcomes.csv", Array((outcomes.joined(separator: "\n") + "\n").utf8))
        let models =
            "model_name,version,model_type,evaluated_at,true_positives,false_positives,false_negatives,true_negatives\n"
            + "dropout,1.2,outcome_prediction,\(plan.end.iso),42,8,6,144\n"
        try sink("models.csv", Array(models.utf8))
    }

    /// A person who starts two to three months before the end and comes back in the month after, or not.
    private func user(
        _ id: String, _ cohort: Cohort, _ place: Int, _ generator: inout SeededGenerator
    ) -> String {
        let start = plan.end.advanced(by: -75 - place % 10)
        let comesBack = place * 100 < cohort.back * cohort.people
        let month = Day.length(ofMonth: start.date.month, year: start.date.year)
        let next = start.advanced(by: month - start.date.day + 1)
        var days = (0..<6).map { _ in start.advanced(by: generator.below(max(1, month - start.date.day))) }
        if comesBack { days += (0..<3).map { _ in next.advanced(by: generator.below(25)) } }
        let sessions = days.map { day in
            let minutes = max(1, cohort.minutes + generator.below(7) - 3)
            let interactions = max(0, cohort.interactions + generator.below(5) - 2)
            return
                "{\"date\": \"\(day.iso)\", \"duration_minutes\": \(minutes), \"interaction_count\": \(interactions), \"engagement_score\": 0.\(cohort.level == "high" ? 8 : cohort.level == "medium" ? 5 : 2)\(generator.below(10))}"
        }
        return """
            {"user_id": "\(id)", "therapeutic_focus": "\(cohort.focus)", "session_frequency": "\(cohort.level)",
             "engagement_level": "\(cohort.level)", "age": \(16 + generator.below(50)), "region": "DE-\(["BY", "HH", "NW"][place % 3])",
             "gender": "\(["f", "m"][place % 2])", "created_at": "\(start.iso)", "consent": true,
             "sessions": [\(sessions.joined(separator: ", "))],
             "progress_data": {"overall_progress": 0.\(cohort.level == "high" ? 8 : 3), "goal_completion_rate": 0.\(cohort.level == "high" ? 7 : 3), "total_sessions": \(days.count)}}
            """
    }
}
