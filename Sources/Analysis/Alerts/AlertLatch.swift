import Model

/// What one night says to one level of a rule.
enum AlertJudgement: Sendable, Hashable {
    /// Beyond the limit.
    case breach
    /// Neither beyond the limit nor clear of it (hysteresis).
    case between
    /// Good.
    case clear
    /// Nothing can be said: no records, too few, no baseline. That is not good.
    case unknown
    /// The group is gone for good: nothing is left to judge.
    case gone
}

/// The memory of one level of a rule in one group: it fires after enough breaches and ends after enough good nights.
///
/// - It fires on the night on which `breaches` of the last `within` judged nights are breaches.
/// - It ends on the night on which `clearNights` judged nights in a row are clear. A breach or a night between the limits
///   starts that count anew, so that what flaps around a limit stays one alert.
/// - Nights without a judgement count for nothing: they neither fire nor end it. After more than `staleDays` of them in a
///   row pending breaches are forgotten; a firing alert stays, because no data is not good.
struct AlertLatch {
    /// What it is in after a night.
    enum State: Sendable, Hashable {
        case quiet
        case pending
        case firing
    }

    private let terms: AlertTerms
    private var recent: [(day: Day, isBreach: Bool)] = []
    private var clearRun: [Day] = []
    private var lastJudged: Day?
    private(set) var state = State.quiet
    /// The first breach of those that made it fire or pend.
    private(set) var firstBreach: Day?
    /// The first good night of the run that ended it last.
    private(set) var recovered: Day?

    init(_ terms: AlertTerms) { self.terms = terms }

    mutating func take(_ judgement: AlertJudgement, on day: Day) {
        switch judgement {
        case .unknown:
            if state != .firing, let lastJudged, lastJudged.distance(to: day) > terms.staleDays { forget() }
        case .gone:
            if state == .firing { recovered = day }
            forget()
        case .breach, .between, .clear:
            if state != .firing, let lastJudged, lastJudged.distance(to: day) > terms.staleDays + 1 { forget() }
            lastJudged = day
            if state == .firing { takeWhileFiring(judgement, day) } else { takeWhileQuiet(judgement, day) }
        }
    }

    private mutating func takeWhileQuiet(_ judgement: AlertJudgement, _ day: Day) {
        recent.append((day, judgement == .breach))
        if recent.count > max(1, terms.within) { recent.removeFirst() }
        let breaches = recent.filter(\.isBreach)
        firstBreach = breaches.first?.day
        if breaches.count >= max(1, terms.breaches) {
            state = .firing
            clearRun = []
        } else {
            state = breaches.isEmpty ? .quiet : .pending
        }
    }

    private mutating func takeWhileFiring(_ judgement: AlertJudgement, _ day: Day) {
        guard judgement == .clear else {
            clearRun = []
            return
        }
        clearRun.append(day)
        if clearRun.count >= max(1, terms.clearNights) {
            recovered = clearRun[0]
            forget()
        }
    }

    private mutating func forget() {
        recent = []
        clearRun = []
        firstBreach = nil
        state = .quiet
    }
}
