import Analysis
import Model
import Words

/// The register by kind and by metric: what a filter would leave, as pages that need no script.
extension ReportContext {
    /// A page for each kind and metric of interventions, where there are several.
    func registerPages() -> [Page] {
        analyses.registerParts.compactMap { part in
            guard let path = registerPath(part) else { return nil }
            var own = input
            own.analyses.improvements = analyses.improvements.filter { part.holds($0.intervention) }
            return ReportContext(input: own).registerPage(name(of: part) ?? say("no kind"), path)
        }
    }

    private func registerPage(_ name: String, _ path: String) -> Page {
        let isOverdue = analyses.improvements.count(where: isOverdue)
        return Page(
            path: path, kind: "analysis", title: say("Improvements: \(name)"),
            lead: tell(
                "\(NumberWords.count(analyses.improvements.count, "intervention", "interventions")), \(NumberWords.count(isOverdue)) of them open for more than \(NumberWords.count(analyses.settings.overdueDays)) days."
            ),
            crumbs: [home, Link(path: "improvements/index.html", text: say("Improvements"))],
            sections: improvementOverview(ofPart: true) + [registerSection()],
            alternates: [Link(path: "exports/improvements.csv", text: "CSV"), Link(path: "summary.json", text: "JSON")])
    }

    /// What the interventions of a part have in common; nil for a kind that has no name.
    func name(of part: RegisterPart) -> String? {
        switch part {
        case .all: say("All")
        case .kind(let kind): kind.isEmpty ? nil : Wording.title(ofKey: kind)
        case .metric(let metric): catalogue.metric(named: metric)?.title ?? metric
        }
    }

    private func plain(_ kind: String) -> String {
        String(kind.lowercased().prefix(40).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    }

    /// Where the page of a part stands; nil for all interventions.
    func registerPath(_ part: RegisterPart) -> String? {
        guard let place = analyses.registerParts.firstIndex(of: part) else { return nil }
        switch part {
        case .all: return nil
        case .metric(let metric): return "improvements/metric-\(metric).html"
        case .kind(let kind):
            // Kinds are texts of the export: two may differ in nothing but what no path has.
            let alike = analyses.registerParts[..<place].count { other in
                if case .kind(let name) = other { plain(name) == plain(kind) } else { false }
            }
            return "improvements/kind-\(plain(kind))\(alike == 0 ? "" : "-\(alike + 1)").html"
        }
    }
}

extension Exports {
    /// The rates of interventions: of all, of each kind and of each metric.
    var improvementRates: CSVTable {
        let analyses = context.analyses
        let rows = analyses.registerParts.flatMap { part -> [[CSVTable.Cell]] in
            let (by, name): (String, String) =
                switch part {
                case .all: ("all", "")
                case .kind(let kind): ("kind", kind)
                case .metric(let metric): ("metric", metric)
                }
            let found = analyses.rollUp(of: part)
            return found.rates(level: analyses.settings.level).map { rate in
                [
                    .text(by), .text(name), .int(found.interventions), .int(found.idle), .int(found.shared),
                    .int(found.judged), .text(rate.kind.rawValue), .int(rate.part), .int(rate.whole),
                    .number(rate.whole > 0 ? Double(rate.part) / Double(rate.whole) : nil),
                    .number(rate.interval?.low), .number(rate.interval?.high), .number(found.meanEffect),
                ]
            }
        }
        return CSVTable(
            columns: [
                "by", "name", "interventions", "idle", "shared", "judged", "rate", "count", "of", "share", "low",
                "high",
                "mean_effect",
            ], rows: rows)
    }
}
