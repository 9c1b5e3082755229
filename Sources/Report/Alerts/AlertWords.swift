import Analysis
import Charts
import Model
import Words

/// The words for one rule under the terms of a group.
struct AlertWords {
    let rule: AlertRule
    let terms: AlertTerms
    let metric: Metric?

    init(_ rule: AlertRule, _ terms: AlertTerms, _ catalogue: Catalogue) {
        self.rule = rule
        self.terms = terms
        metric = rule.metric.flatMap { catalogue.metric(named: $0) }
    }

    /// Words for the statistic itself.
    var statistic: StatisticWords { StatisticWords(statistic: terms.statistic, metric: metric) }

    /// What is watched: "95th percentile of Response time".
    var subject: String {
        switch terms.condition {
        case .freshness: metric.map { say("Age of the newest \($0.title)") } ?? say("Age of the newest record")
        case .absence: metric.map { say("Nights without \($0.title)") } ?? say("Nights without a record")
        default: statistic.title
        }
    }

    /// A value as the rule reads it.
    func value(_ value: Double) -> String {
        switch terms.condition {
        case .freshness: NumberWords.count(Int(value), "day", "days")
        case .absence: NumberWords.count(Int(value), "night", "nights")
        default: statistic.value(value)
        }
    }

    /// What makes a breach: "above 2.5 s (warning) or 4 s (critical)".
    var condition: String {
        let limits = terms.levels.map { "\(limit($0.limit)) (\(say(word: $0.severity.rawValue)))" }.joined(
            separator: ", ")
        let side = { (bad: LimitSide?, of: String) in
            bad.map { $0 == .above ? say("above \(of)") : say("below \(of)") } ?? say("away from \(of)")
        }
        switch terms.condition {
        case .limit(let side): return "\(say(word: side.rawValue)) \(limits)"
        case .change(let days, let bad):
            return
                say(
                    "at least \(limits) standard errors \(side(bad, say("the level of the \(NumberWords.count(days)) days before")))"
                )
        case .anomaly(let bad):
            return say(
                "at least \(limits) robust standard deviations \(side(bad, say("what the days before led us to expect")))"
            )
        case .freshness, .absence: return say("from \(limits) on")
        }
    }

    /// How steady it must be: "2 of 3 nights; ends after 3 good nights".
    var steadiness: String {
        let start =
            switch (terms.breaches, terms.within) {
            case (1, 1): say("one night is enough")
            case (let k, let n) where k == n: say("\(NumberWords.count(k)) nights in a row")
            case (let k, let n): say("\(NumberWords.count(k)) of \(NumberWords.count(n)) nights")
            }
        var text = say("\(start); ends after \(NumberWords.count(terms.clearNights, "good night", "good nights"))")
        for level in terms.levels where level.clear != level.limit {
            text +=
                say(
                    ", good \(terms.condition == .limit(.below) ? say("from") : say("up to")) \(limit(level.clear)) (\(say(word: level.severity.rawValue)))"
                )
        }
        if terms.overDays > 1 { text += say("; read from \(NumberWords.count(terms.overDays)) days") }
        return text
    }

    /// A limit in the unit in which it is compared.
    func limit(_ value: Double) -> String {
        switch terms.condition {
        case .limit: statistic.limit(value)
        case .change, .anomaly: NumberWords.exactly(value)
        case .freshness: NumberWords.count(Int(value), "day", "days")
        case .absence: NumberWords.count(Int(value), "night", "nights")
        }
    }
}

extension ReportContext {
    func words(_ result: AlertResult) -> AlertWords { AlertWords(result.rule, result.terms, catalogue) }

    /// The name of an alert: the rule's title with its group.
    func name(_ result: AlertResult) -> String {
        result.group == .all
            ? result.rule.title : "\(result.rule.title) (\(Wording.group(result.group, catalogue)))"
    }

