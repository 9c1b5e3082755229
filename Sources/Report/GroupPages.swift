import Analysis
import Charts
import Model
import Words

/// The report seen through one value of a dimension: what a filter shows where there is no server to ask.
extension ReportContext {
    /// The index of groups; empty without dimensions.
    func groupIndex() -> [Page] {
        let groups = analyses.groups.filter { $0 != .all }
        return groups.isEmpty ? [] : [groupIndex(groups)]
    }

    /// A page for each group.
    func groupPages() -> [PlannedPage] {
        let groups = analyses.groups.filter { $0 != .all }
        return groups.indices.map { place in
            PlannedPage(path: Self.path(of: groups[place])) {
                groupPage(
                    groups[place], previous: place > 0 ? groups[place - 1] : nil,
                    next: place + 1 < groups.count ? groups[place + 1] : nil)
            }
        }
    }

    private static func path(of group: Group) -> String {
        guard case .value(let dimension, let value) = group else { return "groups/unknown.html" }
        return "groups/\(dimension)/\(FileWords.name(for: value)).html"
    }

    /// The page of a group, which a file name can hold whatever the value is.
    func link(to group: Group) -> Link? {
        guard case .value(_, let value) = group else { return nil }
        return Link(path: Self.path(of: group), text: value)
    }

    private func groupIndex(_ groups: [Group]) -> Page {
        let sections = catalogue.dimensions.compactMap { dimension -> PageSection? in
            let own = groups.filter { if case .value(dimension.name, _) = $0 { true } else { false } }
            guard !own.isEmpty else { return nil }
            let rows = own.map { group -> [TableCell] in
                let records = analyses.volume(of: group, by: .day)?.points.reduce(0) { $0 + $1.records } ?? 0
                let findings = findings(about: group).count
                let moves = directions(in: group)
                return [
                    TableCell(Wording.value(of: group), link: link(to: group)),
                    TableCell(NumberWords.count(records), sortKey: Double(records)),
                ]
                    + [moves.improving, moves.declining].map {
                        moves.judged > 0
                            ? TableCell(NumberWords.count($0), sortKey: Double($0))
                            : TableCell(nil, reason: say("no metric has enough days to tell a trend"))
                    } + [TableCell(NumberWords.count(findings), sortKey: Double(findings))]
            }
            return PageSection(
                id: dimension.name, title: dimension.title, depth: .executive,
                blocks: [
                    .table(
                        TableBlock(
                            caption: say("Groups of \(dimension.title), \(Wording.period(analyses.period))"),
                            columns: [
                                .init(dimension.title), .init(say("Records"), isNumeric: true),
                                .init(say("Metrics getting better"), isNumeric: true),
                                .init(say("Metrics getting worse"), isNumeric: true),
                                .init(say("Findings"), isNumeric: true),
                            ], rows: rows))
                ])
        }
        return Page(
            path: "groups/index.html", kind: "analysis", title: say("Groups"),
            lead: tell(
                "The report for one group at a time: \(NumberWords.count(groups.count, "group", "groups")) of \(NumberWords.count(sections.count, "dimension", "dimensions")) with \(NumberWords.count(analyses.settings.minimumGroup)) records or more, at most \(NumberWords.count(analyses.settings.maximumGroups)) of each."
            ), crumbs: [home], sections: sections + [heldSection].compactMap { $0 },
            alternates: [Link(path: "summary.json", text: "JSON")])
    }

    /// What groups leave out because records name people; nil where none does.
    private var heldSection: PageSection? {
        let held = analyses.held
        guard held.isOfPeople else { return nil }
        let k = analyses.settings.people.k
        return PageSection(
            id: "held", title: say("What is left out"),
            blocks: [
                .notice(
                    tell(
                        "Records name people. Of each day groups of fewer than \(k) people are left out, and others where the rest would tell of them: \(NumberWords.count(held.groups, "group of a day", "groups of days")) here. Figures of a group are of the days that are left."
                    )
                )
            ])
    }

    /// How the trends of a group go; judged are those with enough days to tell one, which may be none.
    private func directions(in group: Group) -> (improving: Int, declining: Int, judged: Int) {
        metrics(of: group).reduce(into: (0, 0, 0)) { sum, metric in
            guard let trend = analyses.trend(of: Subject(metric: metric.name, group: group)) else { return }
            let direction = analyses.standingDirection(of: trend)
            guard direction != .insufficient else { return }
            sum.2 += 1
            switch Wording.trend(direction, of: metric).tone {
            case .good: sum.0 += 1
            case .bad: sum.1 += 1
            default: return
            }
        }
    }

    /// What is claimed of a group, one claim for each event of the report: the weightiest, with the number of other pairs.
    func findings(about group: Group) -> [Finding] {
        var places: [String: Int] = [:]
        var told: [Finding] = []
        for var finding in analyses.findings where finding.isAbout(group) {
            let event = finding.partOf ?? finding.id
            if let place = places[event] {
                if finding.kind == .groupDifference { told[place].parts += 1 }
            } else {
                places[event] = told.count
                finding.parts = 0
                told.append(finding)
            }
        }
        return told
    }

