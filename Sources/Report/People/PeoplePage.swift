import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// What is said about people; nil where there are none.
    func cohortPage() -> Page? {
        guard let people = analyses.people else { return nil }
        let tables = PeopleTables(context: self, people: people)
        return Page(
            path: "cohorts/index.html", kind: "analysis", title: say("Cohorts"), lead: tables.lead, crumbs: [home],
            sections: [
                PageSection(id: "cohorts", title: say("Cohorts"), depth: .executive, blocks: tables.cohorts),
                PageSection(id: "compared", title: say("Cohorts compared"), blocks: tables.pairs),
                PageSection(
                    id: "engagement", title: say("Classes of engagement and progress"),
                    blocks: tables.table(people.engagement, title: say("Cohorts by class of engagement"))
                        + tables.table(people.progress, title: say("Cohorts by class of progress"))
                        + tables.table(
                            people.months.engagement, title: say("People by month and class of engagement in it"))
                        + tables.table(
                            people.months.progress, title: say("People by month and newest class of progress in it"))
                ),
                PageSection(id: "patterns", title: say("Patterns"), blocks: tables.patterns),
                PageSection(id: "weeks", title: say("Engagement and outcomes over time"), blocks: tables.courses),
                PageSection(id: "retention", title: say("Who came back"), blocks: tables.retention),
                PageSection(id: "segments", title: say("Segments"), blocks: tables.segments),
                PageSection(id: "attributes", title: say("Age, region and gender"), blocks: tables.attributes),
                PageSection(id: "triggers", title: say("Trigger rules"), blocks: tables.triggers),
                PageSection(
                    id: "models", title: say("Models"),
                    blocks: ModelWords.blocks(people.models, level: analyses.settings.level)),
            ],
            alternates: [
                people.cohorts.isEmpty ? nil : Link(path: "exports/cohorts.csv", text: say("Cohorts as CSV")),
                SummaryParts.tables(people).contains { $0.table.value != nil }
                    ? Link(path: "exports/people-tables.csv", text: say("Tables as CSV")) : nil,
                Link(path: "privacy/index.html", text: say("Privacy")), Link(path: "summary.json", text: "JSON"),
            ].compactMap { $0 })
    }
}

/// The blocks of the page of cohorts.
struct PeopleTables {
    let context: ReportContext
    let people: PeopleResult

    /// A count in words.
    func words(_ cell: GuardedTable.Cell) -> TableCell {
        switch cell {
        case .count(let count): TableCell(NumberWords.count(count), sortKey: Double(count))
        case .small: TableCell(say("fewer than \(people.k)"), sortKey: 0)
        case .withheld: TableCell(nil, reason: say("withheld, because another could be told from it"))
        }
    }

    /// What is not told, and why.
    func refused(_ title: String, _ absence: Absence) -> Block {
        .notice(tell("\(title): \(Wording.absence(absence, smallest: people.k))."))
    }

    var lead: Prose {
        guard let table = people.sizes.table.value else {
            return tell(
                "No cohort is told: \(Wording.absence(people.sizes.table.absence ?? .hidden, smallest: people.k)).")
        }
        let n = table.rowTotals.reduce(0, +)
        return Prose([
            .strong(NumberWords.count(n, "person", "people")),
            .text(
                say(
                    " in \(NumberWords.count(table.rows.count, "cohort", "cohorts")); no count below \(people.k) is published, nor one from which such a count could be told."
                )
            ),
        ])
    }

    /// Where the counts are those of an earlier day, a sentence that says so.
    private func age(_ table: PublishedTable) -> String {
        table.day == context.analyses.asOf
            ? ""
            : say(
                "; counts of \(Wording.day(table.day)), because some count has changed by fewer than \(people.k) people since"
            )
    }

    /// A table of counts with its totals.
    func table(_ published: PublishedTable, title: String) -> [Block] {
        guard let table = published.table.value else {
            return [refused(title, published.table.absence ?? .hidden)]
        }
        let rows = table.rows.indices.map { row in
            [TableCell(Wording.parts(table.rows[row]))] + table.cells[row].map(words) + [
                TableCell(NumberWords.count(table.rowTotals[row]), sortKey: Double(table.rowTotals[row]))
            ]
        }
        // A person stands in every month that tells a class, so that what months add up to is no number of people.
        let totals =
            [TableCell(published.isByMonth ? say("person-months") : say("all"))]
            + table.columnTotals.map { TableCell(NumberWords.count($0), sortKey: Double($0)) }
            + [
                TableCell(NumberWords.count(table.rowTotals.reduce(0, +)))
            ]
        var blocks: [Block] = [
            .table(
                TableBlock(
                    caption: title + age(published),
                    columns: [.init(say("Group"))] + table.columns.map { .init(Wording.parts($0), isNumeric: true) } + [
                        .init(say("People"), isNumeric: true)
                    ], rows: rows.count > 1 ? rows + [totals] : rows,
                    export: Link(path: "exports/people-tables.csv", text: "CSV")))
        ]
        if !published.small.isEmpty {
            blocks.append(
                .prose(
                    tell(
                        "Groups of fewer than \(people.k) people are counted together with others."
                    )))
        }
        if !published.leftOut.isEmpty {
            blocks.append(
                .prose(
                    tell(
                        "Left out, because fewer than \(people.k) people are in them or their total would tell of fewer: \(published.leftOut.joined(separator: "; "))."
                    )))
        }
        return blocks
    }

