import Analysis
import Charts
import Model
import Words

/// Rates, timeline, follow-ups and segmented regressions of interventions.
extension ReportContext {
    /// What stands above the register: rates over all interventions and their timeline.
    ///
    /// - Parameter isPart: whether only some interventions are told of, whose rates are not parted further.
    func improvementOverview(ofPart isPart: Bool = false) -> [PageSection] {
        [
            ratesSection(ofPart: isPart),
            PageSection(id: "timeline", title: say("Timeline"), blocks: [.figure(timeline())]),
        ]
    }

    /// What stands below: follow-ups and one section for each intervention with a segmented regression.
    func improvementDetails() -> [PageSection] {
        [followUpSection()] + analyses.improvements.compactMap(segmentedSection) + [planSection()]
    }

    func timeline() -> FigureBlock {
        let asOf = analyses.asOf
        let shown = analyses.improvements.suffix(30)
        let first = shown.map(\.intervention.start).min() ?? asOf
        // What is planned begins behind the report's day.
        let last = max(asOf, shown.map { $0.intervention.end ?? $0.intervention.start }.max() ?? asOf)
        let estimates = shown.enumerated().map { slot, result in
            let item = result.intervention
            let end = item.end ?? max(asOf, item.start)
            return Mark.Estimate(
                slot: Double(slot), value: Double(item.start.number), low: Double(item.start.number),
                high: Double(end.number), tone: item.status == .cancelled ? .muted : .series(1),
                text: say("\(item.name): \(say(word: item.status.rawValue)) from \(item.start.iso)"))
        }
        let overdue = shown.filter(isOverdue)
        let figure = Figure(
            title: say("Interventions in time"),
            description: shown.map {
                say(
                    "\($0.intervention.name): \(say(word: $0.intervention.status.rawValue)), \($0.intervention.start.iso) to \($0.intervention.end?.iso ?? say("open"))"
                )
            }.joined(separator: "; ") + ".",
            size: .rows(shown.count), x: Axis(title: say("Day"), scale: DateTicks.scale(from: first, to: last)),
            y: Axis(title: "", scale: .names(shown.map(\.intervention.name))),
            marks: [.intervals(estimates, tone: .series(1))])
        let rows = shown.map { result in
            [
                TableCell(result.intervention.name), TableCell(Wording.title(ofKey: result.intervention.kind)),
                TableCell(
                    result.subject.flatMap { catalogue.metric(named: $0.metric)?.title },
                    reason: say("names no known metric")),
                TableCell(say(word: result.intervention.status.rawValue)), TableCell(result.intervention.start.iso),
                TableCell(result.intervention.end?.iso, reason: say("open")),
                TableCell(isOverdue(result) ? say("overdue") : nil, tone: isOverdue(result) ? .bad : .muted),
            ]
        }
        let late =
            overdue.isEmpty
            ? say("none is overdue")
            : say(
                "open for more than \(NumberWords.count(analyses.settings.overdueDays)) days: \(overdue.map(\.intervention.name).joined(separator: ", "))"
            )
        return FigureBlock(
            figure: figure, caption: caption(say("A dot at the start, a line to the end or the report’s day"), late),
            data: TableBlock(
                caption: say("Register"),
                columns: [
                    .init(say("Intervention")), .init(say("Kind")), .init(say("Metric")), .init(say("Status")),
                    .init(say("Start")), .init(say("End")), .init(say("Overdue")),
                ],
                rows: rows, export: Link(path: "exports/improvements.csv", text: "CSV")))
    }

    /// What has become of a change, and after how many days that was seen.
    func outcomeWords(_ result: ImprovementResult) -> String {
        let days = result.seenFollowUps.map { String($0) }.joined(separator: ", ")
        switch result.outcome {
        case .held:
            let way = (analyses.expectedWay(of: result) ?? 0) * (result.credit.value?.estimate ?? 0)
            return way < 0
                ? say("held, the wrong way (seen after \(days) days)") : say("held (seen after \(days) days)")
        case .faded: return say("faded (seen after \(days) days)")
        case .reversed: return say("reversed (seen after \(days) days)")
        case .unclear: return say("unclear (seen after \(days) days)")
        case .insufficient:
            if result.isIdle { return result.figures.absence.map(Wording.absence) ?? "" }
            return say("too little data")
        }
    }

    /// The difference with its interval, or alone where no day leaves the level of its side.
    private func followUpCell(_ followUp: FollowUp, _ words: MetricWords?) -> TableCell {
        guard followUp.change.value == nil, let difference = followUp.difference else {
            return cell(followUp.change) { change in
                TableCell(
                    words.map {
                        "\($0.difference(change.difference, beside: change.interval)) (\($0.differenceInterval(change.interval)))"
                    }, sortKey: change.difference)
            }
        }
        return TableCell(words?.difference(difference), sortKey: difference)
    }

