import Analysis
import Model
import Partials
import Statistics

/// How often findings cry wolf, and how soon they see what happened: seeded sessions of 30 segments over 90 nights,
/// analysed as of each night as a build does, with the default settings.
///
/// Every session has one score from a normal distribution with standard deviation 1, held in a range so wide that it does
/// not matter, where more is better; every segment has so many sessions a night. Nothing depends on the segment, the
/// weekday or the night, but for what is planted.
struct FindingAccuracy: Sendable {
    /// Sessions of each segment in each night.
    let sessions: Int
    /// A fall of so many standard deviations in one segment from a night on.
    var planted: (segment: Int, night: Int, size: Double)?

    static let segments = 30
    static let nights = 90
    static let firstDay = Day(number: 20_000)

    /// The partials of all nights.
    func nights(seed: UInt64) throws -> PartialTable {
        var generator = SeededGenerator(seed: seed)
        guard let metric = Metric(name: "score", unit: "", range: -50...50, direction: .higher),
            let dimension = Dimension(name: "segment"),
            let catalogue = Catalogue(metrics: [metric], dimensions: [dimension]),
            let period = Period(
                start: Self.firstDay, end: Self.firstDay.advanced(by: Self.nights))
        else { throw AccuracyFailure.badCatalogue }
        let days = (0..<Self.nights).map { night in
            DayPartials.make(
                day: Self.firstDay.advanced(by: night), records: records(night, catalogue, &generator),
                catalogue: catalogue)
        }
        return PartialTable(catalogue: catalogue, period: period, days: days)
    }

    private func records(_ night: Int, _ catalogue: Catalogue, _ generator: inout SeededGenerator) -> RecordBatch {
        var batch = RecordBatch(table: "sessions", catalogue: catalogue)
        let count = sessions * Self.segments
        let day = Self.firstDay.advanced(by: night).number
        batch.keys = (0..<count).map { _ in generator.next() }
        batch.times = Array(repeating: Int64(day) * 86_400_000_000, count: count)
        batch.days = Array(repeating: day, count: count)
        batch.minutes = Array(repeating: RecordBatch.noMinute, count: count)
        batch.dictionaries[0] = [""] + (1...Self.segments).map { "segment \($0)" }
        batch.dimensions[0] = (0..<count).map { UInt32($0 % Self.segments + 1) }
        batch.metrics[0] = (0..<count).map { place in
            let fall = planted.map { place % Self.segments == $0.segment && night >= $0.night ? $0.size : 0 } ?? 0
            return generator.normal() - fall
        }
        return batch
    }

    /// The findings as of a night (0 for the first).
    static func findings(_ table: PartialTable, night: Int) -> [Finding] {
        var settings = AnalysisSettings()
        // No claim rests on these, and they take most of the time.
        settings.forecastDays = 0
        settings.dipSimulations = 1
        settings.forestSample = 64
        settings.normalitySample = 64
        settings.correlationSample = 64
        settings.commonSample = 0
        settings.shownPeriods = [.day: 1]
        settings.curvePoints = 2
        return analyse(table, settings: settings, asOf: firstDay.advanced(by: night)).findings
    }

    /// How many nights of a seed carry a finding above a note, and how many any finding.
    func alarms(seed: UInt64) throws -> (aboveNote: Int, any: Int) {
        let table = try nights(seed: seed)
        return (0..<Self.nights).reduce(into: (0, 0)) { sum, night in
            let found = Self.findings(table, night: night)
            sum.0 += found.contains { $0.severity > .note } ? 1 : 0
            sum.1 += found.isEmpty ? 0 : 1
        }
    }

    /// The night (1 for the first with the change) that first has a finding of the metric in the changed segment for the
    /// worse; nil within `limit` nights without one.
    func delay(seed: UInt64, limit: Int) throws -> Int? {
        guard let planted else { return nil }
        let table = try nights(seed: seed)
        let segment = Group.value(dimension: "segment", value: "segment \(planted.segment + 1)")
        return (1...limit).first { step in
            Self.findings(table, night: planted.night + step - 1).contains { finding in
                guard case .metric(let subject) = finding.subject else { return false }
                return subject.group == segment && finding.goodness == .worse
            }
        }
    }
}

/// What a benchmark cannot be set up with.
enum AccuracyFailure: Error {
    case badCatalogue
}

extension FindingAccuracy {
    /// Gives every figure as soon as it is known; seeds are shared among the cores.
    static func measure(seeds: Int, cores: Int, _ give: (Accuracy.Line) -> Void) async throws {
        for sessions in [30, 50, 100] {
            let quiet = FindingAccuracy(sessions: sessions)
            for (size, limit) in [(1.0, 3), (0.3, 14)] {
                var moved = quiet
                moved.planted = (segment: 7, night: 60, size: size)
                let delays = try await each(seeds, cores) { [moved] in
                    try moved.delay(seed: 1_000_000 + $0, limit: limit)
                }
                let found = delays.compactMap { $0 }.sorted()
                give(
                    Accuracy.Line(
                        name: "fall of \(size) SD, \(sessions) sessions: % found within \(limit) nights",
                        ours: 100 * Double(found.count) / Double(seeds), published: [("goal", 90)],
                        note: found.isEmpty ? "" : "median night \(found[found.count / 2]); \(seeds) seeds"))
            }
        }
        for sessions in [30, 100] {
            let quiet = FindingAccuracy(sessions: sessions)
            let nights = seeds * Self.nights
            let alarms = try await each(seeds, cores) { try quiet.alarms(seed: $0) }
            let share = { (count: Int) in 100 * Double(count) / Double(nights) }
            give(
                Accuracy.Line(
                    name: "noise, \(sessions) sessions a segment and night: % of nights with a finding above note",
                    ours: share(alarms.reduce(0) { $0 + $1.aboveNote }), published: [("bound", 1)],
                    note:
                        "with any finding \(Accuracy.decimals(share(alarms.reduce(0) { $0 + $1.any }), 2)) %; \(nights) nights"
                ))
        }
    }

    private static func each<Value: Sendable>(
        _ seeds: Int, _ cores: Int, _ body: @escaping @Sendable (UInt64) throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: [(UInt64, Value)].self) { group in
            for core in 0..<cores {
                group.addTask {
                    try stride(from: core, to: seeds, by: cores).map { (UInt64($0), try body(UInt64($0))) }
                }
            }
            var values: [(UInt64, Value)] = []
            for try await part in group { values += part }
            return values.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
