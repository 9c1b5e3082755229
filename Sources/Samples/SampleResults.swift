import Model
import Statistics

/// Results of validation: a nightly suite of 25 tests against a simulation as NDJSON, and ten tests against the live
/// service as JUnit reports, with a flaky test, one that begins to fail, one that is fixed, one that breaks off and one
/// that is skipped.
///
/// Runs have a random stream of their own, so that they change no other row of the sample.
public struct SampleResults: Sendable {
    /// What is planted, by the id of the test.
    public static let planted = (
        flaky: "voice_003", newlyFailing: "integration_003", fixed: "text_004", errored: "performance_003",
        skipped: "performance_005"
    )
    /// Nights of the simulated suite, and of the live one.
    static let nights = (simulated: 14, live: 6)

    private let plan: SamplePlan

    init(plan: SamplePlan) { self.plan = plan }

    /// A test of the suites: its id, what it is called, the share of its cases that go well, and its seconds.
    private typealias Test = (id: String, name: String, share: Double, seconds: Double)

    private static let simulated: [(category: String, tests: [Test])] = [
        (
            "text",
            [
                ("text_001", "Basic text query", 0.98, 0.8), ("text_002", "Equipment named in text", 0.95, 0.9),
                ("text_003", "Citations in text answers", 0.92, 1.1), ("text_004", "Procedure guidance", 0.94, 1.2),
                ("text_005", "Safety in text answers", 0.99, 1.0),
            ]
        ),
        (
            "voice",
            [
                ("voice_001", "Voice query", 0.95, 1.9), ("voice_002", "Equipment named by voice", 0.72, 2.1),
                ("voice_003", "Citations in voice answers", 0.93, 2.0),
                ("voice_004", "Safety in voice answers", 0.97, 1.8),
                ("voice_005", "Quality of voice answers", 0.9, 2.2),
            ]
        ),
        (
            "cross_modal",
            [
                ("cross_001", "Context from text to voice", 0.86, 2.4),
                ("cross_002", "Context from voice to text", 0.74, 2.6),
                ("cross_003", "Consistent knowledge", 0.95, 1.6), ("cross_004", "Consistent citations", 0.94, 1.5),
                ("cross_005", "Equal pace of modes", 0.88, 1.4),
            ]
        ),
        (
            "integration",
            [
                ("integration_001", "Knowledge service reached", 0.99, 0.4),
                ("integration_002", "Citations extracted", 0.93, 0.7),
                ("integration_003", "Agents coordinate", 0.92, 1.3), ("integration_004", "Bad input handled", 0.9, 0.6),
                ("integration_005", "Service health watched", 0.98, 0.3),
            ]
        ),
        (
            "performance",
            [
                ("performance_001", "Response time", 0.93, 5.0), ("performance_002", "Throughput", 0.96, 6.0),
                ("performance_003", "Resources used", 0.9, 4.0), ("performance_004", "Concurrent users", 0.92, 7.5),
                ("performance_005", "Steady memory", 0.9, 30.0),
            ]
        ),
    ]

    private static let live: [(category: String, tests: [Test])] = [
        (
            "text",
            [
                ("live_text", "Text query", 0.99, 1.4), ("live_citations", "Citations", 0.98, 1.6),
            ]
        ),
        ("voice", [("live_voice", "Voice query", 0.97, 2.8)]),
        ("cross_modal", [("live_context", "Context across modes", 0.6, 3.1)]),
        (
            "integration",
            [
                ("live_health", "Health endpoint", 0.99, 0.1), ("live_knowledge", "Knowledge service", 0.98, 0.6),
                ("live_errors", "Bad input handled", 0.98, 0.4),
                ("live_socket", "Socket \"reconnect\" <5 s", 0.97, 1.1),
                ("live_monitoring", "Monitoring", 0.99, 0.3),
            ]
        ),
        ("performance", [("live_load", "Load of 50 users", 0.96, 12.0)]),
    ]

    /// Calls `sink` with the name and bytes of each file.
    func write<Failure: Error>(to sink: (String, [UInt8]) throws(Failure) -> Void) throws(Failure) {
        var text = SampleText(
            format: .ndjson,
            columns: [
                "run_id", "run_at", "source", "category", "test_id", "test_name", "result", "score", "execution_time",
                "cases", "cases_passed", "details", "error",
            ])
        let nights = min(plan.days, Self.nights.simulated)
        for night in 0..<nights { append(night: night, of: nights, to: &text) }
        try sink("validation-simulated.ndjson", text.bytes)
        let lively = min(plan.days, Self.nights.live)
        for night in 0..<lively {
            let day = plan.end.advanced(by: night - lively + 1)
            try sink("validation-live-\(day.iso).xml", report(day, isLast: night == lively - 1))
        }
    }

