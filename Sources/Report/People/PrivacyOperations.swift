import Analysis
import Model
import Words

/// Something that was done with data of people in a run: what the page on privacy and `privacy.json` both list.
struct PrivacyOperation {
    /// Its name, as audits know it.
    var name: String
    /// What was done, in words.
    var words: String
    /// How far people are protected in it.
    var level: Level
    /// How often or how much, by the names in JSON; nil where the number would tell of too few people.
    var counts: [(name: String, words: String, count: Int?)]

    /// How far people are protected.
    enum Level: String {
        /// Under the ids of the export.
        case low
        /// Single people under pseudonyms.
        case medium
        /// Groups of at least k people.
        case high
        /// Nobody can be told: noise, or nothing that is published.
        case maximum
    }
}

extension ReportContext {
    /// What was done in this run, read from what it made.
    func privacyOperations(_ account: PrivacyAccount) -> [PrivacyOperation] {
        [
            PrivacyOperation(
                name: "data_access", words: say("ids of people replaced while exports are read"), level: .maximum,
                counts: []),
            analyses.people.map(aggregation), analyses.learning.map { learning($0, account) }, heldBackOperation,
            noiseOperation(account), analyses.people.map(detection), erasure(account),
            PrivacyOperation(
                name: "report_generation",
                words: say(
                    "every published byte searched for every id of people that this run or an earlier one has read"),
                level: .maximum,
                counts: []),
        ].compactMap { $0 }
    }

    private func aggregation(_ people: PeopleResult) -> PrivacyOperation {
        let tables = SummaryParts.tables(people)
        let published = tables.filter { $0.table.value != nil }
        return PrivacyOperation(
            name: "data_aggregation", words: say("people counted in tables of cohorts, weeks, months and rules"),
            level: .high,
            counts: [
                ("tables", say("tables told"), published.count),
                (
                    "tables_of_earlier_days", say("of them as of an earlier day"),
                    published.count { $0.day != analyses.asOf }
                ),
                ("tables_refused", say("tables not told"), tables.count - published.count),
                (
                    "counts_hidden", say("counts hidden"),
                    published.reduce(0) { $0 + ($1.table.value?.hiddenCount ?? 0) }
                ),
                ("cohorts", say("cohorts"), people.cohorts.count),
            ])
    }

    private func learning(_ learning: LearnersResult, _ account: PrivacyAccount) -> PrivacyOperation {
        let pages = learning.withPages.count
        return PrivacyOperation(
            name: "data_aggregation", words: say("learners’ sessions added up by day, hour and topic"),
            level: pages == 0 ? .high : account.showsLearnerIds ? .low : .medium,
            counts: [
                ("learners_with_pages", say("learners with pages of their own"), pages),
                ("days_held", say("days left out"), learning.days.count(where: \.isHeld)),
                ("topics_held", say("topics left out"), learning.heldTopics),
            ])
    }

    private var heldBackOperation: PrivacyOperation? {
        let held = analyses.held
        guard held.isOfPeople else { return nil }
        return PrivacyOperation(
            name: "data_aggregation", words: say("records that name people added up by day and group"), level: .high,
            counts: [
                ("days_held", say("days left out"), held.days), ("groups_held", say("groups left out"), held.groups),
                ("metrics_held", say("metrics of a group left out"), held.cells),
            ])
    }

    private func noiseOperation(_ account: PrivacyAccount) -> PrivacyOperation? {
        guard !account.noise.isEmpty else { return nil }
        let told = account.noise.count { $0.value.value != nil }
        return PrivacyOperation(
            name: "data_aggregation", words: say("numbers drawn with noise"), level: .maximum,
            counts: [
                ("numbers", say("numbers told"), told),
                ("numbers_refused", say("numbers not told"), account.noise.count - told),
            ])
    }

    private func detection(_ people: PeopleResult) -> PrivacyOperation {
        PrivacyOperation(
            name: "pattern_detection", words: say("cohorts compared, ways of use sought, rules applied"), level: .high,
            counts: [
                ("patterns", say("patterns"), people.patterns.count),
                ("pairs", say("pairs of cohorts"), people.pairs.count),
                ("segments", say("segments told"), people.segments.value?.segments.count ?? 0),
                ("rules", say("rules applied"), people.triggers.count),
            ])
    }

    private func erasure(_ account: PrivacyAccount) -> PrivacyOperation? {
        guard account.erasures > 0 else { return nil }
        return PrivacyOperation(
            name: "erasure", words: say("people erased so far, whose rows are dropped from every export"),
            level: .maximum, counts: [("people", say("people"), account.erasures < privacyK ? nil : account.erasures)])
    }

    /// The smallest count of people that is published.
    var privacyK: Int { analyses.people?.k ?? analyses.settings.people.k }

    /// The operations as a table.
    func operations(_ account: PrivacyAccount) -> Block {
        .table(
            TableBlock(
                caption: say("Operations on data of people in this run"),
                columns: [
                    .init(say("Operation")), .init(say("What")), .init(say("How much")),
                    .init(say("Level of protection")),
                ],
                rows: privacyOperations(account).map { operation in
                    let counts = operation.counts.map { part in
                        "\(part.words): \(part.count.map { NumberWords.count($0) } ?? say("fewer than \(privacyK)"))"
                    }
                    return [
                        TableCell(Wording.title(ofKey: operation.name)), TableCell(operation.words),
                        TableCell(counts.isEmpty ? nil : counts.joined(separator: "; ")),
                        TableCell(say(word: operation.level.rawValue)),
                    ]
                }))
    }

    /// The operations in `privacy.json`.
    func operationsDocument(_ account: PrivacyAccount) -> JSONValue {
        .array(
            privacyOperations(account).map { operation in
                .object([
                    "operation": .string(operation.name), "what": .string(operation.words),
                    "level": .string(operation.level.rawValue),
                    "counts": .object(
                        Dictionary(operation.counts.map { ($0.name, $0.count.map { .int($0) } ?? .null) }) { first, _ in
                            first
                        }),
                ])
            })
    }
}

extension PrivacyAccount {
    /// Rows that were not used for a reason; nil where they are of fewer than k people. Rounded down to a multiple of k, so that another
    /// night's number tells of no single person's rows.
    func rows(_ reason: PersonRefusal, k: Int) -> Int? {
        let rows = refusals[reason] ?? 0
        guard rows > 0 else { return 0 }
        let people =
            switch reason {
            case .withoutConsent: peopleWithoutConsent
            case .forgotten: erasures
            // Whose they were is not kept.
            case .pastRetention: rows
            }
        return people < k || rows < k ? nil : rows / k * k
    }
}
