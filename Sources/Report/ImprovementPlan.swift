import Analysis
import Charts
import Model
import Words

/// Something to do about an intervention, and the figures that say so.
private struct Advice {
    let action: String
    let figures: String
}

/// Advice: each line with the figures that it rests on, the target, the day when it is due and a box to tick.
extension ReportContext {
    func planSection() -> PageSection {
        var rows = analyses.improvements.flatMap { result in
            advice(on: result).map { advice in row(result, advice) }
        }
        let found = analyses.rollUp()
        if found.judged > 0, Double(found.claimed) < 0.3 * Double(found.judged) {
            rows.append(
                [
                    TableCell(say("All")), TableCell(say("Wait for more records, or change more")),
                    TableCell(
                        say(
                            "only \(NumberWords.count(found.claimed)) of \(NumberWords.count(found.judged)) changes stand"
                        )),
                    TableCell(nil, reason: say("no target")), TableCell(nil, reason: say("no day set")), TableCell("☐"),
                ])
        }
        guard !rows.isEmpty else {
            return PageSection(
                id: "plan", title: say("What to do"), blocks: [.prose(tell("Nothing follows from these figures."))])
        }
        return PageSection(
            id: "plan", title: say("What to do"),
            blocks: [
                .table(
                    TableBlock(
                        caption: say("Advice by rule, with the figures behind it; due is the last day in the register"),
                        columns: [
                            .init(say("Intervention")), .init(say("What to do")), .init(say("Figures")),
                            .init(say("Target"), isNumeric: true), .init(say("Due")), .init(say("Done")),
                        ], rows: rows))
            ])
    }

    private func row(_ result: ImprovementResult, _ advice: Advice) -> [TableCell] {
        let item = result.intervention
        let words = result.subject.flatMap { self.words($0.metric) }
        let target = words.flatMap { words in item.expectedChange.map { words.difference($0) } }
        return [
            TableCell(item.name), TableCell(advice.action), TableCell(advice.figures),
            TableCell(target, reason: say("no target")), TableCell(item.end?.iso, reason: say("no day set")),
            TableCell("☐"),
        ]
    }

    private func advice(on result: ImprovementResult) -> [Advice] {
        [registerAdvice(result), effectAdvice(result), outcomeAdvice(result), sharedAdvice(result)].compactMap { $0 }
            + measurementAdvice(result)
    }

    private func registerAdvice(_ result: ImprovementResult) -> Advice? {
        let item = result.intervention
        let age = item.start.distance(to: analyses.asOf)
        if item.status == .planned, age >= 0 {
            return Advice(
                action: say("Say in the register whether it has begun"), figures: say("planned for \(item.start.iso)"))
        }
        if result.subject == nil {
            return Advice(
                action: say("Name the metric that it is meant to move"), figures: say("names no known metric"))
        }
        guard isOverdue(result) else { return nil }
        return Advice(
            action: say("Complete or cancel it"),
            figures: say("open for \(NumberWords.count(age, "day", "days"))"))
    }

    /// Whether it has been open for more than `AnalysisSettings.overdueDays`.
    func isOverdue(_ result: ImprovementResult) -> Bool {
        result.intervention.isOverdue(on: analyses.asOf, after: analyses.settings.overdueDays)
    }

    private func effectAdvice(_ result: ImprovementResult) -> Advice? {
        guard let credit = result.credit.value, let words = result.subject.flatMap({ self.words($0.metric) }) else {
            return nil
        }
        let figures =
            credit.interval.map { "\(words.difference(credit.estimate, beside: $0)) (\(words.differenceInterval($0)))" }
            ?? words.difference(credit.estimate)
        if !credit.isTold {
            return Advice(
                action: say("Wait for more days, or check that it is carried out: no effect can be told"),
                figures: figures)
        }
        guard result.isClaimed(analyses.settings) else {
            return Advice(
                action: say("Wait for more days: the change does not stand after correction or against the regression"),
                figures: figures)
        }
        if let way = analyses.expectedWay(of: result), way * credit.estimate < 0 {
            return Advice(action: say("Look for the cause: the metric moves the wrong way"), figures: figures)
        }
        if let found = result.makeUp {
            let title = catalogue.dimension(named: found.dimension)?.title ?? found.dimension
            return Advice(
                action: say("Compare like with like: most of the change comes from other shares of \(title)"),
                figures: figures)
        }
        guard let share = result.targetAchievement else { return nil }
        let reached = say("\(NumberWords.percent(share, decimals: 0)) of the target: \(figures)")
        if share < 1 { return Advice(action: say("Carry on or do more: the target is not reached"), figures: reached) }
        return result.intervention.status == .active && result.intervention.end == nil
            ? Advice(action: say("Complete it: the target is reached"), figures: reached) : nil
    }

    private func outcomeAdvice(_ result: ImprovementResult) -> Advice? {
        guard result.outcome == .faded || result.outcome == .reversed else { return nil }
        return Advice(
            action: say("Look at what came after \(result.intervention.start.iso)"), figures: outcomeWords(result))
    }

    private func sharedAdvice(_ result: ImprovementResult) -> Advice? {
        guard !result.sharedWith.isEmpty else { return nil }
        return Advice(
            action: say("Judge them together, or let one begin after the other has been judged"),
            figures: say("the same days as \(result.sharedWith.joined(separator: ", "))"))
    }

    private func measurementAdvice(_ result: ImprovementResult) -> [Advice] {
        let wrong = result.measurements.filter { !$0.faults.isEmpty }
        guard let last = wrong.last else { return [] }
        return [
            Advice(
                action: say("Check the supplied measurements against the records"),
                figures: say(
                    "\(NumberWords.count(wrong.count)) of \(NumberWords.count(result.measurements.count)) do not fit, the last of \(last.measurement.day.iso)"
                ))
        ]
    }
}
