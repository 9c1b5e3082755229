import Analysis
import Archive
import Diagnostics
import Foundation
import Ingest
import Model
import Report

/// What the archive holds of people for a run, and what a run leaves there for the next.
struct PeopleHistory {
    private let facts: [PersonFact]
    private let scores: [ModelScore]
    private let earlier: [String: TableRelease]
    private let day: Day
    /// The first day whose rows are kept; nil for all.
    private let firstDay: Day?
    /// What the page on privacy tells.
    var account = PrivacyAccount()
    private var drawn: [NoisyFigure] = []

    /// - Parameters:
    ///   - isAsked: whether the day was asked for; else rows that say no day and came later count as of it.
    ///   - today: from which retention counts where the day was not asked for, because rows go even where nothing new comes.
    init(
        _ archive: Archive, _ settings: PrivacySettings, key: PseudonymKey?, through day: Day, isAsked: Bool,
        today: Day
    ) throws {
        self.day = day
        firstDay = settings.firstDay(isAsked ? day : today)
        facts = try archive.personFacts(
            through: day, keptFrom: firstDay, takesLater: !isAsked, needsConsent: settings.needsConsent)
        scores = try archive.modelScores(through: day)
        let k = settings.k
        earlier = try archive.tableReleases(through: day).compactMapValues { release in
            ReleaseCoding.decode(release.content, day: release.day, k: k)
        }
        let refused = try archive.personRefusals(needsConsent: settings.needsConsent)
        account.needsConsent = settings.needsConsent
        account.retentionDays = settings.retentionDays
        account.purpose = settings.purpose
        account.refusals = refused.rows
        account.peopleWithoutConsent = refused.people
        account.erasures = refused.erasures
        account.holdsPeople =
            try refused.people + refused.erasures > 0 || !refused.rows.isEmpty || archive.holdsPeople()
        guard let key else { return }
        try draw(archive, settings, key)
    }

    /// Notes which earlier runs still have pages of single learners where this one is not to have them of everybody; with pages of
    /// nobody it says so.
    mutating func note(published days: Set<Day>, _ pages: LearnerPages, _ settings: Settings, _ messages: MessageSink) {
        guard pages != .all else { return }
        account.earlierLearnerPages = settings.showingLearners(days.subtracting([day]).sorted())
        guard pages == .none, let first = account.earlierLearnerPages.first else { return }
        let count = account.earlierLearnerPages.count
        messages.say([
            Diagnostic(
                .warning,
                "\(count) earlier \(count == 1 ? "run has" : "runs have") pages of single learners, which are still published (\(account.earlierLearnerPages.prefix(20).map(\.iso).joined(separator: ", "))\(count > 20 ? " …" : ""))",
                fix: "Build those days again, as `assay build --as-of \(first.iso) --learners none`, if they shall go.")
        ])
    }

    /// What is said about people.
    func result(_ settings: AnalysisSettings) -> PeopleResult? {
        var rules = settings.people
        rules.firstDay = firstDay
        return PeopleResult(
            facts, scores: scores, settings: rules, asOf: day, level: settings.level, earlier: earlier)
    }

