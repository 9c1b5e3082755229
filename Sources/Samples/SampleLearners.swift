import Model
import Statistics

/// Sessions of learners in several zones, and their goals: the first five do what `planted` says, to the day; the others
/// learn at random.
///
/// The window has at least 120 days up to the end of the plan. Learners have random streams of their own, so that a
/// further one changes no row of another.
public struct SampleLearners: Sendable {
    private let plan: SamplePlan
    private let count: Int
    private let zones: [ZoneRules]
    /// How long the window is.
    private let days: Int

    /// What is planted: learner, what, and the day or number that has to be found.
    public struct Planted: Sendable, Hashable {
        /// The learner's id as the export has it.
        public var learner: String
        /// What is planted, such as `current_streak`.
        public var what: String
        /// The day on which it holds; nil where a number says it all.
        public var day: Day?
        /// The number; nil where a day says it all.
        public var number: Int?
    }

    static let columns = [
        "session_id", "learner_id", "time_zone", "start_time", "end_time", "duration_minutes", "total_exchanges",
        "questions_asked", "clarifications_needed", "average_quality", "topics", "primary_topic", "positive_feedback",
        "negative_feedback", "relevance", "helpfulness", "engagement", "clarity", "accuracy",
    ]
    private static let topics = [
        "algebra", "geometry", "statistics", "physics", "chemistry", "biology", "history", "grammar", "music",
        "drawing", "astronomy", "economics",
    ]

    init(plan: SamplePlan) {
        self.plan = plan
        count = plan.learners
        zones = plan.learnerZones.isEmpty ? [.utc] : plan.learnerZones
        days = max(120, plan.days)
    }

    private func day(_ back: Int) -> Day { plan.end.advanced(by: -back) }

    /// What a reader of the exports has to find as of the plan's end.
    public static func planted(_ plan: SamplePlan) -> [Planted] {
        let back = { (days: Int) in plan.end.advanced(by: -days) }
        return [
            Planted(learner: "planted-streak", what: "current_streak", day: back(29), number: 30),
            Planted(learner: "planted-streak", what: "earlier_streak", day: back(60), number: 12),
            Planted(learner: "planted-grace", what: "streak_over_a_missed_day", day: back(19), number: 4),
            Planted(learner: "planted-mastery", what: "mastered_algebra", day: back(35)),
            Planted(learner: "planted-goal", what: "goal_reached", day: back(1), number: 20),
            Planted(learner: "planted-gone", what: "idle_days", number: 20),
        ]
    }

    /// Calls `sink` with the two files.
    func write<Failure: Error>(to sink: (String, [UInt8]) throws(Failure) -> Void) throws(Failure) {
        var text = SampleText(format: plan.format, columns: Self.columns)
        writePlanted(&text)
        for number in 0..<max(0, count - 5) { writeRandom(number, &text) }
        try sink("learning.\(plan.format.rawValue)", text.bytes)
        var goals = SampleText(
            format: .csv,
            columns: ["goal_id", "learner_id", "title", "goal_type", "target_value", "unit", "start_date", "deadline"])
        goals.append([
            .text("twenty"), .text("planted-goal"), .text("Twenty sessions"), .text("sessions"),
            .decimal(20, decimals: 0), .text("sessions"), .text(day(39).iso), .text(plan.end.advanced(by: 10).iso),
        ])
        goals.append([
            .text("steady"), .missing, .text("Good quality"), .text("quality"), .decimal(80, decimals: 0), .text("%"),
            .text(day(60).iso), .missing,
        ])
        try sink("goals.csv", goals.bytes)
    }

    private func writePlanted(_ text: inout SampleText) {
        let zone = { (place: Int) in zones[place % zones.count] }
        for back in Array(49...60) + Array(0...29) {
            append("planted-streak", back, 18 * 60, 25, zone(0), quality: 0.82, topics: ["geometry"], &text)
        }
        // Evening, no session on the day after, the morning of the day after that: 34.5 hours on the clock, half an hour more
        // or less over a change of the clocks.
        for (back, minute) in [(21, 18 * 60), (20, 18 * 60), (19, 20 * 60), (17, 6 * 60 + 50)] {
            append("planted-grace", back, minute, 20, zone(1), quality: 0.7, topics: ["history"], &text)
        }
        for back in 0...59 {
            append("planted-mastery", back, 7 * 60 + 30, 30, zone(2), quality: 0.93, topics: ["algebra"], &text)
        }
        for number in 0..<20 {
            append(
                "planted-goal", 39 - 2 * number, 22 * 60 + 15, 40, zone(0), quality: 0.75, topics: ["physics"], &text)
        }
        for back in 20...50 where back % 3 > 0 {
            append("planted-gone", back, 12 * 60, 15, zone(1), quality: 0.6, topics: ["grammar"], &text)
        }
    }