    private func followUpSection() -> PageSection {
        let rows = analyses.improvements.map { result -> [TableCell] in
            let words = result.subject.flatMap { self.words($0.metric) }
            return [TableCell(result.intervention.name), TableCell(outcomeWords(result))]
                + result.followUps.map { followUp in
                    followUpCell(followUp, words)
                }
                + [
                    cell(result.baselineShift) {
                        TableCell(NumberText.fixed($0, decimals: 1), sortKey: $0)
                    }
                ]
        }
        let days = NumberWords.count(analyses.settings.currentDays)
        return PageSection(
            id: "follow-up", title: say("What is left of it"),
            blocks: [
                .table(
                    TableBlock(
                        caption: say("The \(days) days up to each follow-up less the baseline"),
                        columns: [.init(say("Intervention")), .init(say("Outcome"))]
                            + analyses.settings.followUpDays.map { .init(say("After \($0) days"), isNumeric: true) }
                            + [.init(say("Baseline against earlier, SD"), isNumeric: true)],
                        rows: rows)),
                .prose(
                    tell(
                        "Where a group leaves records outside, their change over the same days is taken off. Held or reversed: the interval of the newest follow-up excludes 0. Faded: it contains 0, and the days of that follow-up differ from those of the first one that shows a change, against its way. Unclear: it contains 0 without that, which is no sign that the change became smaller. A segmented regression has to find a jump or another slope at the start."
                    )
                ),
                .prose(
                    tell(
                        "The last column says how far the baseline itself lay from the weeks before it, in standard deviations of daily means. Where it lay on the bad side, part of a later rise is what would have come anyway (regression towards the mean)."
                    )
                ),
            ])
    }

    private func segmentedSection(_ result: ImprovementResult) -> PageSection? {
        guard !result.isIdle, let subject = result.subject, let words = words(subject.metric) else { return nil }
        let id = "s-" + String(result.intervention.id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        let title = say("\(result.intervention.name): level and slope")
        guard let found = result.segmented.value else {
            return PageSection(
                id: id, title: title,
                blocks: [
                    .notice(
                        tell(
                            "No segmented regression: \(result.segmented.absence.map(Wording.absence) ?? say("no values"))."
                        )
                    )
                ])
        }
        var rows = [(say("Level at the start"), found.level), (say("Slope per day"), found.slope)].map { name, term in
            [
                TableCell(name),
                TableCell(words.difference(term.estimate, beside: term.interval), sortKey: term.estimate),
                TableCell(words.differenceInterval(term.interval), sortKey: term.interval.low),
                TableCell(NumberWords.bareP(term.test.p), sortKey: term.test.p),
            ]
        }
        if let control = result.control.value {
            rows.append([
                TableCell(say("Change in scope less change outside (difference in differences)")),
                TableCell(words.difference(control.estimate, beside: control.interval), sortKey: control.estimate),
                TableCell(words.differenceInterval(control.interval), sortKey: control.interval.low),
                TableCell(NumberWords.bareP(control.test.p), sortKey: control.test.p),
            ])
        }
        let table = TableBlock(
            caption:
                say(
                    "\(result.intervention.name): change of level and slope, \(Wording.period(found.period)), \(NumberWords.count(found.days)) days; each day may depend on the one before (Prais and Winsten)"
                ),
            columns: [
                .init(say("Change")), .init(say("Estimate"), isNumeric: true),
                .init(say("\(NumberWords.level(analyses.settings.level)) interval"), isNumeric: true),
                .init("p", isNumeric: true),
            ], rows: rows)
        var blocks: [Block] = [.table(table)]
        if let figure = counterfactualFigure(subject, found, words) { blocks.insert(.figure(figure), at: 0) }
        return PageSection(id: id, title: title, blocks: blocks)
    }

    private func counterfactualFigure(
        _ subject: Subject, _ found: SegmentedFigures, _ words: MetricWords
    ) -> FigureBlock? {
        guard var block = seriesFigure(subject, grain: .day) else { return nil }
        let x = { (point: CounterfactualPoint) in Double(point.day.number) }
        block.figure.marks += [
            .band(
                found.counterfactual.map {
                    .init(x: x($0), low: words.onAxis($0.interval.low), high: words.onAxis($0.interval.high))
                }, tone: .series(3)),
            .line(
                found.counterfactual.map { .init(x: x($0), y: words.onAxis($0.value)) }, tone: .series(3), dashed: true,
                label: say("without it")),
        ]
        block.figure.title += say(", with and without")
        let size = words.difference(abs(found.meanEffect)).replacing("+", with: "")
        block.figure.description +=
            found.meanEffect > 0
            ? say(" Had the line before gone on, the mean since the start would be lower by \(size).")
            : say(" Had the line before gone on, the mean since the start would be higher by \(size).")
        return block
    }
}
