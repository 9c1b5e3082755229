import Analysis
import Charts
import Model
import Words

extension ReportContext {
    /// Interventions before and after; nil where none is registered.
    func improvementPage() -> Page? {
        guard !analyses.improvements.isEmpty else { return nil }
        return Page(
            path: "improvements/index.html", kind: "analysis", title: say("Improvements"),
            lead: tell(
                "\(NumberWords.count(analyses.improvements.count, "intervention", "interventions")) registered; each is judged by days before against days after, not by records alone."
            ),
            crumbs: [home],
            sections: improvementOverview() + [registerSection()] + improvementDetails()
                + [measurementSection()].compactMap { $0 },
            alternates: [Link(path: "exports/improvements.csv", text: "CSV"), Link(path: "summary.json", text: "JSON")])
    }

    /// What each intervention is credited with, and the figures before and after.
    func registerSection() -> PageSection {
        let level = NumberWords.level(analyses.settings.level)
        let credited = TableBlock(
            caption: say("What each is credited with"),
            columns: [
                .init(say("Intervention")), .init(say("Metric")), .init(say("Change stands")),
                .init(say("Effect"), isNumeric: true), .init(say("\(level) interval, by day"), isNumeric: true),
                .init(say("Share of the target"), isNumeric: true),
                .init(say("p by day, whole report"), isNumeric: true), .init(say("Kind and status")),
            ], rows: analyses.improvements.map(creditRow), export: Link(path: "exports/improvements.csv", text: "CSV"))
        let figures = TableBlock(
            caption:
                say(
                    "Baseline: those of the \(NumberWords.count(analyses.settings.baselineDays)) days before the start that have values; after: from the start to the end or to this report’s day"
                ),
            columns: [
                .init(say("Intervention")), .init(say("Before"), isNumeric: true), .init(say("After"), isNumeric: true),
                .init(say("After − before"), isNumeric: true),
                .init(say("\(level) interval, by day"), isNumeric: true),
                .init(say("Change outside"), isNumeric: true), .init(say("Jump or other slope")),
            ], rows: analyses.improvements.map(figureRow))
        let notices: [Block] = analyses.improvements.flatMap { result in
            [sharedNotice(result), makeUpNotice(result)].compactMap { $0 }
        }
        return PageSection(
            id: "register", title: say("Before and after"), depth: .executive,
            blocks: [.table(credited)] + notices + [
                .prose(
                    tell(
                        "Credited is the change less that of the records outside the group over the same days, where there are such, else after − before. Days count as the records of the group on them do, in the change outside, too; days without records outside are left out. The change stands where days differ after correction over the whole report and segmented regression finds a jump or another slope of the same sign. What weekdays add is taken out of days where the \(NumberWords.count(analyses.settings.wholeWeeks)) days or more before the start tell it."
                    )),
                .table(figures),
                .prose(
                    tell(
                        "A value that was chosen because it was bad tends to get better by itself: a difference after an intervention is not yet its effect."
                    )
                ),
            ])
    }

    private func sharedNotice(_ result: ImprovementResult) -> Block? {
        guard !result.sharedWith.isEmpty else { return nil }
        return .notice(
            tell(
                "\(result.intervention.name) (\(result.intervention.id)) cannot be told from \(result.sharedWith.joined(separator: ", ")): on the same metric, begun or ended within the days compared. It is in no rate."
            ))
    }

    private func metricCell(_ result: ImprovementResult) -> TableCell {
        guard let subject = result.subject, let metric = catalogue.metric(named: subject.metric) else {
            return TableCell(nil, reason: say("names no known metric"))
        }
        return TableCell(
            metric.title + (subject.group == .all ? "" : " (\(Wording.group(subject.group, catalogue)))"))
    }

    private func creditRow(_ result: ImprovementResult) -> [TableCell] {
        let item = result.intervention
        let status = say(word: item.status.rawValue)
        let ends = [TableCell(item.kind.isEmpty ? status : "\(Wording.title(ofKey: item.kind)), \(status)")]
        guard let words = result.subject.flatMap({ self.words($0.metric) }), let credit = result.credit.value else {
            let absence = result.credit.absence
            let reason = absence == .notDeclared ? say("names no known metric") : absence.map(Wording.absence)
            return [TableCell(item.name), metricCell(result), TableCell(nil, reason: reason)]
                + Array(repeating: TableCell(nil), count: 4) + ends
        }
        let stands = result.isClaimed(analyses.settings)
        return [
            TableCell(item.name), metricCell(result),
            TableCell(
                stands ? result.makeUp == nil ? say("yes") : say("yes, mostly another make-up") : say("no")),
            TableCell(
                credit.interval.map { words.difference(credit.estimate, beside: $0) }
                    ?? words.difference(credit.estimate), sortKey: credit.estimate,
                tone: stands ? Wording.tone(of: credit.estimate, for: words.metric) : .muted),
            TableCell(
                credit.interval.map { words.differenceInterval($0) }, sortKey: credit.interval?.low,
                reason: credit.intervalAbsence.map(Wording.absence)),
            targetCell(result, credit),
            TableCell(NumberWords.bareP(credit.test.pAdjusted ?? credit.test.p), sortKey: credit.test.p),
        ] + ends
    }

