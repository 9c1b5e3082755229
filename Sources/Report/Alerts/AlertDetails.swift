import Analysis
import Charts
import Model
import Words

/// History, silences and what could not be judged.
extension ReportContext {
    /// The states of the alerts that were ever other than quiet in the look-back period, the busiest first.
    func alertTimeline() -> [Block] {
        let period = Period(
            days: min(analyses.settings.lookBackDays, analyses.alerts.period.length), through: analyses.asOf)
        let busy = analyses.alerts.results.enumerated().compactMap { place, result -> (Int, Int, AlertResult)? in
            let nights = result.nights.filter { period.contains($0.day) }
            let breaches = nights.count { $0.breach != nil || $0.state.firing != nil }
            return breaches > 0 ? (breaches, place, result) : nil
        }.sorted { ($1.0, $0.1) < ($0.0, $1.1) }
        guard !busy.isEmpty else {
            return [.prose(tell("No alert breached its limit from \(Wording.period(period))."))]
        }
        let shown = busy.prefix(20).map(\.2)
        let rows = shown.map { result in
            (name: name(result), nights: result.nights.map { ($0.day, StripState($0.state)) })
        }
        let figure = StripFigure(
            title: say("Alerts by night"), rows: rows, period: period,
            sentence: busy.prefix(3).map {
                say("\(name($0.2)) breached or fired on \(NumberWords.count($0.0, "night", "nights"))")
            }
            .joined(separator: "; ") + ".",
            rules: interventionRules(touching: shown.map(Touched.init), from: period.start))
        return [
            .figure(
                FigureBlock(
                    figure: figure.figure,
                    caption: caption(
                        stripLegend,
                        shown.count < busy.count
                            ? say("\(shown.count) of \(NumberWords.count(busy.count)) alerts")
                            : "\(NumberWords.count(shown.count, "alert", "alerts"))",
                        period: period),
                    data: episodeTable(shown, since: period.start)))
        ]
    }

    private var stripLegend: String {
        say(
            "Full height critical, two thirds warning, half note, a third pending, a thin line quiet, an outline not known"
        )
    }

    private func episodeTable(_ results: [AlertResult], since day: Day) -> TableBlock {
        let episodes = results.flatMap { result in
            result.episodes.filter { ($0.resolved ?? analyses.asOf) >= day }.map { (result, $0) }
        }
        let rows = episodes.prefix(60).map { result, episode -> [TableCell] in
            let words = words(result)
            return [
                TableCell(name(result)), TableCell(say(word: episode.severity.rawValue)), TableCell(episode.first.iso),
                TableCell(episode.fired.iso), TableCell(episode.recovered?.iso, reason: say("still firing")),
                TableCell(words.value(episode.worst), sortKey: episode.worst),
                TableCell(NumberWords.count(episode.breaches), sortKey: Double(episode.breaches)),
            ]
        }
        return TableBlock(
            caption: say("Episodes") + (rows.count < episodes.count ? say(", the first \(rows.count)") : ""),
            columns: [
                .init(say("Alert")), .init(say("Severity")), .init(say("First breach")), .init(say("Fired")),
                .init(say("Good again")),
                .init(say("Worst value"), isNumeric: true), .init(say("Breaches"), isNumeric: true),
            ], rows: Array(rows), export: Link(path: "exports/alerts.csv", text: say("All episodes as CSV")))
    }

    func silenceBlocks() -> [Block] {
        let results = analyses.alerts.results
        var items: [Definition] = []
        for result in results {
            if let silence = result.silence {
                let state = AlertWords.state(result.state).word
                items.append(
                    Definition(name(result), text: tell("\(words(result).silence(silence)). State: \(state).")))
            }
        }
        for result in results {
            for silence in result.expired {
                items.append(
                    Definition(
                        name(result),
                        text: tell(
                            "The \(say(word: silence.kind.rawValue)) of \(silence.owner) ended on \(Wording.day(silence.until)) and does nothing any more: take it out of the configuration (\(silence.reason))."
                        )))
            }
        }
        return items.isEmpty ? [.prose(tell("Nothing is acknowledged or muted."))] : [.definitions(items)]
    }

    /// Groups without data, values that were left out, and why alerts could not be judged.
    func unjudgedBlocks() -> [Block] {
        let alerts = analyses.alerts
        let titles = Dictionary(alerts.rules.map { ($0.id, $0.title) }) { first, _ in first }
        var items = alerts.withoutData.map { rule, group in
            Definition(
                titles[rule] ?? rule,
                text: tell(
                    "There is no record of \(Wording.group(group, catalogue)) up to this day, so that nothing is judged."
                ))
        }
        for rule in alerts.rules {
            guard let others = alerts.leftOut[rule.id] else { continue }
            items.append(
                Definition(
                    rule.title,
                    text: tell(
                        "\(NumberWords.count(others, "value", "values")) with fewer records are not judged: at most \(NumberWords.count(analyses.settings.maximumGroups)) are (maximum_groups)."
                    )))
        }
        let missing = Set(alerts.withoutData.map { "\($0.rule) \(Summary.key($0.group))" })
        for result in alerts.unknown where !missing.contains("\(result.rule.id) \(Summary.key(result.group))") {
            items.append(
                Definition(name(result), text: Prose(AlertWords.state(result.state).word.capitalizedFirst + ".")))
        }
        return items.isEmpty ? [.prose(tell("Every alert could be judged."))] : [.definitions(Array(items.prefix(60)))]
    }