    var cohorts: [Block] {
        guard people.sizes.table.value != nil else {
            return [refused(say("Cohorts"), people.sizes.table.absence ?? .hidden)]
        }
        let level = NumberWords.level(context.analyses.settings.level)
        let rows = people.cohorts.map { cohort in
            [
                TableCell(Wording.parts(cohort.name)),
                TableCell(NumberWords.count(cohort.n), sortKey: Double(cohort.n)),
                share(cohort.success), mean(cohort.engagement), mean(cohort.goals), mean(cohort.hours),
            ]
        }
        return [
            .table(
                TableBlock(
                    caption:
                        say(
                            "Cohorts by focus, frequency and engagement; success is a positive, excellent or good outcome"
                        ),
                    columns: [
                        .init(say("Cohort")), .init(say("People"), isNumeric: true),
                        .init(say("Successes of those with an outcome, \(level) interval"), isNumeric: true),
                        .init(say("Mean engagement"), isNumeric: true),
                        .init(say("Mean rate of goals"), isNumeric: true),
                        .init(say("Mean hours"), unit: "h", isNumeric: true),
                    ], rows: rows, export: Link(path: "exports/cohorts.csv", text: "CSV")))
        ] + cohortFigures + table(people.success, title: say("Cohorts by outcome"))
    }

    func share(_ answer: Answer<SuccessShare>) -> TableCell {
        switch answer {
        case .success(let share):
            TableCell(
                "\(NumberWords.percent(share.share)) (\(ValidationWords.interval(share.interval)), n = \(NumberWords.count(share.n)))",
                sortKey: share.share)
        case .failure(let absence): TableCell(nil, reason: Wording.absence(absence, smallest: people.k))
        }
    }

    func mean(_ answer: Answer<PeopleResult.GroupMean>) -> TableCell {
        switch answer {
        case .success(let mean):
            let told = NumberWords.evenly([mean.mean, mean.interval.low, mean.interval.high])
            return TableCell(say("\(told[0]) (\(told[1]) to \(told[2]))"), sortKey: mean.mean)
        case .failure(let absence):
            return TableCell(nil, reason: Wording.absence(absence, smallest: people.k))
        }
    }

    func difference(_ answer: Answer<PeopleResult.PairDifference>, percent: Bool) -> [TableCell] {
        guard let value = answer.value else {
            let reason = Wording.absence(answer.absence ?? .hidden, smallest: people.k)
            return [TableCell(nil, reason: reason), TableCell(nil), TableCell(nil)]
        }
        let numbers = [value.difference, value.interval.low, value.interval.high]
        let written =
            percent
            ? numbers.map { NumberText.fixed($0 * 100, decimals: 1) }
            : NumberWords.evenly(numbers.map { ($0 * 100).rounded() / 100 })
        let told = zip(written, numbers).map { NumberWords.signed($0, $1) }
        let unit = percent ? say(" points") : ""
        return [
            TableCell(say("\(told[0] + unit) (\(told[1]) to \(told[2]))"), sortKey: value.difference),
            // Hedges’ g of people is told in steps of 0.1.
            TableCell(NumberText.fixed(value.effect, decimals: percent ? 2 : 1), sortKey: value.effect),
            TableCell(NumberWords.bareP(value.pHolm), sortKey: value.pHolm),
        ]
    }

    var patterns: [Block] {
        guard !people.patterns.isEmpty else {
            return [.notice(tell("No published count of a cohort differs surely from that of all others."))]
        }
        return [
            .table(
                TableBlock(
                    caption:
                        say(
                            "What holds of a cohort more or less often than of all others; confidence is 1 − p of Fisher’s exact test after Holm, from \(NumberWords.exactly(context.analyses.settings.people.patternConfidence)) on"
                        ),
                    columns: [
                        .init(say("Kind")), .init(say("Cohort")), .init(say("Class")),
                        .init(say("Share"), isNumeric: true),
                        .init(say("Share of the others"), isNumeric: true), .init(say("People"), isNumeric: true),
                        .init(say("Confidence"), isNumeric: true),
                    ],
                    rows: people.patterns.prefix(40).map { pattern in
                        [
                            TableCell(say(word: pattern.kind)), TableCell(Wording.parts(pattern.cohort)),
                            TableCell(Wording.parts(pattern.column)),
                            TableCell(NumberWords.percent(pattern.share), sortKey: pattern.share),
                            TableCell(NumberWords.percent(pattern.others), sortKey: pattern.others),
                            TableCell(NumberWords.count(pattern.n), sortKey: Double(pattern.n)),
                            TableCell(
                                NumberWords.exactly((pattern.confidence * 1_000).rounded(.down) / 1_000),
                                sortKey: pattern.confidence),
                        ]
                    }))
        ]
    }

