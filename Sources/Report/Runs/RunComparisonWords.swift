import Analysis
import Charts
import Model
import Words

/// Two runs held against each other, in words.
struct RunComparisonWords {
    let comparison: RunComparison

    private var a: RunSnapshot { comparison.a }
    private var b: RunSnapshot { comparison.b }

    /// "18 November 2026"; with the run's id where both describe one day.
    func name(_ run: RunSnapshot) -> String {
        a.asOf == b.asOf ? say("\(Wording.day(run.asOf)) (run \(run.id))") : Wording.day(run.asOf)
    }

    /// One word for the change.
    var word: String {
        switch comparison.verdict {
        case .better: say("Better")
        case .worse: say("Worse")
        case .mixed: say("Mixed")
        case .alike: say("Nothing has turned")
        }
    }

    /// What speaks for the word.
    var evidence: String {
        var parts = [
            say(
                "\(NumberWords.count(comparison.newFindings.count, "finding is", "findings are")) new and \(NumberWords.count(comparison.goneFindings.count, "has", "have")) gone since the report of \(name(a))"
            )
        ]
        if !comparison.newAlerts.isEmpty || !comparison.goneAlerts.isEmpty {
            parts.append(
                say(
                    "\(NumberWords.count(comparison.newAlerts.count, "alert fires", "alerts fire")) newly, \(NumberWords.count(comparison.goneAlerts.count, "has", "have")) recovered"
                )
            )
        }
        if let moves = comparison.tests.value {
            let failing = moves.count { $0.change == .newlyFailing }
            let fixed = moves.count { $0.change == .fixed }
            if failing + fixed > 0 {
                parts.append(
                    say(
                        "\(NumberWords.count(failing, "test fails", "tests fail")) newly, \(NumberWords.count(fixed, "is", "are")) fixed"
                    )
                )
            }
        }
        let (met, missed) = (comparison.kpis.count(where: \.isMetNow), comparison.kpis.count(where: \.isMissedNow))
        if met + missed > 0 {
            parts.append(
                say("\(NumberWords.count(met, "KPI is", "KPIs are")) met now, \(NumberWords.count(missed)) missed"))
        }
        if let most = comparison.mostMoved, let effect = most.effect.value, let difference = most.difference.value {
            parts.append(
                say(
                    "the mean that moved most is \(title(most.metric)), \(self.difference(difference, of: most)) or \(size(effect))"
                )
            )
        } else {
            parts.append(say("no mean has moved"))
        }
        return parts.joined(separator: "; ") + "."
    }

    /// The verdict as prose.
    var lead: Prose { Prose([.strong(word), .text(": \(evidence)")]) }

    /// What must be known to read the effect sizes.
    var sharing: String {
        comparison.sharedDays > 0
            ? say(
                "The means of both reports are over \(NumberWords.count(comparison.a.period.length)) and \(NumberWords.count(comparison.b.period.length)) days, of which they share \(NumberWords.count(comparison.sharedDays)): effect sizes have no interval, because shared records are in both samples."
            )
            : say("The reports share no day. Intervals take records as independent of each other.")
    }

    /// "0.25 standard deviations" with its sign.
    func size(_ effect: Double) -> String {
        NumberWords.signed(NumberText.fixed(effect, decimals: abs(effect) < 0.1 ? 3 : 2), effect)
            + say(" standard deviations")
    }

    func title(_ metric: String) -> String { found(metric)?.title ?? metric }

    /// A value of a metric; a plain number for one that neither run knows.
    func value(_ value: Double, of metric: String) -> String {
        found(metric).map { MetricWords(metric: $0).value(value) } ?? NumberWords.plain(value)
    }

    /// A difference of a metric with its sign, in the decimals of the means beside it.
    func difference(_ value: Double, of row: MovedFigure) -> String {
        guard let metric = found(row.metric) else { return NumberWords.signed(NumberWords.plain(value), value) }
        guard let a = row.a?.mean, let b = row.b?.mean else { return MetricWords(metric: metric).difference(value) }
        return MetricWords(metric: metric).difference(value, between: a, b)
    }

    func found(_ metric: String) -> Metric? {
        b.metrics.first { $0.name == metric } ?? a.metrics.first { $0.name == metric }
    }

    /// `voice_intent=café` with the dimension's title, `all` in words.
    func group(_ key: String) -> String {
        let pair = key.split(separator: "=", maxSplits: 1).map(String.init)
        guard key != "all", pair.count == 2 else { return key == "all" ? say("all records") : key }
        let known = b.dimensions.first { $0.name == pair[0] } ?? a.dimensions.first { $0.name == pair[0] }
        return Wording.named(pair[1], of: known?.title ?? KeyWords.title(of: pair[0]))
    }

    static func change(_ change: TestChange) -> String { ValidationWords.change(change).word }
}
