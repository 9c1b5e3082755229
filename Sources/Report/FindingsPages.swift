import Analysis
import Model
import Words

extension ReportContext {
    /// All findings, fifty a page: events by weight, then the claims that are part of them; the first page has the
    /// account of tests.
    func findingsPages() -> [Page] {
        let items = listedFindings()
        let size = 50
        let count = max(1, (items.count + size - 1) / size)
        let path = { (number: Int) in number == 0 ? "findings/index.html" : "findings/page-\(number + 1).html" }
        let title = { (number: Int) in number == 0 ? say("Findings") : say("Findings, page \(number + 1)") }
        let link = { (number: Int) in
            (0..<count).contains(number) ? Link(path: path(number), text: say("Findings, page \(number + 1)")) : nil
        }
        return (0..<count).map { number in
            let shown = items.dropFirst(number * size).prefix(size)
            return Page(
                path: path(number), kind: "analysis", title: title(number), lead: accountOfFindings(), crumbs: [home],
                previous: link(number - 1), next: link(number + 1),
                sections: findingSections(shown) + (number == 0 ? [ledgerSection()] : []),
                alternates: [
                    Link(path: "exports/findings.csv", text: "CSV"), Link(path: "summary.json", text: "JSON"),
                ])
        }
    }

    private typealias ListedFinding = (isPart: Bool, item: FindingItem)

    /// Events in order of weight, then their parts in the order of the events.
    private func listedFindings() -> [ListedFinding] {
        let events = analyses.events
        let place = Dictionary(events.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let parts = analyses.findings.compactMap { finding in
            finding.partOf.flatMap { place[$0] }.map { (place: $0, finding: finding) }
        }
        let ordered = parts.enumerated().sorted {
            ($0.element.place, $0.offset) < ($1.element.place, $1.offset)
        }
        return events.map { (isPart: false, item: item($0)) }
            + ordered.map { (isPart: true, item: item($0.element.finding, partOf: events[$0.element.place])) }
    }

    private func findingSections(_ shown: ArraySlice<ListedFinding>) -> [PageSection] {
        guard !shown.isEmpty else {
            return [
                PageSection(
                    id: "all", title: say("By weight"), depth: .executive, blocks: [.prose(tell("Nothing stands out."))]
                )
            ]
        }
        return [(false, "all", say("By weight")), (true, "parts", say("Told of parts and other groups as well"))]
            .compactMap {
                (isPart, id, title) in
                let own = shown.filter { $0.isPart == isPart }.map(\.item)
                return own.isEmpty
                    ? nil : PageSection(id: id, title: title, depth: .executive, blocks: [.findings(own)])
            }
    }

    private func accountOfFindings() -> Prose {
        let events = analyses.findings.count { $0.partOf == nil }
        let parts = analyses.findings.count - events
        return parts == 0
            ? tell(
                "\(NumberWords.count(events, "finding stands", "findings stand")) after correction over \(NumberWords.count(analyses.ledger.tests, "test", "tests"))."
            )
            : tell(
                "\(NumberWords.count(events, "finding stands", "findings stand")) after correction over \(NumberWords.count(analyses.ledger.tests, "test", "tests")), and \(NumberWords.count(parts, "claim tells", "claims tell")) the same of parts or other groups."
            )
    }

    private func ledgerSection() -> PageSection {
        let ledger = analyses.ledger
        let rows = ledger.families.map { family in
            [
                TableCell(
                    say(word: family.kind.rawValue.split(separator: "_").joined(separator: " ")).capitalizedFirst),
                TableCell(NumberWords.count(family.tests), sortKey: Double(family.tests)),
                TableCell(NumberWords.count(family.rejected), sortKey: Double(family.rejected)),
            ]
        }
        return PageSection(
            id: "account", title: say("Account of tests"), depth: .technical,
            blocks: [
                .table(
                    TableBlock(
                        caption: say("Benjamini–Hochberg over all tests, α = \(NumberWords.exactly(ledger.alpha))"),
                        columns: [
                            .init(say("Question")), .init(say("Tests"), isNumeric: true),
                            .init(say("Standing"), isNumeric: true),
                        ], rows: rows))
            ])
    }
}