    private func append(
        _ learner: String, _ back: Int, _ minute: Int, _ minutes: Int, _ zone: ZoneRules, quality: Double,
        topics: [String], _ text: inout SampleText
    ) {
        let parts = [0.02, 0.01, 0, -0.01, -0.02].map { min(1, quality + $0) }
        row(
            learner, day(back), minute * 60, minutes, zone, exchanges: minutes / 2, clarifications: minutes / 12,
            quality: quality, parts: parts, topics: topics, feedback: (back % 4 == 0 ? 1 : 0, 0), &text)
    }

    private func row(
        _ learner: String, _ day: Day, _ second: Int, _ minutes: Int, _ zone: ZoneRules, exchanges: Int,
        clarifications: Int, quality: Double, parts: [Double], topics: [String], feedback: (Int, Int),
        _ text: inout SampleText
    ) {
        let share = { (value: Double) in
            SampleCell.decimal(Int((min(1, max(0, value)) * 10_000).rounded()), decimals: 4)
        }
        let whole = { (value: Int) in SampleCell.decimal(value, decimals: 0) }
        let stamp = { (second: Int) in SampleStamp.text(day: day, second: second, zone: zone) }
        text.append(
            [
                .text("\(learner)-\(day.iso)-\(second / 60)"), .text(learner), .text(zone.name), .text(stamp(second)),
                .text(stamp(second + minutes * 60)), whole(minutes), whole(exchanges), whole(exchanges / 2),
                whole(clarifications), share(quality), .text(topics.joined(separator: ";")), .text(topics[0]),
                whole(feedback.0), whole(feedback.1),
            ] + parts.map(share))
    }

    private func writeRandom(_ number: Int, _ text: inout SampleText) {
        var random = SeededGenerator(seed: plan.seed &* 0x9FB2_1C65_1E98_DF25 &+ UInt64(number))
        let zone = zones[number % zones.count]
        let eagerness = 0.15 + 0.6 * random.uniform()
        let base = 0.55 + 0.3 * random.uniform()
        let growth = 0.15 * random.uniform()
        let favourite = number % Self.topics.count
        for back in stride(from: days - 1, through: 0, by: -1) {
            let date = day(back)
            guard random.uniform() < eagerness * (date.weekday >= 5 ? 0.6 : 1) else { continue }
            let minute = 7 * 60 + Int(15 * 60 * random.uniform())
            let minutes = max(3, Int((24 * random.logNormal(location: 0, scale: 0.5)).rounded()))
            let share = 1 - Double(back) / Double(days)
            let quality = min(1, max(0, base + growth * share + 0.08 * random.normal()))
            var topics = [Self.topics[random.uniform() < 0.5 ? favourite : random.below(Self.topics.count)]]
            if random.uniform() < 0.25 {
                let other = Self.topics[random.below(Self.topics.count)]
                if other != topics[0] { topics.append(other) }
            }
            let parts = (0..<5).map { _ in min(1, max(0, quality + 0.05 * random.normal())) }
            let exchanges = max(1, minutes / 2 + random.poisson(mean: 2))
            row(
                "learner-\(number + 1)", date, minute * 60, minutes, zone, exchanges: exchanges,
                clarifications: random.poisson(mean: Double(exchanges) * 0.1), quality: quality, parts: parts,
                topics: topics, feedback: (random.poisson(mean: 0.3), random.poisson(mean: 0.05)), &text)
        }
    }
}

/// Wall-clock times as exports write them.
enum SampleStamp {
    /// A second of a day's wall clock, which may lie on the next day, with the offset that holds then, as RFC 3339.
    static func text(day: Day, second: Int, zone: ZoneRules) -> String {
        let instant = zone.utc(fromLocal: Int64(day.number) * 86_400 + Int64(second))
        let offset = Int(zone.offset(atUTC: instant))
        let shown = instant + Int64(offset)
        let local = Int((shown % 86_400 + 86_400) % 86_400)
        let date = Day(number: Int32((shown - Int64(local)) / 86_400))
        let clock = [local / 3600, local / 60 % 60, local % 60].map(twoDigits).joined(separator: ":")
        let minutes = abs(offset) / 60
        return "\(date.iso)T\(clock)\(offset < 0 ? "-" : "+")\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
