import Model
import Partials

/// Replays a rule over the nights of a group: a fold over the history that needs no memory of earlier runs.
///
/// The state on any night is a function of the records up to it, as the archive knows them now; a run for an earlier day
/// finds the same states. Cost: one reading a night; for changes and anomalies a look at the baseline each night.
struct AlertReplay {
    let rule: AlertRule
    let group: Group
    let terms: AlertTerms
    let settings: AnalysisSettings

    private var latches: [AlertLatch]
    private var nights: [AlertNight] = []
    private var episodes: [AlertEpisode] = []
    private var worstReading = -Double.infinity
    private var silentSince: Absence = .noRecords
    private var lastJudged: Day?

    init(_ rule: AlertRule, group: Group, settings: AnalysisSettings) {
        self.rule = rule
        self.group = group
        self.settings = settings
        terms = rule.terms(for: group)
        latches = terms.levels.map { [terms] _ in AlertLatch(terms) }
    }

    /// Goes through the last `settings.alertDays` nights up to asOf.
    static func result(
        of rule: AlertRule, in group: Group, over series: AlertNights, asOf: Day, settings: AnalysisSettings
    ) -> AlertResult {
        var replay = AlertReplay(rule, group: group, settings: settings)
        let last = series.place(of: asOf)
        if last >= 0 {
            for place in max(0, last + 1 - settings.alertDays)...last {
                replay.take(series.reading(at: place, replay.terms, settings: settings), on: series.day(at: place))
            }
        }
        let about = rule.silences.filter { $0.isAbout(group) }
        let holding = about.filter { $0.holds(on: asOf) }
        return AlertResult(
            rule: rule, group: group, terms: replay.terms, nights: replay.nights, episodes: replay.episodes,
            silence: holding.first { $0.kind == .mute } ?? holding.first,
            expired: about.filter { !$0.holds(on: asOf) })
    }

    private mutating func take(_ answer: Answer<AlertReading>, on day: Day) {
        var breach: Finding.Severity?
        for index in terms.levels.indices {
            let judgement = answer.value.map { terms.judgement(of: $0, at: terms.levels[index]) } ?? .unknown
            if judgement == .breach { breach = terms.levels[index].severity }
            latches[index].take(judgement, on: day)
        }
        if let reading = answer.value {
            lastJudged = reading.isGone ? nil : day
        } else {
            silentSince = answer.absence ?? .noRecords
        }
        follow(answer.value, breach, on: day)
        nights.append(
            AlertNight(
                day: day, value: answer.flatMap { $0.isGone ? .failure(.noRecords) : .success($0.value) },
                reading: answer.value?.reading, expected: answer.value?.expected, n: answer.value?.n ?? 0,
                breach: breach, state: state(on: day)))
    }

    private var firing: Finding.Severity? { gravest(.firing) }

    /// The severity of the gravest level that is in a state; nil for none.
    private func gravest(_ state: AlertLatch.State) -> Finding.Severity? {
        latches.lastIndex { $0.state == state }.map { terms.levels[$0].severity }
    }

    private func state(on day: Day) -> AlertState {
        let isStale = lastJudged.map { $0.distance(to: day) > terms.staleDays } ?? true
        if let firing { return .firing(firing, isStale: isStale) }
        if isStale { return .unknown(silentSince) }
        return gravest(.pending).map { .pending($0) } ?? .quiet
    }

    /// Opens, grows and closes the episode.
    private mutating func follow(_ reading: AlertReading?, _ breach: Finding.Severity?, on day: Day) {
        let isOpen = episodes.last.map { $0.resolved == nil } ?? false
        guard let firing else {
            if isOpen, let last = episodes.indices.last {
                episodes[last].resolved = day
                episodes[last].recovered = latches.compactMap(\.recovered).max() ?? day
                episodes[last].isGone = reading?.isGone ?? false
            }
            return
        }
        if !isOpen { open(on: day, severity: firing) }
        guard let last = episodes.indices.last else { return }
        episodes[last].severity = max(episodes[last].severity, firing)
        guard let reading, breach != nil else { return }
        episodes[last].breaches += isOpen ? 1 : 0
        note(reading, on: day, in: last)
    }

    /// Opens an episode with the breaches that made it fire.
    private mutating func open(on day: Day, severity: Finding.Severity) {
        let first = latches.filter { $0.state == .firing }.compactMap(\.firstBreach).min() ?? day
        episodes.append(
            AlertEpisode(
                first: first, fired: day, severity: severity, worst: 0, worstDay: day, breaches: 1))
        worstReading = -.infinity
        guard let last = episodes.indices.last else { return }
        for night in nights where night.day >= first && night.breach != nil {
            episodes[last].breaches += 1
            guard let value = night.value.value, let reading = night.reading else { continue }
            note(AlertReading(value: value, reading: reading, n: night.n), on: night.day, in: last)
        }
    }

    private mutating func note(_ reading: AlertReading, on day: Day, in episode: Int) {
        let size = terms.condition == .limit(.below) ? -reading.reading : reading.reading
        guard size > worstReading else { return }
        worstReading = size
        episodes[episode].worst = reading.value
        episodes[episode].worstDay = day
    }
}