    private func groupPage(_ group: Group, previous: Group?, next: Group?) -> Page {
        let dimension =
            if case .value(let name, _) = group { catalogue.dimension(named: name) } else { Dimension?.none }
        let value = Wording.value(of: group)
        let heading = dimension?.title ?? ""
        let title = Wording.named(value, of: heading) == value ? value : "\(heading): \(value)"
        let records = analyses.volume(of: group, by: .day)?.points.reduce(0) { $0 + $1.records } ?? 0
        let moves = directions(in: group)
        let findings = findings(about: group)
        let metrics = metrics(of: group)
        return Page(
            path: Self.path(of: group), kind: "analysis", title: title,
            lead: moves.judged > 0
                ? tell(
                    "\(NumberWords.count(records, "record", "records")); of \(NumberWords.count(moves.judged, "metric", "metrics")) with enough days to tell a trend, \(NumberWords.count(moves.improving)) getting better and \(NumberWords.count(moves.declining)) getting worse; \(NumberWords.count(findings.count, "finding", "findings"))."
                )
                : tell(
                    "\(NumberWords.count(records, "record", "records")), no metric with enough days to tell a trend; \(NumberWords.count(findings.count, "finding", "findings"))."
                ),
            crumbs: [home, Link(path: "groups/index.html", text: say("Groups"))],
            previous: previous.flatMap(link), next: next.flatMap(link),
            sections: [
                PageSection(
                    id: "figures", title: say("Key figures"), depth: .executive,
                    blocks: [
                        .keyFigures(
                            metrics.prefix(12).map { keyFigure($0, in: Subject(metric: $0.name, group: group)) })
                    ] + [unmeasuredNote(of: group)].compactMap { $0 }),
                PageSection(
                    id: "findings", title: say("Findings"), depth: .executive,
                    blocks: findings.isEmpty
                        ? [.prose(tell("Nothing of this group stands out after correction over the whole report."))]
                        : [.findings(findings.prefix(10).map(item))]
                            + (findings.count > 10
                                ? [
                                    .prose(
                                        Prose([
                                            .text(say("The first 10 of \(NumberWords.count(findings.count)); ")),
                                            .link(Link(path: "findings/index.html", text: say("all findings"))),
                                            .text("."),
                                        ]))
                                ] : [])),
                PageSection(id: "trends", title: say("Trends"), blocks: [.table(groupTrendTable(group))]),
                PageSection(
                    id: "distributions", title: say("Distributions"), blocks: [.table(groupSpreadTable(group))]),
            ], alternates: [Link(path: "summary.json", text: "JSON"), Link(path: "exports/trends.csv", text: "CSV")])
    }

    private func groupTrendTable(_ group: Group) -> TableBlock {
        trendTable(
            metrics(of: group).compactMap { metric in
                analyses.trend(of: Subject(metric: metric.name, group: group)).map {
                    trendRow($0, metric, label: metric.title)
                }
            }, say("Trend of each metric"))
    }

    private func groupSpreadTable(_ group: Group) -> TableBlock {
        let rows = metrics(of: group).compactMap { metric -> [TableCell]? in
            guard let result = analyses.distribution(of: Subject(metric: metric.name, group: group)) else { return nil }
            let words = MetricWords(metric: metric)
            let told = { (count: Int) in
                result.isHeld
                    ? TableCell(nil, reason: Wording.absence(.hidden))
                    : TableCell(NumberWords.count(count), sortKey: Double(count))
            }
            return [
                TableCell(metric.title, link: Link(path: "distributions/\(metric.name).html", text: metric.title)),
                told(result.n), told(result.missing),
                cell(result.moments) { TableCell(words.value($0.mean), sortKey: $0.mean) },
                cell(result.moments) { moments in
                    moments.sd.map { TableCell(words.spread($0), sortKey: $0) }
                        ?? TableCell(nil, reason: say("a single value"))
                },
            ]
                + [\QuantileFigures.q1, \.median, \.q3].map { path in
                    cell(result.quantiles) { TableCell(words.value($0[keyPath: path]), sortKey: $0[keyPath: path]) }
                }
        }
        return TableBlock(
            caption: say("Values of each metric, \(Wording.period(analyses.period))"),
            columns: [
                .init(say("Metric")), .init("n", isNumeric: true), .init(say("Missing"), isNumeric: true),
                .init(say("Mean"), isNumeric: true), .init(say("Standard deviation"), isNumeric: true),
                .init(say("Lower quartile"), isNumeric: true), .init(say("Median"), isNumeric: true),
                .init(say("Upper quartile"), isNumeric: true),
            ], rows: rows, export: Link(path: "exports/distributions.csv", text: say("All groups as CSV")))
    }
}

extension Finding {
    /// Whether a claim is about a group, alone or against another.
    func isAbout(_ group: Group) -> Bool {
        switch subject {
        case .metric(let subject), .intervention(_, let subject): return subject.group == group
        case .pair(_, let dimension, let a, let b):
            guard case .value(dimension, let value) = group else { return false }
            return value == a || value == b
        case .metrics(_, _, let other), .records(let other): return other == group
        }
    }
}

/// Words in file names.
enum FileWords {
    /// A name for a value: the value itself where it is short and made of lower-case letters, digits, `_` and `-`; else what
    /// remains of it and the 64-bit FNV-1a hash of its bytes, so that two values never share a file, on no file system.
    static func name(for value: String) -> String {
        let plain = value.utf8.allSatisfy {
            ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x5F || $0 == 0x2D
        }
        if plain, !value.isEmpty, value.utf8.count <= 40, value != "index" { return value }
        let kept = value.lowercased().utf8.filter { ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) }.prefix(
            20)
        let stem = String(decoding: Array(kept), as: UTF8.self)
        // A capital cannot stand in a plain name, so the two forms never meet, but some file systems ignore capitals.
        return (stem.isEmpty ? "v" : stem) + "."
            + StableHash.hexadecimal(StableHash.fnv1a(value.utf8))
    }
}
