import Analysis
import Charts
import Model
import Words

/// Rates over all interventions, and for each kind and metric.
extension ReportContext {
    /// Headline figures, their gauges, and the same for each kind and metric.
    func ratesSection(ofPart isPart: Bool) -> PageSection {
        let found = analyses.rollUp()
        let rates = found.rates(level: analyses.settings.level)
        var blocks: [Block] = [.keyFigures(headline(found, rates))]
        if rates.contains(where: { $0.whole > 0 }) { blocks.append(.figure(rateGauges(rates))) }
        if let left = leftOut(found) { blocks.append(.prose(left)) }
        if !isPart { blocks += [ratesByKind(), ratesByMetric()].compactMap { $0 }.map { .table($0) } }
        return PageSection(id: "rates", title: say("Rates"), depth: .executive, blocks: blocks)
    }

    private func name(_ kind: ImprovementRate.Kind) -> String {
        switch kind {
        case .stands: say("Change stands")
        case .succeeded: say("Succeeded")
        case .target: say("Target reached")
        case .practical: say("Large enough to matter")
        }
    }

    private func note(_ kind: ImprovementRate.Kind) -> String {
        switch kind {
        case .stands:
            say(
                "by days, against the records outside the group where there are some, after correction over the whole report, and confirmed by segmented regression where it is possible"
            )
        case .succeeded: say("the change stands, goes the expected way and is not mostly another make-up")
        case .target: say("of those with an expected change")
        case .practical:
            say(
                "at least \(NumberWords.exactly(analyses.settings.effectSteps.small)) standard deviations of the records, in the expected way where there is one"
            )
        }
    }

    private func share(_ rate: ImprovementRate) -> String? {
        rate.whole > 0 ? say("\(NumberWords.count(rate.part)) of \(NumberWords.count(rate.whole))") : nil
    }

    private func headline(_ found: ImprovementRollUp, _ rates: [ImprovementRate]) -> [KeyFigure] {
        rates.map { rate in
            KeyFigure(
                label: name(rate.kind), value: share(rate),
                note: rate.whole > 0 ? note(rate.kind) : say("none could be judged"))
        } + [
            KeyFigure(
                label: say("Mean effect"), value: found.meanEffect.map { NumberText.fixed($0, decimals: 2) },
                note: say("standard deviations in the expected way"))
        ]
    }

    /// One bar for each rate with its interval, and the steps by which rates are read.
    private func rateGauges(_ rates: [ImprovementRate]) -> FigureBlock {
        let shown = rates.filter { $0.whole > 0 }
        let percent = { (part: Double) in part * 100 }
        let bars = shown.enumerated().map { slot, rate in
            Mark.Estimate(
                slot: Double(slot), value: percent(Double(rate.part) / Double(rate.whole)),
                low: rate.interval.map { percent($0.low) }, high: rate.interval.map { percent($0.high) },
                text: "\(name(rate.kind)): \(share(rate) ?? "")")
        }
        let rows = shown.map { rate in
            [
                TableCell(name(rate.kind)), TableCell(NumberWords.count(rate.part)),
                TableCell(NumberWords.count(rate.whole)),
                TableCell(NumberWords.percent(Double(rate.part) / Double(rate.whole), decimals: 0)),
                TableCell(
                    rate.interval.map {
                        say(
                            "\(NumberWords.percent($0.low, decimals: 0)) to \(NumberWords.percent($0.high, decimals: 0))"
                        )
                    }),
            ]
        }
        return FigureBlock(
            figure: Figure(
                title: say("Rates of interventions"),
                description: shown.map { "\(name($0.kind)): \(share($0) ?? "")" }.joined(separator: "; ") + ".",
                size: .rows(shown.count),
                x: Axis(title: say("Share"), unit: "%", scale: .linear(domain: 0...100, includesZero: true)),
                y: Axis(title: "", scale: .names(shown.map { name($0.kind) })),
                marks: [50, 80, 90].map { .rule(at: $0, vertical: true, tone: .muted, label: nil) } + [
                    .bars(bars, tone: .series(1))
                ]),
            caption: caption(
                say("whiskers are Wilson’s interval of the share"), say("lines at 50, 80 and 90 %")),
            data: TableBlock(
                caption: say("Rates of interventions"),
                columns: [
                    .init(say("Rate")), .init(say("Number"), isNumeric: true), .init(say("Of"), isNumeric: true),
                    .init(say("Share"), isNumeric: true),
                    .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
                ], rows: rows))
    }

    private func leftOut(_ found: ImprovementRollUp) -> Prose? {
        guard found.idle > 0 || found.shared > 0 else { return nil }
        return tell(
            "In no rate: \(NumberWords.count(found.idle)) cancelled or not begun, \(NumberWords.count(found.shared)) whose effect cannot be told from that of another."
        )
    }

    private func ratesByKind() -> TableBlock? {
        let parts = analyses.registerParts.filter { if case .kind = $0 { true } else { false } }
        return parts.isEmpty ? nil : rateTable(say("Rates by kind of intervention"), say("Kind"), parts)
    }

    private func ratesByMetric() -> TableBlock? {
        let parts = analyses.registerParts.filter { if case .metric = $0 { true } else { false } }
        return parts.isEmpty ? nil : rateTable(say("Rates by metric"), say("Metric"), parts)
    }

    private func rateTable(_ title: String, _ first: String, _ parts: [RegisterPart]) -> TableBlock {
        TableBlock(
            caption: title,
            columns: [.init(first), .init(say("Interventions"), isNumeric: true)]
                + ImprovementRate.Kind.allCases.map { .init(name($0), isNumeric: true) }
                + [.init(say("Mean effect"), isNumeric: true)],
            rows: parts.map { part in
                let found = analyses.rollUp(of: part)
                let name = name(of: part)
                return [
                    TableCell(
                        name, reason: say("no kind"),
                        link: registerPath(part).map { Link(path: $0, text: name ?? say("no kind")) }),
                    TableCell(NumberWords.count(found.interventions)),
                ]
                    + found.rates(level: analyses.settings.level).map { rate in
                        // The reason stands once in a row: with it in every cell the table is wider than the page.
                        TableCell(
                            share(rate), sortKey: rate.whole > 0 ? Double(rate.part) / Double(rate.whole) : nil,
                            reason: rate.kind == .stands ? say("none could be judged") : nil)
                    }
                    + [
                        TableCell(
                            found.meanEffect.map { NumberText.fixed($0, decimals: 2) }, sortKey: found.meanEffect)
                    ]
            }, export: Link(path: "exports/improvement-rates.csv", text: say("All rates as CSV")))
    }
}