    /// The share of the target; none is told where no effect can be, or where it goes the other way.
    private func targetCell(_ result: ImprovementResult, _ credit: CreditedEffect) -> TableCell {
        guard let share = result.targetAchievement else { return TableCell(nil, reason: say("no target")) }
        if !credit.isTold { return TableCell(nil, reason: say("no effect can be told")) }
        if share < 0 { return TableCell(nil, reason: say("goes the other way")) }
        let text = NumberWords.percent(share, decimals: 0)
        return TableCell(result.makeUp == nil ? text : say("\(text), mostly another make-up"), sortKey: share)
    }

    private func figureRow(_ result: ImprovementResult) -> [TableCell] {
        guard let words = result.subject.flatMap({ self.words($0.metric) }), let figures = result.figures.value else {
            let absence = result.figures.absence
            let reason = absence == .notDeclared ? say("names no known metric") : absence.map(Wording.absence)
            return [TableCell(result.intervention.name), TableCell(nil, reason: reason)]
                + Array(repeating: TableCell(nil), count: 5)
        }
        let width = figures.interval.map { $0.high - $0.low }
        let mean = { (mean: PeriodMean) in
            TableCell(
                "\(words.value(mean.mean, resolving: width)) (n = \(NumberWords.count(mean.n)))", sortKey: mean.mean)
        }
        return [
            TableCell(result.intervention.name), mean(figures.before), mean(figures.after),
            TableCell(words.difference(figures.difference, resolving: width), sortKey: figures.difference),
            cell(figures.byDay) { TableCell(words.differenceInterval($0.interval), sortKey: $0.interval.low) },
            result.subject?.group == .all
                ? TableCell(nil, reason: say("no records outside"))
                : cell(result.control) {
                    TableCell(words.difference($0.controlChange, resolving: width), sortKey: $0.controlChange)
                },
            TableCell(
                result.isConfirmed(analyses.settings).map { $0 ? say("found") : say("not found") },
                reason: result.segmented.absence.map(Wording.absence) ?? say("not known")),
        ]
    }

    private func measurementSection() -> PageSection? {
        let rows =
            analyses.improvements.flatMap { result in
                result.measurements.map { measurementRow(result, $0) }
            }
            + analyses.strayMeasurements.map { stray in
                [TableCell(stray.intervention), TableCell(stray.day.iso)] + Array(repeating: TableCell(nil), count: 4)
                    + [TableCell(say("not in the register"), tone: .bad)]
            }
        guard !rows.isEmpty else { return nil }
        let shown = rows.suffix(60)
        return PageSection(
            id: "measurements", title: say("Supplied measurements"),
            blocks: [
                .table(
                    TableBlock(
                        caption:
                            say(
                                "Measurements that came with the exports, beside what the records say: a change since the start, or a value alone against the mean of its day"
                            )
                            + (shown.count < rows.count
                                ? say("; \(shown.count) of \(NumberWords.count(rows.count))") : ""),
                        columns: [
                            .init(say("Intervention")), .init(say("Day")),
                            .init(say("Supplied"), isNumeric: true), .init(say("Ours"), isNumeric: true),
                            .init(say("Interval of ours"), isNumeric: true),
                            .init(say("n, supplied of ours"), isNumeric: true), .init(say("Judgement")),
                        ], rows: Array(shown),
                        export: Link(path: "exports/measurements.csv", text: say("All measurements as CSV"))))
            ])
    }

    private func measurementRow(_ result: ImprovementResult, _ check: MeasurementCheck) -> [TableCell] {
        let first = [TableCell(result.intervention.name), TableCell(check.measurement.day.iso)]
        guard let words = result.subject.flatMap({ self.words($0.metric) }) else {
            return first + Array(repeating: TableCell(nil), count: 4) + [TableCell(say("names no known metric"))]
        }
        return first + measuredCells(check, words) + [
            TableCell(
                check.measurement.sampleSize.map {
                    say("\(NumberWords.count($0)) of \(NumberWords.count(check.ownRecords))")
                },
                reason: say("not supplied")),
            judgement(check),
        ]
    }

    /// What was supplied, ours, and the interval of ours.
    private func measuredCells(_ check: MeasurementCheck, _ words: MetricWords) -> [TableCell] {
        if let supplied = check.suppliedChange {
            return [
                TableCell(words.difference(supplied), sortKey: supplied),
                cell(check.ownChange) { TableCell(words.difference($0.difference), sortKey: $0.difference) },
                cell(check.ownChange) { TableCell(words.differenceInterval($0.interval), sortKey: $0.interval.low) },
            ]
        }
        let interval = check.ownValue.value?.interval
        return [
            check.measurement.current.map { TableCell(words.value($0), sortKey: $0) }
                ?? TableCell(nil, reason: say("not supplied")),
            cell(check.ownValue) { TableCell(words.value($0.mean), sortKey: $0.mean) },
            TableCell(
                interval.map { words.interval($0) }, sortKey: interval?.low,
                reason: check.ownValue.absence.map(Wording.absence)),
        ]
    }

    private func judgement(_ check: MeasurementCheck) -> TableCell {
        let faults = check.faults.map { fault in
            switch fault {
            case .change, .value: say("contradicts ours")
            case .arithmetic: say("the change is not current − baseline")
            case .records: say("another n than the records have")
            }
        }
        if !faults.isEmpty { return TableCell(faults.joined(separator: "; "), tone: .bad) }
        return check.isComparable
            ? TableCell(say("fits ours"), tone: .muted) : TableCell(nil, reason: say("cannot be compared"))
    }
}
