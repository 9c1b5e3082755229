import Foundation
import Ingest
import Model
import Testing

/// Results of tests as the programs write them that people use: one small report of each.
@Suite struct TestResultTests {
    private func read(
        _ text: String, file: String = "report.xml", mapping: SourceMapping = TestResultSurvey.mapping()
    ) throws -> (results: [TestResult], outcome: ReadOutcome) {
        try read(Array(text.utf8), file: file, mapping: mapping)
    }

    private func read(
        _ bytes: [UInt8], file: String, mapping: SourceMapping = TestResultSurvey.mapping()
    ) throws -> (results: [TestResult], outcome: ReadOutcome) {
        let day = try #require(Day(iso: "2026-11-19"))
        let (results, outcome) = try TestResultReader.results(
            .bytes(bytes), file: file, mapping: mapping, zone: .utc, deliveryDay: day, lastDay: day)
        return (results, outcome)
    }

    private func words(_ results: [TestResult]) -> [String] {
        results.map { "\($0.suite)|\($0.test)|\($0.status?.rawValue ?? "none")|\($0.seconds.map { "\($0)" } ?? "-")" }
    }

    // MARK: JUnit, as each program writes it

    @Test func pytest() throws {
        let (results, outcome) = try read(
            """
            <?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest" errors="1" failures="1" skipped="2" tests="5" time="1.204" timestamp="2026-11-19T03:12:09.123456" hostname="ci"><properties><property name="source" value="live" /></properties><testcase classname="tests.test_text" name="test_basic[1-&lt;a&gt;]" time="0.101"><properties><property name="score" value="95" /><property name="category" value="text" /></properties></testcase><testcase classname="tests.test_text" name="test_safety" time="0.2"><failure message="AssertionError: assert 2 == 3">def test_safety(): ...</failure></testcase><testcase classname="tests.test_voice" name="test_voice" time="0.001"><error message="failed on setup with &quot;ImportError&quot;">trace</error></testcase><testcase classname="tests.test_voice" name="test_later" time="0.000"><skipped type="pytest.skip" message="not today">x</skipped></testcase><testcase classname="tests.test_voice" name="test_known" time="0.000"><skipped type="pytest.xfail" message="known" /></testcase></testsuite></testsuites>
            """)
        #expect(
            words(results) == [
                "tests.test_text|test_basic[1-<a>]|passed|0.101", "tests.test_text|test_safety|failed|0.2",
                "tests.test_voice|test_voice|errored|0.001", "tests.test_voice|test_later|skipped|0.0",
                "tests.test_voice|test_known|skipped|0.0",
            ])
        #expect(results[0].score == 95 && results[0].category == "text" && results[0].source == "live")
        #expect(results[1].message == "AssertionError: assert 2 == 3" && results[2].message.contains("ImportError"))
        #expect(Set(results.map(\.started)) == [1_795_057_929_123_456])
        #expect(outcome.rows == 5 && outcome.rowsRejected == 0)
    }

    @Test func surefireAndGradle() throws {
        let (results, _) = try read(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0" name="com.example.TextTest"
                time="0.35" tests="3" errors="0" skipped="0" failures="1" timestamp="2026-11-18T23:59:59">
              <properties><property name="java.version" value="21"/></properties>
              <testcase name="steady" classname="com.example.TextTest" time="1,204.5"/>
              <testcase name="comesAndGoes" classname="com.example.TextTest" time="0.1">
                <flakyFailure message="timeout" type="java.lang.AssertionError"><stackTrace>at</stackTrace></flakyFailure>
                <system-out><![CDATA[<testcase name="not one"/>]]></system-out>
              </testcase>
              <testcase name="failsThrice" classname="com.example.TextTest" time="0.2">
                <failure message="no" type="java.lang.AssertionError"/>
                <rerunFailure message="no"/><rerunFailure message="no"/>
              </testcase>
            </testsuite>
            """)
        #expect(results.map(\.test) == ["steady", "comesAndGoes", "failsThrice"])
        #expect(results.map(\.status) == [.passed, .passed, .failed])
        #expect(results.map(\.attempts) == [1, 2, 3] && results.map(\.failedAttempts) == [0, 1, 3])
        #expect(results[0].day.iso == "2026-11-18")
    }

    @Test func jest() throws {
        let (results, _) = try read(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="jest tests" tests="3" failures="1" errors="0" time="1.5">
              <testsuite name="Voice" errors="0" failures="1" skipped="1" timestamp="2026-11-19T02:12:08" time="1.1" tests="3">
                <testcase classname="Voice answers" name="Voice answers" time="0.5"/>
                <testcase classname="Voice cites" name="Voice cites" time="0.1"><failure>Error: expect(received).toBe(expected)</failure></testcase>
                <testcase classname="Voice waits" name="Voice waits" time="0"><skipped/></testcase>
              </testsuite>
            </testsuites>
            """)
        #expect(results.map(\.status) == [.passed, .failed, .skipped])
        #expect(results[1].message.hasPrefix("Error: expect"))
    }

    @Test func swiftTesting() throws {
        let (results, _) = try read(
            """
            <?xml version="1.0" encoding="UTF-8"?>

            <testsuites>
              <testsuite name="TestResults" errors="0" tests="2" failures="1" skipped="0" time="0.0091">
                <testcase classname="AnalysisTests.TrendTests" name="rises()" time="0.0012" />
                <testcase classname="AnalysisTests.TrendTests" name="falls()" time="0.0004"><failure message="Expectation failed: 1 == 2" /></testcase>
              </testsuite>
            </testsuites>
            """, file: "reports/xunit-2026-11-17.xml")
        #expect(results.map(\.status) == [.passed, .failed])
        // Without a time stamp the name of the file says the day.
        #expect(Set(results.map(\.day.iso)) == ["2026-11-17"])
    }

    @Test func googleTestNamesWhatDidNotRun() throws {
        let (results, _) = try read(
            """
            <testsuites><testsuite name="A"><testcase name="a" status="run" result="completed" time="0.1"/>
            <testcase name="b" status="notrun" result="suppressed" time="0"/></testsuite></testsuites>
            """)
        #expect(results.map(\.status) == [.passed, .skipped])
    }

    @Test func suitesInsideSuitesKeepTheirNames() throws {
        let (results, _) = try read(
            "<testsuites><testsuite name='outer'><testsuite name='inner'><testcase name='t'/></testsuite></testsuite></testsuites>"
        )
        #expect(results.map(\.suite) == ["inner"])
    }

    @Test func theDeclaredEncodingIsRead() throws {
        let text =
            "<?xml version='1.0' encoding='ISO-8859-1'?><testsuite name='s'><testcase name='caf\u{E9}'/></testsuite>"
        let bytes = text.unicodeScalars.map { UInt8($0.value) }
        #expect(try read(bytes, file: "latin.xml").results.map(\.test) == ["café"])
    }

    // MARK: JSON

    @Test func nestedReportOfScenarios() throws {
        let (results, outcome) = try read(
            """
            {"run_id": "r7", "timestamp": "2026-11-19T04:00:00Z", "summary": {"total": 3, "score": 66.8},
             "scenarios": [
               {"name": "Text", "category": "text", "score": 80, "status": "PASSED", "tests": [
                 {"test_id": "text_001", "test_name": "Basic", "result": "PASSED", "score": 100, "execution_time": 1.5},
                 {"test_id": "text_004", "test_name": "Guidance", "result": "FAILED", "score": 50, "details": "2 of 4"}]},
               {"name": "Voice", "category": "voice", "tests": [
                 {"test_id": "voice_001", "result": "WARNING", "score": 70}]}]}
            """, file: "validation.json")
        #expect(words(results).count == 3 && outcome.rowsRejected == 0)
        #expect(results.map(\.status) == [.passed, .failed, .warned])
        #expect(results.map(\.category) == ["text", "text", "voice"])
        #expect(results.map(\.suite) == ["Text", "Text", "Voice"])
        #expect(results.map(\.score) == [100, 50, 70] && Set(results.map(\.run)) == ["r7"])
        #expect(results[0].title == "Basic" && results[0].seconds == 1.5)
    }

    @Test func resultsByNameOfTest() throws {
        let (results, _) = try read(
            #"{"tests": {"text_001": {"status": "pass", "score": 0.9}, "text_002": {"status": "skip"}}}"#,
            file: "validation.json")
        #expect(results.map(\.test) == ["text_001", "text_002"] && results.map(\.score) == [90, nil])
    }

    @Test func linesOfJSONAndTables() throws {
        let (lines, _) = try read(
            "{\"test\": \"a\", \"status\": \"ok\", \"duration_ms\": 250}\n\n{\"test\": \"b\", \"status\": \"timeout\"}\n",
            file: "results.ndjson")
        #expect(lines.map(\.status) == [.passed, .errored] && lines[0].seconds == 0.25)
        let (table, _) = try read("test,status,score\na,passed,88\nb,,55\n", file: "results.csv")
        #expect(table.map(\.status) == [.passed, nil] && table[1].score == 55)
    }

    @Test func severalRowsOfATestAreAttempts() throws {
        let (results, _) = try read(
            "test,status\na,failed\na,failed\na,passed\n", file: "results.csv")
        #expect(results.count == 1 && results[0].status == .passed)
        #expect(results[0].attempts == 3 && results[0].failedAttempts == 2)
    }

    @Test func declaredColumnsWinOverUsualOnes() throws {
        var mapping = TestResultSurvey.mapping(table: "staging")
        mapping.fields = ["test": "Check", "status": "Ampel"]
        let (results, _) = try read("Check,Ampel,status\nlogin,green,x\n", file: "results.csv", mapping: mapping)
        #expect(results.map(\.test) == ["login"] && results[0].status == .passed && results[0].source == "staging")
    }

    // MARK: Mistakes of earlier tools (DOMAIN.md 5.5)

    /// "Two tests fail on a missing import and count as zero scores."
    @Test func aTestThatBrokeOffHasNoScoreOfZero() throws {
        let (results, _) = try read(
            """
            [{"test_id": "performance_003", "result": "FAILED", "score": 0.0, "error": "No module named 'psutil'"},
             {"test_id": "voice_002", "result": "FAILED", "score": 0.0},
             {"test_id": "text_001", "result": "PASSED", "score": 100.0, "error": ""}]
            """, file: "validation.json")
        #expect(results.map(\.status) == [.errored, .failed, .passed])
        #expect(results.map(\.score) == [nil, 0, 100])
    }

    // MARK: What is refused

    @Test func badRowsSayWhereTheyStand() throws {
        let (results, outcome) = try read(
            """
            [
              {"test": "a", "status": "passed", "score": 120, "cases": 4, "cases_passed": 5}, {"test": "b", "status": "maybe"},
              {"status": "passed", "test": ""},
              {"test": "c", "status": "failed", "timestamp": "yesterday"},
              {"test": "d", "status": "failed", "timestamp": "2026-11-20T00:00:00Z"},
              {"test": "e", "status": ""}
            ]
            """, file: "v.json")
        #expect(results.map(\.test) == ["a"] && results[0].score == nil && results[0].cases == 4)
        #expect(
            outcome.rejects.map { "\($0.place) \($0.cause.rawValue) \($0.column ?? "")" } == [
                "v.json:2:3 out_of_range score", "v.json:2:3 out_of_range cases_passed",
                "v.json:2:83 unknown_value status", "v.json:4:3 bad_date time", "v.json:5:3 future_date time",
            ])
    }

    @Test func aBadCaseOfAReportOnOneLineHasItsColumn() throws {
        let (results, outcome) = try read(
            #"<testsuite name="a > b"><!-- <testcase/> --><testcase name="x"/><testcase time="1"/><testcase name="y" time="-2"/></testsuite>"#
        )
        #expect(results.map(\.test) == ["x", "y"] && results[1].seconds == nil)
        #expect(
            outcome.rejects.map { "\($0.place) \($0.cause.rawValue)" } == [
                "report.xml:1:65 missing_id", "report.xml:1:85 out_of_range",
            ])
    }

    @Test(arguments: [
        "<testsuite><testcase name='a'></testsuite>", "<html><body/></html>", "", "<testsuite",
        "<!DOCTYPE a [<!ENTITY x \"y\">]><testsuite name='&x;'><testcase name='a'/></testsuite>",
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\" [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><testsuite><testcase name='&x;'/></testsuite>",
    ])
    func whatIsNoReportIsOneRefusal(text: String) throws {
        let (results, outcome) = try read(text)
        #expect(results.isEmpty && outcome.accepted == 0 && outcome.rejectCounts[.malformed]?.rows == 1)
        #expect(!outcome.rejects.contains { $0.found.contains("root:") })
    }

    @Test func aBillionLaughsAreRefusedAtOnce() throws {
        var text = "<!DOCTYPE l [<!ENTITY a0 \"ha\">"
        for level in 1...9 {
            text += "<!ENTITY a\(level) \"" + String(repeating: "&a\(level - 1);", count: 10) + "\">"
        }
        let (results, outcome) = try read(text + "]><testsuite name=\"&a9;\"><testcase name=\"&a9;\"/></testsuite>")
        #expect(results.isEmpty && outcome.rejectCounts[.malformed]?.rows == 1)
    }

    @Test func deepNestingIsRefused() throws {
        let deep = String(repeating: "<testsuite name='a'>", count: 200) + String(repeating: "</testsuite>", count: 200)
        #expect(try read(deep).outcome.rejectCounts[.malformed]?.rows == 1)
        let json = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
        #expect(try read(json, file: "v.json").results.isEmpty)
    }

    @Test(arguments: [
        ("junit.xml", "<?xml version=\"1.0\"?><!-- x --><testsuites/>", true),
        ("other.xml", "<html><testsuite/></html>", false),
        ("v.json", #"{"tests": [{"test_id": "a", "status": "PASSED"}]}"#, true),
        ("s.json", #"[{"session_id": "a", "outcome": "resolved", "score": 3}]"#, false),
        ("s.csv", "session_id,status,duration\na,done,3\n", false), ("v.csv", "test_name,outcome\na,passed\n", true),
        ("v.ndjson", "{\"test\": \"a\", \"result\": \"FAILED\"}\n", true),
    ])
    func resultsAreToldByTheirContent(name: String, text: String, isResults: Bool) throws {
        let file = ExportFile(source: .bytes(Array(text.utf8)), name: name)
        #expect(try TestResultSurvey.isResults(file) == isResults)
        let survey = try ExportSurvey(of: [file])
        #expect(survey.tables.contains { $0.mapping.role == .validation } == isResults)
    }
}