    /// Draws what has not been drawn for this day, as far as the year's budget goes.
    private mutating func draw(_ archive: Archive, _ settings: PrivacySettings, _ key: PseudonymKey) throws {
        guard !settings.noise.isEmpty else { return }
        let year = day.iso.prefix(4)
        guard let first = Day(iso: "\(year)-01-01"), let last = Day(iso: "\(year)-12-31") else { return }
        var spent = try archive.epsilonSpent(from: first, through: last)
        // A run of an earlier day tells what was spent by then, as it did at first; the budget holds for all days of the year.
        let later = day < last ? try archive.epsilonSpent(from: day.advanced(by: 1), through: last) : 0
        for query in settings.noise {
            if let known = try archive.noiseRelease(of: query.kind.rawValue, on: day) {
                var asked = query
                (asked.epsilon, asked.delta) = (known.epsilon, known.delta)
                account.noise.append(NoisyFigure(query: asked, day: day, value: .success(known.value)))
                continue
            }
            guard !facts.isEmpty else {
                // Nothing to count: no number is drawn, and none is paid for.
                account.noise.append(NoisyFigure(query: query, day: day, value: .failure(.noRecords)))
                continue
            }
            // Sums of many small numbers: a millionth more or less is rounding.
            guard spent + query.epsilon <= settings.noiseBudget + 0.000_001 else {
                let left = "\(PrivacyAccount.rounded(max(0, settings.noiseBudget - spent)))"
                let absence = Absence.undefined(
                    "its ε of \("\(query.epsilon)") is more than the \(left) that is left of the year's budget")
                account.noise.append(NoisyFigure(query: query, day: day, value: .failure(absence)))
                continue
            }
            let value = query.value(facts, on: day)
            var generator = KeyedGenerator(key, label: "\(query.kind.rawValue) \(day.iso) \(value)")
            let figure = NoisyFigure(
                query: query, day: day, value: NoisyFigure.drawn(value, for: query, using: &generator))
            account.noise.append(figure)
            if figure.value.value != nil {
                drawn.append(figure)
                spent += query.epsilon
            }
        }
        account.spent = PrivacyAccount.rounded(spent - later)
        account.budget = settings.noiseBudget
    }

    /// Keeps what is about to be published, before it is.
    func keep(_ result: PeopleResult?, in archive: Archive) throws {
        for figure in drawn {
            guard let value = figure.value.value else { continue }
            try archive.saveNoise(
                of: figure.query.kind.rawValue, on: day, epsilon: figure.query.epsilon, delta: figure.query.delta,
                value: value)
        }
        for (name, release) in result?.releases ?? [:] where release.day == day {
            try archive.saveTableRelease(name, on: day, content: ReleaseCoding.encode(release))
        }
    }
}

/// A table that was published as bytes.
enum ReleaseCoding {
    private struct Form: Codable {
        var rows: [String]
        var columns: [String]
        var counts: [[Int]]
        // Earlier versions did not keep these.
        var hidden: [[Bool]]?
        var others: String?
        var pooled: [String]?
        var small: [String]?
        var figures: FigureRelease?
    }

    static func encode(_ release: TableRelease) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let counts = release.counts
        return try Array(
            encoder.encode(
                Form(
                    rows: counts.rows, columns: counts.columns, counts: counts.counts, hidden: release.hidden,
                    others: release.others, pooled: release.pooled,
                    small: release.small, figures: release.figures)))
    }

    /// nil for the form of another version, after which everything is published afresh.
    static func decode(_ bytes: [UInt8], day: Day, k: Int) -> TableRelease? {
        guard let form = try? JSONDecoder().decode(Form.self, from: Data(bytes))  // nil for another form
        else { return nil }
        let counts = GuardedTable.Counts(rows: form.rows, columns: form.columns, counts: form.counts)
        let hidden = form.hidden ?? GuardedTable(counts, k: k)?.hidden
        return hidden.map {
            TableRelease(
                day: day, counts: counts, hidden: $0, others: form.others ?? "", pooled: form.pooled ?? [],
                small: form.small ?? [], figures: form.figures)
        }
    }
}

/// Bits that only the key of pseudonyms gives for a label: nobody without it can tell them from chance, and a build that is
/// repeated draws the same.
struct KeyedGenerator: RandomNumberGenerator {
    private let key: PseudonymKey
    private let label: String
    private var block: [UInt8] = []
    private var count = 0

    init(_ key: PseudonymKey, label: String) {
        self.key = key
        self.label = label
    }

    mutating func next() -> UInt64 {
        if block.isEmpty {
            block = key.block("\(label) \(count)")
            count += 1
        }
        let number = block.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        block.removeFirst(8)
        return number
    }
}
