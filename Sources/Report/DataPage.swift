import Analysis
import Charts
import Model

extension ReportContext {
    /// Freshness, coverage, files, refusals, assumptions.
    func dataPage() -> Page {
        let coverage = analyses.coverage
        let rejected = input.data.rejects.reduce(0) { $0 + $1.count }
        return Page(
            path: "data/index.html", kind: "data", title: "Data",
            lead: Prose(
                "\(NumberWords.count(coverage.records, "record", "records")) in the period, \(NumberWords.count(coverage.recordsEver)) in the archive, \(NumberWords.count(rejected, "refusal", "refusals"))."
            ),
            crumbs: [home],
            sections: [
                PageSection(id: "freshness", title: "Freshness", depth: .executive, blocks: freshness(coverage)),
                volumeSection(),
                PageSection(id: "coverage", title: "Coverage", blocks: coverageBlocks(coverage)),
                PageSection(id: "rejects", title: "Refused rows and cells", blocks: rejectBlocks(rejected)),
                PageSection(id: "files", title: "Files", blocks: [fileTable()]),
                PageSection(
                    id: "assumptions", title: "Assumptions",
                    blocks: input.data.notes.isEmpty
                        ? [.prose("Nothing was assumed: the configuration says it all.")]
                        : input.data.notes.prefix(100).map { .prose(Prose($0)) }),
            ],
            alternates: [
                Link(path: "exports/rejects.csv", text: "CSV of refusals"), Link(path: "summary.json", text: "JSON"),
            ])
    }

    private func freshness(_ coverage: CoverageResult) -> [Block] {
        var items = [
            Definition("As of", text: Prose([.time(iso: analyses.asOf.iso, text: Wording.day(analyses.asOf))]))
        ]
        if let newest = coverage.newestDay, let age = coverage.ageInDays {
            items.append(
                Definition(
                    "Newest records",
                    text: Prose([
                        .time(iso: newest.iso, text: Wording.day(newest)),
                        .text(", \(NumberWords.count(age, "day", "days")) old"),
                    ])))
        } else {
            items.append(Definition("Newest records", text: "none up to the as-of day"))
        }
        if let oldest = coverage.oldestDay {
            items.append(Definition("Oldest records", text: Prose([.time(iso: oldest.iso, text: Wording.day(oldest))])))
        }
        items.append(Definition("Days without records", text: Prose(emptyDays(coverage.emptyDays))))
        if coverage.daysAfterAsOf > 0 {
            items.append(
                Definition(
                    "Left out",
                    text: Prose("\(NumberWords.count(coverage.daysAfterAsOf, "day", "days")) after the as-of day")))
        }
        if coverage.isSmall {
            items.append(
                Definition(
                    "Small",
                    text: Prose(
                        "fewer than \(NumberWords.count(analyses.settings.smallTotal)) records in the period: small differences cannot show"
                    )))
        }
        return [.definitions(items)] + (volumeFigure().map { [.figure($0)] } ?? [])
    }

    private func emptyDays(_ days: [Day]) -> String {
        if days.isEmpty { return "none since the first record" }
        return days.prefix(14).map(\.iso).joined(separator: ", ")
            + (days.count > 14 ? " and \(days.count - 14) more" : "")
    }

    private func coverageBlocks(_ coverage: CoverageResult) -> [Block] {
        let rows = coverage.metrics.map { item in
            [
                TableCell(catalogue.metric(named: item.metric)?.title ?? item.metric),
                TableCell(NumberWords.count(item.n), sortKey: Double(item.n)),
                TableCell(NumberWords.count(item.missing), sortKey: Double(item.missing)),
                cell(item.missingShare) {
                    TableCell(NumberWords.percent($0), sortKey: $0, tone: item.isLow ? .bad : .muted)
                },
                item.newestDay.map { TableCell($0.iso) } ?? TableCell(nil, reason: "no value"),
            ]
        }
        var blocks: [Block] = [
            .table(
                TableBlock(
                    caption: "Values of each metric, \(Wording.period(coverage.period))",
                    columns: [
                        .init("Metric"), .init("n", isNumeric: true), .init("Missing", isNumeric: true),
                        .init("Missing share", isNumeric: true), .init("Newest value"),
                    ],
                    rows: rows))
        ]
        let small = coverage.smallGroups
        if !small.isEmpty {
            let names = small.prefix(20).map { "\(Wording.group($0.group, catalogue)) (\(NumberWords.count($0.n)))" }
                .joined(separator: ", ")
            blocks.append(
                .notice(
                    Prose(
                        "Groups with fewer than \(NumberWords.count(analyses.settings.smallGroup)) records: \(names)\(small.count > 20 ? " and \(small.count - 20) more" : "")."
                    )))
        }
        return blocks
    }

    private func rejectBlocks(_ rejected: Int) -> [Block] {
        guard rejected > 0 else { return [.prose("No row and no cell was refused.")] }
        let causes = input.data.rejects.filter { $0.count > 0 }.map {
            [TableCell(words(of: $0.cause)), TableCell(NumberWords.count($0.count), sortKey: Double($0.count))]
        }
        let examples = input.data.examples.prefix(100).map { reject in
            [
                TableCell(reject.place), TableCell(words(of: reject.cause)),
                TableCell(reject.column ?? "whole row"),
                TableCell(reject.found), TableCell(reject.isWholeRow ? "row refused" : "cell refused, row counts"),
            ]
        }
        return [
            .table(
                TableBlock(
                    caption: "Refusals by cause", columns: [.init("Cause"), .init("Count", isNumeric: true)],
                    rows: causes)),
            .table(
                TableBlock(
                    caption: "The first \(NumberWords.count(examples.count)) refusals",
                    columns: [.init("Place"), .init("Cause"), .init("Column"), .init("Found"), .init("Consequence")],
                    rows: Array(examples),
                    export: Link(path: "exports/rejects.csv", text: "All kept refusals as CSV"))),
        ]
    }

    private func words(of cause: Reject.Cause) -> String { cause.rawValue.split(separator: "_").joined(separator: " ") }

    private func fileTable() -> Block {
        let files = input.data.files
        return .table(
            TableBlock(
                caption: "Files in the archive"
                    + (files.count > 120 ? ", newest 120 of \(NumberWords.count(files.count))" : ""),
                columns: [
                    .init("File"), .init("Delivery", isNumeric: true), .init("Table"), .init("Rows", isNumeric: true),
                    .init("Accepted", isNumeric: true),
                    .init("Refusals", isNumeric: true), .init("SHA-256"),
                ],
                rows: files.prefix(120).map { file in
                    [
                        TableCell(file.name), TableCell("\(file.delivery)", sortKey: Double(file.delivery)),
                        TableCell(file.table),
                        TableCell(NumberWords.count(file.rows), sortKey: Double(file.rows)),
                        TableCell(NumberWords.count(file.accepted), sortKey: Double(file.accepted)),
                        TableCell(NumberWords.count(file.rejected), sortKey: Double(file.rejected)),
                        TableCell(String(file.sha256.prefix(12))),
                    ]
                }, export: Link(path: "exports/files.csv", text: "All files as CSV")))
    }
}