    // MARK: Simulated

    private func append(night: Int, of nights: Int, to text: inout SampleText) {
        let day = plan.end.advanced(by: night - nights + 1)
        var random = SeededGenerator(seed: plan.seed &* 0xD1B5_4A32_D192_ED03 &+ UInt64(bitPattern: Int64(day.number)))
        for (category, tests) in Self.simulated {
            for test in tests {
                let cases = 20
                let share = share(of: test, night: night, of: nights)
                let noise = random.normal() * 0.02
                let passed = max(0, min(cases, Int(((share + noise) * Double(cases)).rounded())))
                let seconds = test.seconds * (1 + 0.05 * random.normal())
                text.append(
                    [
                        .text("nightly-\(day.iso)"), .text("\(day.iso)T03:10:00Z"), .text("simulated"), .text(category),
                        .text(test.id), .text(test.name),
                    ] + outcome(of: test.id, passed: passed, cases: cases, seconds: seconds))
            }
        }
    }

    private func share(of test: Test, night: Int, of nights: Int) -> Double {
        let left = nights - 1 - night
        switch test.id {
        // Every third night it fails, and passes again on the next.
        case Self.planted.flaky: return left % 3 == 2 ? 0.4 : test.share
        case Self.planted.newlyFailing: return left == 0 ? 0.45 : test.share
        case Self.planted.fixed: return left > 0 && left < 7 ? 0.5 : test.share
        default: return test.share
        }
    }

    private func outcome(of id: String, passed: Int, cases: Int, seconds: Double) -> [SampleCell] {
        let milliseconds = SampleCell.decimal(max(1, Int((seconds * 1_000).rounded())), decimals: 3)
        if id == Self.planted.skipped {
            return [.text("SKIPPED"), .missing, .missing, .missing, .missing, .text("needs 30 minutes"), .missing]
        }
        if id == Self.planted.errored {
            // As earlier tools wrote it: a missing import counted as a score of 0.
            return [
                .text("FAILED"), .decimal(0, decimals: 1), milliseconds, .missing, .missing, .missing,
                .text("ModuleNotFoundError: No module named 'psutil'"),
            ]
        }
        let share = Double(passed) / Double(cases)
        return [
            .text(share >= 0.8 ? "PASSED" : share >= 0.6 ? "WARNING" : "FAILED"),
            .decimal(Int((share * 1_000).rounded()), decimals: 1), milliseconds, .decimal(cases, decimals: 0),
            .decimal(passed, decimals: 0), .text("\(passed) of \(cases) cases as expected"), .missing,
        ]
    }

    // MARK: Live

    private func report(_ day: Day, isLast: Bool) -> [UInt8] {
        var random = SeededGenerator(seed: plan.seed &* 0x8CB9_2BA7_2F3D_8DD7 &+ UInt64(bitPattern: Int64(day.number)))
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"live\">\n"
        for (category, tests) in Self.live {
            xml += "  <testsuite name=\"\(category)\" timestamp=\"\(day.iso)T03:40:00Z\">\n    <properties>\n"
            xml +=
                "      <property name=\"source\" value=\"live\"/>\n      <property name=\"category\" value=\"\(category)\"/>\n"
            xml += "      <property name=\"run_id\" value=\"live-\(day.iso)\"/>\n    </properties>\n"
            for test in tests {
                let isGood = test.id == "live_context" ? !isLast : random.uniform() < test.share
                let milliseconds = max(1, Int((test.seconds * (1 + 0.08 * random.normal()) * 1_000).rounded()))
                let name = test.name.map { ["<": "&lt;", "\"": "&quot;", "&": "&amp;"][$0] ?? String($0) }.joined()
                xml +=
                    "    <testcase name=\"\(name)\" classname=\"live.\(category)\" time=\"\(milliseconds / 1_000).\(threeDigits(milliseconds % 1_000))\""
                xml +=
                    isGood
                    ? "/>\n"
                    : ">\n      <failure message=\"expected 3 shared words, found 1\">no context</failure>\n    </testcase>\n"
            }
            xml += "  </testsuite>\n"
        }
        return Array((xml + "</testsuites>\n").utf8)
    }

    private func threeDigits(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 3 - digits.count) + digits
    }
}
