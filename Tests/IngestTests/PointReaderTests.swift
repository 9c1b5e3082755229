import Model
import Testing

@testable import Ingest

/// Metric points, pipeline logs and spans as they are exported.
@Suite struct PointReaderTests {
    private static let last = Day(number: 20_777)

    private func points(
        _ text: String, _ name: String
    ) throws -> (entries: [MetricPoint], outcome: ReadOutcome) {
        try PointReader.points(
            .bytes(Array(text.utf8)), file: name, mapping: PointSurvey.mapping(role: .points), zone: .utc,
            lastDay: Self.last)
    }

    @Test func linesOfCSVWithContextAtIrregularTimes() throws {
        let text = """
            metric,value,timestamp,unit,context,host
            cpu,0.5,2026-11-19T10:00:00Z,%,"{""component"":""api"",""session_id"":""s1""}",a1
            cpu,0.7,2026-11-19T10:00:37.5Z,%,component=api; user_id=u7,a1
            ,1,2026-11-19T10:00:00Z,,,
            cpu,much,2026-11-19T10:00:00Z,,,
            cpu,1,yesterday,,,
            cpu,1,2026-11-21T00:00:00Z,,,
            cpu,NaN,2026-11-19T10:00:00Z,,,

            """
        let (entries, outcome) = try points(text, "health.csv")
        #expect(entries.map(\.value) == [0.5, 0.7] && entries.map(\.unit) == ["%", "%"])
        #expect(entries[1].time - entries[0].time == 37_500_000)
        #expect(outcome.rejects.map(\.line) == [4, 5, 6, 7, 8])
        #expect(
            outcome.rejects.map(\.cause) == [.missingValue, .notANumber, .badDate, .futureDate, .missingValue])
    }

    /// "Per-session metric labels" (DOMAIN.md 2.5): they would make a series of every session, and ids of people never
    /// reach the archive.
    @Test func labelsOfSessionsAndPersonsAreDropped() throws {
        let text = """
            [{"name": "wait", "value": 1, "timestamp": "2026-11-19T10:00:00Z", "unit": "s", "session_id": "s1", "context": {"component": "api", "user_id": "u1"}},
             {"name": "wait", "value": 2, "timestamp": "2026-11-19T10:00:00Z", "unit": "s", "session_id": "s2", "context": {"component": "api", "user_id": "u2"}}]
            """
        let entries = try points(text, "health.json").entries
        #expect(entries.map(\.context) == ["component=api", "component=api"] && entries.map(\.value) == [1, 2])
    }

    @Test func expositionTextWithLabelsTimesAndCounters() throws {
        let text = """
            # HELP errors_total Errors so far
            # TYPE errors_total counter
            errors_total{component="llm",type="time\\"out",session_id="s9"} 120 1795129200000
            # TYPE latency_seconds histogram
            latency_seconds_bucket{le="0.5"} 3
            latency_seconds_bucket{le="+Inf"} 4
            latency_seconds_sum 2.5
            latency_seconds_count 4
            # TYPE active gauge
            active 14
            nonsense{ 3
            active NaN

            """
        let (entries, outcome) = try points(text, "scrape-2026-11-19T2300Z.prom")
        #expect(
            entries.map(\.name) == [
                "errors_total", "latency_seconds_bucket", "latency_seconds_bucket", "latency_seconds_sum",
                "latency_seconds_count", "active",
            ])
        #expect(entries.map(\.kind) == [.counter, .counter, .counter, .counter, .counter, .gauge])
        #expect(entries[1].context == "le=0.5" && entries[2].context == "le=+Inf")
        #expect(entries[0].context == "component=llm, type=time\"out")
        // 1795129200 s are 2026-11-19T23:00:00Z, which the file's name says, too.
        #expect(Set(entries.map(\.time)) == [1_795_129_200_000_000])
        // A quantile of nothing is NaN: no value, and none that is wrong.
        #expect(outcome.rejects.map(\.line) == [11])
    }

    /// A tab may stand where a blank may, a line ends with a line feed alone, and counts of seconds are no seconds.
    @Test func countsHaveNoUnitAndLabelsHoldAnything() throws {
        let text = """
            # TYPE\twait_seconds\tsummary
            # UNIT wait_seconds seconds
            wait_seconds{quantile="0.5",path="/a, b}\u{2028}"} NaN 1795129200
            wait_seconds{quantile="0.9",path="/a, b}\u{2028}"} 0.4 1795129200
            wait_seconds_sum 12 1795129200
            wait_seconds_count 40 1795129200
            # EOF

            """
        let (entries, outcome) = try points(text, "x.prom")
        #expect(outcome.rejects.isEmpty && entries.map(\.value) == [0.4, 12, 40])
        #expect(entries.map(\.unit) == ["seconds", "seconds", ""])
        #expect(entries.map(\.kind) == [.gauge, .counter, .counter])
        #expect(entries[0].context == "path=/a, b}\u{2028}, quantile=0.9")
    }

    @Test func aDeclaredDecimalCommaHoldsForPoints() throws {
        var mapping = PointSurvey.mapping(role: .points)
        mapping.decimalComma = true
        let text = "timestamp;metric;value\n2026-11-19T10:00:00Z;wait;12,5\n2026-11-19T10:01:00Z;wait;13\n"
        let found = try PointReader.points(
            .bytes(Array(text.utf8)), file: "health.csv", mapping: mapping, zone: .utc, lastDay: Self.last)
        #expect(found.entries.map(\.value) == [12.5, 13] && found.outcome.rejects.isEmpty)
        // Numbers of JSON have a point whatever is declared for the others.
        let json = #"[{"metric": "wait", "value": 12.5, "timestamp": "2026-11-19T10:00:00Z"}]"#
        let other = try PointReader.points(
            .bytes(Array(json.utf8)), file: "health.json", mapping: mapping, zone: .utc, lastDay: Self.last)
        #expect(other.entries.map(\.value) == [12.5])
    }

    @Test func openMetricsHasSecondsAndASampleNeedsATime() throws {
        let text = "# TYPE up gauge\nup 1 1795129200.25\n# EOF\n"
        #expect(try points(text, "scrape.prom").entries.map(\.time) == [1_795_129_200_250_000])
        let (entries, outcome) = try points("# TYPE up gauge\nup 1\n", "scrape.prom")
        #expect(entries.isEmpty && outcome.rejects.map(\.cause) == [.badDate])
    }

    @Test func filesAreToldByTheirContent() throws {
        let role = { (text: String, name: String) in
            try PointSurvey.role(of: ExportFile(source: .bytes(Array(text.utf8)), name: name))
        }
        #expect(try role("metric,value,timestamp\na,1,2026-11-19T10:00:00Z\n", "x.csv") == .points)
        #expect(try role("# TYPE a gauge\na 1\n", "metrics.txt") == .points)
        #expect(try role("file,stage,started_at,finished_at\na,b,2026-11-19,2026-11-19\n", "x.csv") == .stages)
        #expect(try role("id,time,tier,value\n1,2026-11-19,a,3\n", "x.csv") == nil)
        #expect(try role(#"{"points": [{"metric": "a", "value": 1, "ts": 1795129200}]}"#, "x.json") == .points)
    }

    @Test func stagesOfAPipelineLog() throws {
        let text = """
            file,stage,started_at,finished_at,status
            a,validation,2026-11-19T10:00:00Z,2026-11-19T10:02:00Z,done
            b,extraction,2026-11-19T11:00:00Z,,running
            c,extraction,2026-11-19T11:00:00Z,2026-11-19T10:00:00Z,done
            ,extraction,2026-11-19T11:00:00Z,,

            """
        let (entries, outcome) = try PointReader.stages(
            .bytes(Array(text.utf8)), file: "log.csv", mapping: PointSurvey.mapping(role: .stages), zone: .utc,
            lastDay: Self.last)
        #expect(entries.map(\.item) == ["a", "b"] && entries[1].ended == nil)
        #expect(outcome.rejects.map(\.cause) == [.outOfRange, .missingId])
    }

    // MARK: Spans

    /// Two turns of one call, times in ns after 2026-11-19T10:00Z: speech to text 150 and 170 ms, language model 900 ms with
    /// a model's own span inside it and 1,100 ms, speech 300 ms once; turns of 1,400 and 1,350 ms; one error.
    static let spans: String = {
        let base = 1_795_082_400_000_000_000
        func span(
            _ id: String, _ parent: String, _ trace: String, _ name: String, _ start: Int, _ end: Int,
            _ more: String = ""
        ) -> String {
            """
            {"traceId": "\(trace)", "spanId": "\(id)", "parentSpanId": "\(parent)", "name": "\(name)", "startTimeUnixNano": "\(base + start * 1_000_000)", "endTimeUnixNano": "\(base + end * 1_000_000)", "attributes": [{"key": "session.id", "value": {"stringValue": "call-1"}}]\(more)}
            """
        }
        let all = [
            span("1", "", "t1", "turn", 0, 1_400), span("2", "1", "t1", "stt.recognize", 0, 150),
            span("3", "1", "t1", "LLM chat", 150, 1_050), span("4", "3", "t1", "chat completion", 200, 1_000),
            span("5", "1", "t1", "text-to-speech", 1_050, 1_350), span("6", "", "t2", "turn", 5_000, 6_350),
            span("7", "6", "t2", "stt.recognize", 5_000, 5_170),
            span(
                "8", "6", "t2", "llm", 5_170, 6_270, #", "status": {"code": "STATUS_CODE_ERROR"}"#),
            #"{"traceId": "t3", "spanId": "9", "name": "llm", "startTimeUnixNano": "5", "endTimeUnixNano": "1"}"#,
        ]
        return #"{"resourceSpans": [{"resource": {"attributes": []}, "scopeSpans": [{"spans": ["#
            + all.joined(separator: ",") + "]}]}]}"
    }()

    /// The outermost span names the session, the component inside it does not.
    @Test func aTraceIsOfTheSessionThatOneOfItsSpansNames() {
        let session = #"[{"key": "session.id", "value": {"stringValue": "call-7"}}]"#
        let text =
            #"{"resourceSpans": [{"scopeSpans": [{"spans": ["#
            + #"{"traceId": "t", "spanId": "2", "parentSpanId": "1", "name": "llm", "startTimeUnixNano": "1000000", "#
            + #""endTimeUnixNano": "3000000"},"#
            + #"{"traceId": "t", "spanId": "1", "name": "turn", "startTimeUnixNano": "1000000", "#
            + #""endTimeUnixNano": "6000000", "attributes": "# + session + "}]}]}]}"
        let lines = String(decoding: SpanSessions.lines(Array(text.utf8)).bytes, as: UTF8.self)
        #expect(lines.split(separator: "\n").count == 1)
        #expect(lines.contains(#""session_id":"call-7""#) && lines.contains(#""llm_latency_ms":2.000000"#))
        #expect(lines.contains(#""total_latency_ms":5.000000"#))
    }

    /// Exporters send again what was not acknowledged in time, and write an exception as an event of its span.
    @Test func aSpanThatIsSentAgainCountsOnceAndItsExceptionIsTheErrorsType() {
        let event =
            #"{"name": "exception", "attributes": [{"key": "exception.type", "value": {"stringValue": "Timeout"}}]}"#
        let text =
            #"{"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "t", "spanId": "1", "name": "tts", "#
            + #""startTimeUnixNano": 1000000, "endTimeUnixNano": "3000000", "status": {"code": 2}, "#
            + #""events": [{"name": "retry"}, "# + event + #", {"name": "end"}]}]}]}]}"#
        for sent in [text + "\n" + text + "\n", "[\(text), \(text)]"] {
            let lines = String(decoding: SpanSessions.lines(Array(sent.utf8)).bytes, as: UTF8.self)
            #expect(lines.split(separator: "\n").count == 1)
            #expect(lines.contains(#""error_count":1,"error_component":"tts","error_type":"Timeout""#), "\(lines)")
        }
    }

    @Test func spansBecomeSessionsWithLatenciesOfTheirComponents() throws {
        var mapping = SourceMapping(table: "calls")
        mapping.idColumns = ["session_id"]
        mapping.timeColumn = "timestamp"
        let names = [
            "stt_latency_ms", "llm_latency_ms", "tts_latency_ms", "total_latency_ms", "duration", "error_count",
        ]
        mapping.metrics = names.enumerated().map { MetricColumn(metric: $0, columns: [$1]) }
        let catalogue = try #require(Catalogue(metrics: names.compactMap { Metric(name: $0) }, dimensions: []))
        var batches: [RecordBatch] = []
        let outcome = try ExportReader.read(
            .bytes(Array(Self.spans.utf8)), file: "spans.json", mapping: mapping, catalogue: catalogue, zone: .utc,
            asOf: Self.last
        ) { batches.append($0) }
        let batch = try #require(batches.first)
        #expect(outcome.accepted == 1 && batch.ids[0] == "call-1")
        #expect(
            outcome.notes.contains { $0.message.contains("1 of the spans") },
            "the one that ends before it begins is told")
        let values = batch.metrics.map { $0?[0] }
        #expect(values == [160, 1_000, 300, 1_375, 6.35, 1])
    }
}
