import Pipeline
import Testing

/// The register from the terminal, on a real archive.
@Suite struct InterventionTests {
    private static let configuration = """
        sources:
          scores: {files: ["scores*"], id: id, time: day}
        metrics:
          quality: {source: scores, range: [0, 1], direction: higher}
        dimensions:
          tier: {source: scores, values: [basic, premium]}
        """

    private func change(
        _ workshop: Workshop, _ change: InterventionRequest.Change?, on day: String? = nil, kind: String? = nil,
        metric: String? = nil
    ) async -> (status: Pipeline.ExitStatus, text: String) {
        var bytes: [UInt8] = []
        let request = InterventionRequest(
            configuration: "assay.yaml", archive: "archive.sqlite", change: change, day: day, format: .csv,
            kind: kind, metric: metric)
        let status = await interventions(request, in: workshop.surroundings, messages: workshop.sink) { bytes = $0 }
        return (status, String(decoding: bytes, as: UTF8.self))
    }

    private func new(
        metric: String = "quality", scope: [String] = ["tier=premium"], start: String = "2026-11-01",
        end: String? = nil,
        id: String? = nil, name: String = "=HYPERLINK(\"x\")", kind: String = "training"
    ) -> InterventionRequest.Change {
        .add(
            .init(
                id: id, name: name, kind: kind, metric: metric, scope: scope, start: start,
                end: end,
                expected: 0.05))
    }

    @Test func aRegisterIsKeptChangedAndTakenBack() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.configuration, to: "assay.yaml")
            #expect(await change(workshop, new()).status == .done)
            #expect(
                await change(
                    workshop, .measure("INT_20261101_1", .init(current: 0.8, baseline: 0.7, sampleSize: 9)),
                    on: "2026-11-05"
                ).status == .done)
            #expect(await change(workshop, .complete("INT_20261101_1"), on: "2026-11-10").status == .done)
            let listed = await change(workshop, nil)
            #expect(
                listed.text.hasSuffix(
                    "INT_20261101_1,\"'=HYPERLINK(\"\"x\"\")\",training,quality,tier=premium,2026-11-01,2026-11-10,0.05,completed,1,false\r\n"
                ))
            // The third delivery completed it; without it the intervention is active again.
            #expect(await workshop.undo(3, configuration: "assay.yaml") == .done)
            #expect(await change(workshop, nil).text.contains("2026-11-01,,0.05,active,1"))
            // The same change once more is a change, not a file that is known.
            #expect(await change(workshop, .complete("INT_20261101_1"), on: "2026-11-10").status == .done)
            #expect(await change(workshop, nil).text.contains("completed"))
        }
    }

    /// Open since 2000 is open for more than 60 days on any day of a test.
    @Test func theRegisterIsListedByTypeAndMetric() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.configuration, to: "assay.yaml")
            #expect(await change(workshop, new(start: "2000-01-01", id: "A")).status == .done)
            #expect(await change(workshop, new(id: "B", kind: "data_quality")).status == .done)
            let listed = await change(workshop, nil, kind: "training", metric: "quality")
            let rows = listed.text.split(separator: "\r\n")
            #expect(rows.count == 2 && rows[1].hasPrefix("A,") && rows[1].hasSuffix(",active,0,true"))
            #expect(await change(workshop, nil).text.split(separator: "\r\n").count == 3)
            #expect(await change(workshop, nil, kind: "trainin").status == .usage)
            #expect(await change(workshop, nil, metric: "qualty").status == .usage)
        }
    }

    @Test func whatCannotBeIsRefused() async throws {
        try await inWorkshop { workshop in
            try workshop.write(Self.configuration, to: "assay.yaml")
            #expect(await change(workshop, new(id: "A")).status == .done)
            #expect(await change(workshop, new(start: "2099-01-01", id: "B")).status == .done)
            let refused: [(InterventionRequest.Change, String?)] = [
                (new(id: "A"), nil), (new(name: ""), nil), (new(name: " "), nil), (new(metric: "qualty"), nil),
                (new(scope: ["tier=gold"]), nil),
                (new(scope: ["tire=basic"]), nil), (new(scope: ["tier"]), nil), (new(start: "1 May"), nil),
                (new(start: "2026-11-01", end: "2026-10-01"), nil), (.start("A"), nil), (.complete("B"), nil),
                (.complete("A"), "2026-10-01"), (.cancel("C"), nil),
                (.measure("A", .init(current: 1.5, baseline: nil, sampleSize: nil)), nil),
                (.measure("A", .init(current: 0.5, baseline: nil, sampleSize: -1)), nil),
                (.measure("A", .init(current: 0.5, baseline: nil, sampleSize: nil)), "2099-01-01"),
            ]
            for (asked, day) in refused { #expect(await change(workshop, asked, on: day).status == .usage, "\(asked)") }
            #expect(await change(workshop, nil).text.split(separator: "\r\n").count == 3)
            #expect(await change(workshop, .start("B"), on: "2026-11-02").status == .done)
            #expect(await change(workshop, nil).text.contains("2026-11-02,,0.05,active"))
        }
    }

    /// A register with rows that cannot be never stops a night: each is refused with its line, by `check` too.
    @Test func badRowsOfTheRegistersAreRefusedAndTheNightGoesOn() async throws {
        try await inWorkshop { workshop in
            try workshop.write(
                Self.configuration.replacingOccurrences(
                    of: "metrics:",
                    with: """
                          register: {role: interventions, files: ["interventions.csv"]}
                          measured: {role: measurements, files: ["measurements.csv"]}
                        metrics:
                        """), to: "assay.yaml")
            let rows = (1...9).map { "\($0),2026-11-0\($0),0.\($0),basic" }
            try workshop.write("id,day,quality,tier\n" + rows.joined(separator: "\n") + "\n", to: "scores.csv")
            try workshop.write(
                """
                id,name,metric,tier,start_date,end_date,status
                I3,Backwards,quality,,2026-11-05,2026-11-01,completed
                I4,Nobody,quality,gone,2026-11-05,,active
                I5,Well,quality,basic,2026-11-05,,active

                """, to: "interventions.csv")
            try workshop.write(
                """
                id,intervention_id,day,current,baseline,sample_size
                M1,I5,2026-11-06,0.7,0.6,-3
                M2,NOPE,2026-11-06,0.7,0.6,3

                """, to: "measurements.csv")
            #expect(await workshop.check([], configuration: "assay.yaml") == .done)
            let said = workshop.messages.joined(separator: "\n")
            #expect(said.contains("interventions.csv:2: warning: bad_date in column `end`"), "\(said)")
            #expect(said.contains("3 files checked, 3 refusals."), "\(said)")
            #expect(await workshop.build([], configuration: "assay.yaml", asOf: "2026-11-10") == .done)
            #expect(await change(workshop, nil).text.split(separator: "\r\n").count == 2)
        }
    }
}