    var retention: [Block] {
        let ages = people.retention.filter { $0.table.table.value != nil }
        let cut = people.keptFrom.map { day in
            tell(
                "Rows are kept from \(Wording.day(day)) on: only people whose profile says that they began since count here, because the first session of others may be gone."
            )
        }
        guard !ages.isEmpty else {
            return [.notice(tell("No month of first sessions is far enough back."))] + (cut.map { [.notice($0)] } ?? [])
        }
        let names = Set(ages.flatMap { $0.table.table.value?.rows ?? [] }).sorted()
        let rows = names.map { name in
            [TableCell(name)]
                + ages.map { age in
                    age.table.row(name).map { share(age.shares[$0]) }
                        ?? TableCell(
                            nil,
                            reason: age.isOver(name)
                                ? Wording.absence(.hidden, smallest: people.k) : say("not over yet"))
                }
        }
        return [
            .table(
                TableBlock(
                    caption:
                        say(
                            "People with a session so many months after the month of their first, with Wilson intervals; months that are not over are left out"
                        ),
                    columns: [.init(say("First month"))] + ages.map { .init("+\($0.months)", isNumeric: true) },
                    rows: rows,
                    export: Link(path: "exports/people-tables.csv", text: "CSV")))
        ] + (cut.map { [.notice($0)] } ?? [])
    }

    var segments: [Block] {
        guard let found = people.segments.value else {
            return [refused(say("Segments"), people.segments.absence ?? .hidden)]
        }
        let quality =
            found.silhouette.map {
                say(
                    "Silhouette \(NumberWords.exactly(($0 * 100).rounded() / 100)), agreement with other starts \(NumberWords.exactly((found.stability * 100).rounded() / 100))."
                )
            } ?? say("Nothing speaks for more than one segment.")
        return [
            .prose(
                Prose(
                    quality
                        + (found.stability < ClusterResult.fairAgreement
                            ? say(" That agreement is poor: other starts put many people elsewhere.") : "")
                        + (found.small > 0 ? say(" \(found.small) segments have fewer than \(people.k) people.") : ""))
            ),
            .table(
                TableBlock(
                    caption:
                        say(
                            "Segments of people, by k-means on standardised features; sizes rounded down to multiples of \(people.k)"
                        ),
                    columns: [.init(say("Segment")), .init(say("People at least"), isNumeric: true)]
                        + found.features.map { .init(say("Mean \(Wording.parts($0))"), isNumeric: true) },
                    rows: found.segments.map { segment in
                        [
                            TableCell(Wording.parts(segment.name)),
                            TableCell(NumberWords.count(segment.n), sortKey: Double(segment.n)),
                        ]
                            + segment.centre.map { TableCell(NumberWords.exactly($0), sortKey: $0) }
                    })),
        ]
    }

    var attributes: [Block] {
        guard people.attributes.table.table.absence != .noRecords else {
            return [.notice(tell("No row tells anybody’s age, region or gender."))]
        }
        guard people.attributes.table.table.value != nil else {
            return table(people.attributes.table, title: say("People by age, region and gender"))
        }
        let steps = people.attributes.steps
        let ages = [say("four bands"), say("below and from 30"), say("any")][steps[0]]
        let regions = [say("as supplied"), say("its part before the first dash"), say("any")][steps[1]]
        return table(people.attributes.table, title: say("People by age, region and gender")) + [
            .prose(
                tell(
                    "As coarse as it takes for every group to have \(people.k) people: age in \(ages), region \(regions), gender \(steps[2] == 0 ? say("as supplied") : say("any")). The smallest group has \(people.attributes.smallest.map { NumberWords.count($0) } ?? say("too few"))."
                ))
        ]
    }

    var triggers: [Block] {
        let days = context.analyses.settings.people.triggerDays
        let rows = people.triggers.map { trigger -> [TableCell] in
            let count =
                switch trigger.table.table {
                case .failure(let absence):
                    TableCell(nil, reason: Wording.absence(absence, smallest: people.k))
                case .success(let table):
                    table.rows.firstIndex(of: "named").flatMap { table.rowTotals[$0] }
                        .map { TableCell(NumberWords.count($0), sortKey: Double($0)) }
                        ?? TableCell(say("fewer than \(people.k), or nearly all"), sortKey: 0)
                }
            return [TableCell(Wording.parts(trigger.name)), TableCell(say(word: trigger.severity)), count]
        }
        return [
            .table(
                TableBlock(
                    caption: say(
                        "People with such a session within the last \(NumberWords.count(days, "day", "days")); no text is kept"
                    ),
                    columns: [.init(say("Rule")), .init(say("Severity")), .init(say("People"), isNumeric: true)],
                    rows: rows))
        ]
    }
}