    var alertMethods: [Definition] {
        [
            (
                say("Replay"),
                say(
                    "Every rule is judged again for each of the last \(NumberWords.count(analyses.alerts.period.length)) nights from the records as the archive knows them now. Nothing is remembered from earlier runs, so that late records and changed rules show everywhere."
                )
            ),
            (
                say("Fires"),
                say(
                    "On the night on which k of the last n judged nights are breaches. A breach lies beyond the limit; the limit itself is good, but for ages and counts of nights, which speak from the limit on."
                )
            ),
            (
                say("Ends"),
                say(
                    "After some judged nights in a row that are clear of the limit. The day of recovery is the first of them."
                )
            ),
            (
                say("No data"),
                say(
                    "A night without records, with fewer than the rule’s minimum or without a baseline is not judged: it neither fires nor ends an alert. After more such nights than the rule allows the state is not known; an alert that fires stays."
                )
            ),
            (
                say("Change"),
                say(
                    "The statistic less the median of the nights of the baseline, weekdays taken out where they differ, in standard errors of the series’ own noise: 1.4826 × the median absolute difference of those nights, and never less than the night’s own records give."
                )
            ),
            (
                say("Anomaly"),
                say(
                    "The statistic less the median of the last seven judged nights, weekdays taken out where they differ, in robust standard deviations of such differences. The night itself is in neither."
                )
            ),
            (
                say("Days to fire, days to recover"),
                say(
                    "Means over episodes: from the first breach to the night on which it fired; from the first breach to the first good night."
                )
            ),
            (
                say("Error budget"),
                say("Nights that may be bad under the rule’s objective among the judged ones, less those that were.")
            ),
        ].map { Definition($0.0, text: Prose($0.1)) }
    }
}

/// What a strip shows of a night.
enum StripState: Hashable {
    case quiet
    case pending
    case note
    case warning
    case critical
    case unknown

    init(_ state: AlertState) {
        switch state {
        case .quiet: self = .quiet
        case .pending: self = .pending
        case .unknown: self = .unknown
        case .firing(.note, _): self = .note
        case .firing(.warning, _): self = .warning
        case .firing(.critical, _): self = .critical
        }
    }

    init(_ level: HealthLevel) {
        switch level {
        case .healthy: self = .quiet
        case .degraded: self = .note
        case .unknown: self = .unknown
        case .warning: self = .warning
        case .critical: self = .critical
        }
    }

    /// The colour and the share of the row's height; no colour is an outline.
    var look: (tone: Tone?, height: Double) {
        switch self {
        case .quiet: (.good, 0.16)
        case .pending: (.muted, 0.36)
        case .note: (.series(6), 0.5)
        case .warning: (.series(5), 0.68)
        case .critical: (.bad, 1)
        case .unknown: (nil, 0.5)
        }
    }

    var word: String {
        switch self {
        case .quiet: say("quiet")
        case .pending: say("pending")
        case .note: say("note")
        case .warning: say("warning")
        case .critical: say("critical")
        case .unknown: say("not known")
        }
    }
}

/// A strip of states over time, a row for each subject.
struct StripFigure {
    let title: String
    let rows: [(name: String, nights: [(day: Day, state: StripState)])]
    let period: Period
    let sentence: String
    /// What is marked across all rows.
    var rules: [Mark] = []

    /// Nights of one state in a row are one stretch; those that matter are read out.
    var figure: Figure {
        var strips: [Mark.Strip] = []
        for (slot, row) in rows.enumerated() {
            var open: (first: Day, last: Day, state: StripState)?
            for night in row.nights where period.contains(night.day) {
                if let run = open, run.state == night.state, run.last.advanced(by: 1) == night.day {
                    open = (run.first, night.day, run.state)
                } else {
                    if let run = open { strips.append(strip(run, slot, row.name)) }
                    open = (night.day, night.day, night.state)
                }
            }
            if let run = open { strips.append(strip(run, slot, row.name)) }
        }
        return Figure(
            title: title, description: sentence, size: .rows(rows.count),
            x: Axis(title: say("Day"), scale: DateTicks.scale(from: period.start, to: period.end)),
            y: Axis(title: "", scale: .names(rows.map(\.name))), marks: [.strips(strips)] + rules)
    }

    private func strip(_ run: (first: Day, last: Day, state: StripState), _ slot: Int, _ name: String) -> Mark.Strip {
        let look = run.state.look
        let isLoud = [.note, .warning, .critical].contains(run.state)
        let span = run.first == run.last ? run.first.iso : say("\(run.first.iso) to \(run.last.iso)")
        return Mark.Strip(
            slot: Double(slot), from: Double(run.first.number), to: Double(run.last.number) + 1, tone: look.tone,
            height: look.height, text: isLoud ? "\(name): \(run.state.word), \(span)" : nil)
    }
}