    /// The earlier day that alerts are compared with: that of the run before, or the day before for the first run.
    var alertReference: Day { input.earlier?.asOf ?? analyses.asOf.advanced(by: -1) }

    /// An alert as one sentence with its figures.
    func claim(_ result: AlertResult) -> String {
        let words = words(result)
        guard let night = result.newest, let value = night.value.value else {
            return say("\(name(result)) has never been judged.")
        }
        let on = night.day == analyses.asOf ? "" : say(" on \(Wording.shortDay(night.day))")
        var text = "\(name(result)): \(words.subject) \(words.value(value))\(on)"
        if let expected = night.expected { text += say(", \(words.value(expected)) expected") }
        if result.state.firing != nil, night.isJudged, night.breach == nil {
            text += say(
                ", no breach any more; the alert ends after \(NumberWords.count(result.rule.terms.clearNights, "good night", "good nights"))"
            )
        }
        return text + "."
    }

    /// What an alert rests on: limits, since when, how often, n.
    func evidence(_ result: AlertResult) -> String {
        let words = words(result)
        var parts = [words.condition]
        if let open = result.open {
            parts.append(
                say("since \(Wording.shortDay(open.first))")
                    + (open.fired == open.first ? "" : say(", firing since \(Wording.shortDay(open.fired))")))
            parts.append(say("worst \(words.value(open.worst)) on \(Wording.shortDay(open.worstDay))"))
            parts.append(NumberWords.count(open.breaches, "breach", "breaches"))
        }
        if let night = result.newest, night.n > 0 { parts.append("n = \(NumberWords.count(night.n))") }
        if case .firing(_, isStale: true) = result.state {
            parts.append(
                say(
                    "not judged since \(result.newest.map { Wording.shortDay($0.day) } ?? say("the beginning")): no data is not good"
                )
            )
        }
        if let owner = result.rule.owner { parts.append(say("owner \(owner)")) }
        if let silence = result.silence { parts.append(words.silence(silence)) }
        return parts.joined(separator: " · ")
    }

    /// A firing alert as an item of a list.
    func item(_ result: AlertResult) -> FindingItem {
        let severity = result.state.firing ?? .note
        let isNew = result.state(on: alertReference).firing == nil
        return FindingItem(
            id: "a-\(anchor(result))", claim: Prose([.text(claim(result))]),
            evidence:
                "\(isNew ? say("new since \(Wording.shortDay(alertReference))") : say("ongoing")) · \(evidence(result))",
            tone: severity == .note ? .muted : .bad,
            link: result.rule.metric.map { Link(path: "trends/\($0).html", text: say("Trend")) },
            mark: say(word: severity.rawValue).capitalizedFirst)
    }

    /// An alert's key with nothing that an address may not hold; the place among all alerts keeps it unique.
    private func anchor(_ result: AlertResult) -> String {
        let place = analyses.alerts.results.firstIndex { $0.id == result.id } ?? 0
        return "\(result.rule.id)-\(place)"
    }
}

extension AlertWords {
    /// "muted by Kim until 1 December 2026: vendor outage".
    func silence(_ silence: AlertSilence) -> String {
        say(
            "\(silence.kind == .mute ? say("muted") : say("acknowledged")) by \(silence.owner) until \(Wording.day(silence.until)): \(silence.reason)"
        )
    }

    /// A state in words, with its tone.
    static func state(_ state: AlertState) -> (word: String, tone: Tone) {
        switch state {
        case .quiet: (say("quiet"), .good)
        case .pending(let severity): (say("pending (\(say(word: severity.rawValue)))"), .muted)
        case .firing(.note, let isStale): (isStale ? say("note, not judged lately") : say("note"), .muted)
        case .firing(let severity, let isStale):
            (isStale ? say("\(say(word: severity.rawValue)), not judged lately") : say(word: severity.rawValue), .bad)
        case .unknown(let absence): (say("not known: \(Wording.absence(absence))"), .muted)
        }
    }
}
