import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// Freshness, coverage, files, refusals, assumptions.
    func dataPage() -> Page {
        let coverage = analyses.coverage
        let rejected = input.data.rejects.reduce(0) { $0 + $1.count }
        return Page(
            path: "data/index.html", kind: "data", title: say("Data"),
            lead: tell(
                "\(NumberWords.count(coverage.records, "record", "records")) in the period, \(NumberWords.count(coverage.recordsEver)) in the archive, \(NumberWords.count(rejected, "refusal", "refusals"))."
            ),
            crumbs: [home],
            sections: [
                PageSection(id: "freshness", title: say("Freshness"), depth: .executive, blocks: freshness(coverage)),
                volumeSection(),
                PageSection(id: "coverage", title: say("Coverage"), blocks: coverageBlocks(coverage)),
                PageSection(id: "rejects", title: say("Refused rows and cells"), blocks: rejectBlocks(rejected)),
                PageSection(id: "files", title: say("Files"), blocks: [fileTable()]),
                PageSection(
                    id: "assumptions", title: say("Assumptions"),
                    blocks: input.data.notes.isEmpty
                        ? [.prose(tell("Nothing was assumed: the configuration says it all."))]
                        : input.data.notes.prefix(100).map { .prose(Prose($0.said)) }),
            ],
            alternates: [
                Link(path: "exports/rejects.csv", text: say("CSV of refusals")),
                Link(path: "summary.json", text: "JSON"),
            ])
    }

    private func freshness(_ coverage: CoverageResult) -> [Block] {
        var items = [dated(say("As of"), analyses.asOf)]
        if let newest = coverage.newestDay, let age = coverage.ageInDays {
            items.append(
                Definition(
                    say("Newest records"),
                    text: Prose([
                        .time(iso: newest.iso, text: Wording.day(newest)),
                        .text(say(", \(NumberWords.count(age, "day", "days")) old")),
                    ])))
        } else {
            items.append(Definition(say("Newest records"), text: tell("none up to the as-of day")))
        }
        if let oldest = coverage.oldestDay { items.append(dated(say("Oldest records"), oldest)) }
        items.append(Definition(say("Days without records"), text: Prose(emptyDays(coverage))))
        if coverage.daysAfterAsOf > 0 {
            items.append(
                Definition(
                    say("Left out"),
                    text: tell("\(NumberWords.count(coverage.daysAfterAsOf, "day", "days")) after the as-of day")))
        }
        if coverage.isSmall {
            items.append(
                Definition(
                    say("Small"),
                    text: tell(
                        "fewer than \(NumberWords.count(analyses.settings.smallTotal)) records in the period: small differences cannot show"
                    )))
        }
        return [.definitions(items)] + (volumeFigure().map { [.figure($0)] } ?? [])
    }

    private func dated(_ title: String, _ day: Day) -> Definition {
        Definition(title, text: Prose([.time(iso: day.iso, text: Wording.day(day))]))
    }

    /// Those of weekdays that usually bring records, the newest last, and which weekdays do not.
    private func emptyDays(_ coverage: CoverageResult) -> String {
        let days = coverage.emptyDays.filter { !coverage.restingWeekdays.contains($0.weekday) }
        let named =
            days.isEmpty
            ? say("none since the first record")
            : days.prefix(14).map(\.iso).joined(separator: ", ")
                + (days.count > 14 ? say(" and \(days.count - 14) more") : "")
        guard !coverage.restingWeekdays.isEmpty else { return named }
        let resting = coverage.restingWeekdays.map { Wording.weekdays[$0] }.joined(separator: ", ")
        return say("\(named); usually no records come on: \(resting)")
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
                item.newestDay.map { TableCell($0.iso) } ?? TableCell(nil, reason: say("no value")),
            ]
        }
        var blocks: [Block] = [
            .table(
                TableBlock(
                    caption: say("Values of each metric, \(Wording.period(coverage.period))"),
                    columns: [
                        .init(say("Metric")), .init("n", isNumeric: true), .init(say("Missing"), isNumeric: true),
                        .init(say("Missing share"), isNumeric: true), .init(say("Newest value")),
                    ],
                    rows: rows))
        ]
        let small = coverage.smallGroups
        if !small.isEmpty {
            let names = small.prefix(20).map { "\(Wording.group($0.group, catalogue)) (\(NumberWords.count($0.n)))" }
                .joined(separator: ", ")
            blocks.append(
                .notice(
                    tell(
                        "Groups with fewer than \(NumberWords.count(analyses.settings.smallGroup)) records: \(names)\(small.count > 20 ? say(" and \(small.count - 20) more") : "")."
                    )))
        }
        return blocks
    }

    private func rejectBlocks(_ rejected: Int) -> [Block] {
        guard rejected > 0 else { return [.prose(tell("No row and no cell was refused."))] }
        let causes = input.data.rejects.filter { $0.count > 0 }.map {
            [TableCell(words(of: $0.cause)), TableCell(NumberWords.count($0.count), sortKey: Double($0.count))]
        }
        let examples = input.data.examples.prefix(100).map { reject in
            [
                TableCell(reject.place), TableCell(words(of: reject.cause)),
                TableCell(reject.column ?? say("whole row")),
                TableCell(reject.found),
                TableCell(reject.isWholeRow ? say("row refused") : say("cell refused, row counts")),
            ]
        }
        return [
            .table(
                TableBlock(
                    caption: say("Refusals by cause"),
                    columns: [.init(say("Cause")), .init(say("Count"), isNumeric: true)],
                    rows: causes)),
            .table(
                TableBlock(
                    caption: say("The first \(NumberWords.count(examples.count)) refusals"),
                    columns: [
                        .init(say("Place")), .init(say("Cause")), .init(say("Column")), .init(say("Found")),
                        .init(say("Consequence")),
                    ],
                    rows: Array(examples),
                    export: Link(path: "exports/rejects.csv", text: say("All kept refusals as CSV")))),
        ]
    }

    private func words(of cause: Reject.Cause) -> String {
        say(word: cause.rawValue.split(separator: "_").joined(separator: " "))
    }

    private func rows(_ count: Int, of file: DataAccount.FileAccount) -> TableCell {
        let words = NumberWords.count(count)
        return TableCell(file.isCoarse && count > 0 ? say("at least \(words)") : words, sortKey: Double(count))
    }

    private func fileTable() -> Block {
        let files = input.data.files
        return .table(
            TableBlock(
                caption: say("Files in the archive")
                    + (files.count > 120 ? say(", newest 120 of \(NumberWords.count(files.count))") : ""),
                columns: [
                    .init(say("File")), .init(say("Delivery"), isNumeric: true), .init(say("Table")),
                    .init(say("Rows"), isNumeric: true),
                    .init(say("Accepted"), isNumeric: true),
                    .init(say("Refusals"), isNumeric: true), .init("SHA-256"),
                ],
                rows: files.prefix(120).map { file in
                    [
                        TableCell(file.name), TableCell("\(file.delivery)", sortKey: Double(file.delivery)),
                        TableCell(Wording.title(ofKey: file.table)),
                        rows(file.rows, of: file), rows(file.accepted, of: file),
                        TableCell(NumberWords.count(file.rejected), sortKey: Double(file.rejected)),
                        TableCell(String(file.sha256.prefix(12))),
                    ]
                }, export: Link(path: "exports/files.csv", text: say("All files as CSV"))))
    }
}
