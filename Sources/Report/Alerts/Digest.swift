import Analysis
import Charts
import Model
import Words

/// The report in a few lines, to be sent as a mail: no style sheet, no script, nothing to load.
extension ReportContext {
    /// Alerts as JSON and the digest in three forms, by their path below the run's folder.
    var documents: [(path: String, bytes: [UInt8])] {
        let digest = digest
        var files: [(path: String, bytes: [UInt8])] = [
            ("digest.txt", digest.bytes(.text)), ("digest.md", digest.bytes(.markdown)),
            ("digest.html", digest.mail(links: digestLinks)),
        ]
        if let learning = analyses.learning {
            files.append(
                (
                    "exports/learning.json",
                    LearningExports(learning: learning, run: input.run, level: analyses.settings.level).document
                        .asSummary
                ))
        }
        if !analyses.alerts.rules.isEmpty || analyses.points != nil {
            files.append(("alerts.json", alertDocument.pretty))
        }
        if let privacyDocument { files.append(("privacy.json", privacyDocument.pretty)) }
        return files
    }

    private var digestLinks: [Link] {
        [Link(path: "index.html", text: say("Report"))]
            + (analyses.alerts.rules.isEmpty ? [] : [Link(path: "alerts/index.html", text: say("Alerts"))])
            + (analyses.kpis.isEmpty ? [] : [Link(path: "kpis/index.html", text: say("KPIs"))])
    }

    /// Verdict, freshness, alerts, KPIs, tests, the weightiest findings and where the report stands.
    var digest: AnswerSheet {
        var sentences = [verdict().plain, freshness(isLinked: false).plain]
        let alerts = analyses.alerts
        if !alerts.rules.isEmpty {
            sentences.append(alertVerdict().plain)
            sentences += alerts.firing.prefix(10).map { result in
                let isNew = result.state(on: alertReference).firing == nil
                return
                    "\(say(word: (result.state.firing ?? .note).rawValue).capitalizedFirst), \(isNew ? say("new") : say("ongoing")): \(claim(result))"
            }
            let recovered = alerts.recovered(since: alertReference)
            if !recovered.isEmpty {
                sentences.append(say("Recovered: \(recovered.prefix(10).map { name($0) }.joined(separator: "; "))."))
            }
        }
        let metrics = Prose(pointVerdict()).ended.plain
        if !metrics.isEmpty { sentences.append(metrics) }
        sentences += (analyses.points?.firing ?? []).prefix(10).map {
            "\($0.level == .critical ? say("Critical") : say("Warning")): \($0.title)"
        }
        if !analyses.kpis.isEmpty { sentences.append(say("KPIs: \(kpiVerdict().plain)")) }
        if let validation { sentences.append(say("Validation: \(validation.lead.plain)")) }
        if let failing = validation?.newlyFailing { sentences.append(failing) }
        sentences += changesFirst.prefix(3).map { finding in
            let item = item(finding)
            return say("Finding: \(item.claim.plain) \(item.evidence)")
        }
        let address = "runs/\(analyses.asOf.iso)/index.html"
        sentences.append(
            input.address.map { say("The report: \($0 + address)") }
                ?? say("The report lies in the site under \(address)."))
        return AnswerSheet(
            title: "\(input.run.title), \(Wording.day(analyses.asOf))", sentences: sentences,
            tables: analyses.kpis.isEmpty ? [] : [digestTable], json: alertDocument,
            csv: kpiRows)
    }

    /// Findings of changes before those of what stands, each by weight: a digest is read for what is new.
    private var changesFirst: [Finding] {
        let changes: Set<Finding.Kind> = [.trend, .levelShift, .recentChange, .nightChange, .volume, .intervention]
        let events = analyses.events
        return events.filter { changes.contains($0.kind) } + events.filter { !changes.contains($0.kind) }
    }

    private var digestTable: TableBlock {
        TableBlock(
            caption: say("KPIs"),
            columns: [
                .init(say("KPI")), .init(say("Value"), isNumeric: true), .init(say("Target")), .init(say("Verdict")),
            ],
            rows: analyses.kpis.map { result in
                let words = KPIWords(result, catalogue)
                return [
                    TableCell(result.kpi.title),
                    cell(result.figure) { TableCell(words.statistic.value($0.value), sortKey: $0.value) },
                    TableCell(words.target), TableCell(words.verdict.word),
                ]
            })
    }
}
