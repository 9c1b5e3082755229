import Model

/// What decides, besides the columns, what is read of a person.
public struct PersonRules: Sendable {
    /// The key of pseudonyms.
    public var key: PseudonymKey
    /// The first day whose rows are kept; nil for all.
    public var firstDay: Day?
    /// Phrases whose occurrence in texts is counted, in any case; the texts themselves are not kept.
    public var phrases: [String]

    /// Collects what decides.
    public init(key: PseudonymKey, firstDay: Day? = nil, phrases: [String] = []) {
        self.key = key
        self.firstDay = firstDay
        self.phrases = phrases.map { $0.lowercased() }
    }
}

/// What was read of people.
public struct PersonReading: Sendable {
    /// The rows, by pseudonym.
    public var facts: [PersonFact] = []
    /// How many rows were not taken, by reason.
    public var refusals: [PersonRefusal: Int] = [:]
    /// The ids as they stood in the file, for the check that none is published. They are never stored.
    public var rawIDs: Set<String> = []
}

/// Reads rows about people and replaces their ids, before anything is kept.
///
/// A file of the role `people` holds a person per row, as CSV or as nested JSON: the elements of `sessions`, `outcomes` and
/// `progress` are rows of their own, and `progress_data` is a row of progress. Files of the other roles hold one kind each.
/// Refused are rows without a person (`missing_id`), with an unreadable day (`bad_date`) or one after `lastDay`
/// (`future_date`), with an outcome that is no category (`unknown_value`). Of a row that counts, numbers outside their
/// range are refused alone. What is found in a bad cell is never kept: it may be a name.
public enum PersonReader {
    /// Reads a file.
    public static func read(
        _ source: ByteSource, file: String, mapping: SourceMapping, zone: ZoneRules, deliveryDay: Day, lastDay: Day,
        rules: PersonRules, limits: ReadLimits = ReadLimits()
    ) throws(IngestError) -> (reading: PersonReading, outcome: ReadOutcome) {
        let export = try OpenedExport(source, file: file, mapping: mapping, limits: limits)
        var sum = PersonSum(
            file: file, mapping: mapping, zone: zone, lastDay: lastDay, rules: rules, limits: limits,
            fileDay: Day(iso: String(decoding: FileLabel(file).date, as: UTF8.self)), deliveryDay: deliveryDay)
        let kind = mapping.role.personKind ?? .profile
        guard kind == .profile else {
            let failure = sum.take(LooseParts(export), as: kind)
            return (sum.reading, sum.outcome(of: export, failure))
        }
        // Answers of a person may stand anywhere in the file, and nested rows belong to the person around them.
        let (bytes, _, failure) = export.wholeText()
        sum.take(LooseRows(export, bytes), as: kind)
        if export.format != .csv {
            for (name, inner) in [
                ("sessions", PersonFact.Kind.session), ("outcomes", .outcome), ("progress", .progress),
            ] {
                sum.take(LooseRows(export, bytes, below: name), as: inner, isNested: true)
            }
        }
        return (sum.reading, sum.outcome(of: export, failure))
    }
}

extension SourceMapping.Role {
    /// Whether rows are about people or learners: small files, of which the newest statement counts.
    public var isAboutPeople: Bool { personKind != nil || self == .learning || self == .goals }

    /// The kind of rows about people that a role holds; nil for others.
    public var personKind: PersonFact.Kind? {
        switch self {
        case .people: .profile
        case .activity: .session
        case .progress: .progress
        case .outcomes: .outcome
        default: nil
        }
    }
}

/// The rows of one file on their way to facts.
private struct PersonSum {
    let file: String
    let mapping: SourceMapping
    let zone: ZoneRules
    let lastDay: Day
    let rules: PersonRules
    let limits: ReadLimits
    /// The date in the file's name.
    let fileDay: Day?
    let undated: Day
    private(set) var reading = PersonReading()
    private(set) var rows = 0
    private(set) var refusedRows = 0
    var log: RejectLog
    /// The columns of agreement of the table that is read.
    private var consent: PersonConsent?
    /// How often rows of the same content came, so that equal rows are told apart.
    private var ordinals: [UInt64: UInt64] = [:]

    init(
        file: String, mapping: SourceMapping, zone: ZoneRules, lastDay: Day, rules: PersonRules, limits: ReadLimits,
        fileDay: Day?, deliveryDay: Day
    ) {
        self.file = file
        self.mapping = mapping
        self.zone = zone
        self.lastDay = lastDay
        self.rules = rules
        self.limits = limits
        self.fileDay = fileDay
        undated = fileDay ?? deliveryDay
        log = RejectLog(file: file, limit: limits.rejectsKept)
    }

    func outcome(of export: OpenedExport, _ failure: IngestError?) -> ReadOutcome {
        ReadOutcome(log, rows: rows, accepted: rows - refusedRows, of: export, failure: failure)
    }

    /// Takes rows of one kind a part at a time, so that activity of any length fits; how days are written is judged by the first part.
    ///
    /// - Returns: why reading stopped early.
    mutating func take(_ table: LooseParts, as kind: PersonFact.Kind) -> IngestError? {
        var parts = table
        var hasPart = parts.next()
        var fields = RegisterFields(
            parts.rows, mapping: mapping, file: file, zone: zone, limits: limits, dates: PersonFields.time[kind] ?? [])
        fields.withholdsFindings = true
        while hasPart {
            fields.rows = parts.rows
            for row in parts.rows.rows {
                rows += 1
                take(row, kind, &fields, false)
            }
            hasPart = parts.next()
        }
        refusedRows += fields.log.rows
        log.append(fields.log)
        return parts.failure
    }

    mutating func take(_ table: LooseRows, as kind: PersonFact.Kind, isNested: Bool = false) {
        let dates = PersonFields.time[kind] ?? []
        var fields = RegisterFields(table, mapping: mapping, file: file, zone: zone, limits: limits, dates: dates)
        fields.withholdsFindings = true
        if kind == .profile { consent = PersonConsent(fields) }
        for row in table.rows {
            rows += 1
            take(row, kind, &fields, isNested)
            if kind == .profile, row.fault == nil, !isNested, holdsProgress(row, fields) {
                take(row, .progress, &fields, false, times: PersonFields.progressTimes)
            }
        }
        refusedRows += fields.log.rows
        log.append(fields.log)
    }

    /// Whether a person's row says how far they have come.
    private func holdsProgress(_ row: LooseRows.Row, _ fields: RegisterFields) -> Bool {
        ["progress_data.overall_progress", "overall_progress"].contains { fields.text(row, $0, [$0]) != nil }
    }

    /// - Parameter times: the columns that may hold the row's day; nil for those of its kind.
    private mutating func take(
        _ row: LooseRows.Row, _ kind: PersonFact.Kind, _ fields: inout RegisterFields, _ isNested: Bool,
        times: [String]? = nil
    ) {
        let times = times ?? PersonFields.time[kind] ?? []
        if let fault = row.fault { return fields.refuse(row, fault, nil, "") }
        let names = mapping.fields["person"].map { [$0] } ?? PersonFields.person
        guard let raw = fields.text(row, "", isNested ? names.map { "^." + $0 } : names) else {
            return fields.refuse(row, .missingId, "person", "")
        }
        reading.rawIDs.insert(raw)
        guard let day = day(of: row, times, &fields) else { return }
        var fact = PersonFact(
            kind: kind, person: rules.key.pseudonym(of: raw), key: 0, day: day.day, isDated: day.isDated)
        for number in PersonFields.numbers[kind] ?? [] {
            fact.measures[number.measure] = value(number, row, &fields)
        }
        for word in PersonFields.words[kind] ?? [] { fact.words[word.word] = self.word(word, row, fields) }
        if kind == .profile, !profile(&fact, row, &fields) { return }
        if kind == .outcome, !outcome(&fact, row, &fields) { return }
        if kind == .session { fact.measures[.phrases] = phrases(row, fields) }
        if kind != .profile, fact.measures.isEmpty, fact.words.isEmpty {
            return fields.refuse(row, .missingValue, kind.rawValue, "")
        }
        if let first = rules.firstDay, kind != .profile, fact.day < first {
            reading.refusals[.pastRetention, default: 0] += 1
            return
        }
        fact.key = key(
            of: fact, id: fields.text(row, "id", PersonFields.rowID), time: fields.text(row, "time", times))
        reading.facts.append(fact)
    }

    /// A region or focus may hold anything; an engagement level that is a number belongs to progress.
    private func word(_ word: PersonFields.Word, _ row: LooseRows.Row, _ fields: RegisterFields) -> String? {
        guard let text = fields.text(row, word.word.rawValue, word.names) else { return nil }
        let bytes = Array(text.utf8)
        if word.word == .engagementLevel, DecimalNumber.value(bytes.span, 0..<bytes.count) != nil { return nil }
        return text.count > 40 ? nil : text
    }

    private mutating func value(
        _ number: PersonFields.Number, _ row: LooseRows.Row, _ fields: inout RegisterFields
    ) -> Double? {
        let name = number.measure.rawValue
        guard let text = fields.text(row, name, number.names) else { return nil }
        let bytes = Array(text.utf8)
        guard let value = DecimalNumber.value(bytes.span, 0..<bytes.count) else {
            // A level in words is an attribute of the person, no wrong number.
            if number.measure != .engagement { fields.refuseCell(row, .notANumber, name, "") }
            return nil
        }
        if number.range.contains(value) { return value }
        fields.refuseCell(row, .outOfRange, name, "")
        return nil
    }

    private func profile(_ fact: inout PersonFact, _ row: LooseRows.Row, _ fields: inout RegisterFields) -> Bool {
        if let answer = consent?.answer(row, &fields, lastDay: lastDay, fileDay: fileDay) {
            fact.words[.consent] = answer.isYes ? "yes" : "no"
            fact.consentTime = answer.time
        }
        if let age = fields.number(row, "age", PersonFields.age) {
            if (0...130).contains(age) {
                fact.words[.ageBand] = PersonFields.band(ofAge: age)
            } else {
                fields.refuseCell(row, .outOfRange, "age", "")
            }
        }
        // Of somebody who has not agreed only that is kept.
        if fact.words[.consent] == "no" { fact.words = [.consent: "no"] }
        return true
    }

    private func outcome(_ fact: inout PersonFact, _ row: LooseRows.Row, _ fields: inout RegisterFields) -> Bool {
        guard let category = fact.words[.category] else { return true }
        let word = category.lowercased()
        guard PersonFields.categories.contains(word) else {
            fields.refuse(row, .unknownValue, "category", "")
            return false
        }
        fact.words[.category] = word
        return true
    }

    /// How many of the phrases stand in a row's texts: as parts of them, in any case.
    private func phrases(_ row: LooseRows.Row, _ fields: RegisterFields) -> Double? {
        guard !rules.phrases.isEmpty else { return nil }
        let texts = PersonFields.texts.compactMap { fields.text(row, $0, [$0])?.lowercased() }
        guard !texts.isEmpty else { return nil }
        return Double(rules.phrases.count { phrase in texts.contains { $0.contains(phrase) } })
    }

    private func day(
        of row: LooseRows.Row, _ times: [String], _ fields: inout RegisterFields
    ) -> (day: Day, isDated: Bool)? {
        guard let text = fields.text(row, "time", times) else { return (undated, false) }
        guard let day = fields.day(text) else {
            fields.refuse(row, .badDate, "time", "")
            return nil
        }
        guard day <= lastDay else {
            fields.refuse(row, .futureDate, "time", "")
            return nil
        }
        return (day, true)
    }

    /// The hash of the id; without one that of the content and of its place among equal rows. A profile has none. Progress and
    /// outcomes with a day are states of that day, and a session with a time of the day is the one that began then: a later
    /// export that says them otherwise corrects them.
    private mutating func key(of fact: PersonFact, id: String?, time: String?) -> UInt64 {
        if fact.kind == .profile { return 0 }
        // A row without an id and a day is told apart by its content alone, one with a day by both.
        if let id { return KeyHash.key(of: id) }
        let isSession = fact.kind == .session && time?.contains(":") ?? false
        let isState = isSession || fact.isDated && (fact.kind == .progress || fact.kind == .outcome)
        let numbers = isState ? [] : PersonFact.Measure.allCases.map { fact.measures[$0].map { "\($0)" } ?? "" }
        let words = isState ? [] : PersonFact.Word.allCases.map { fact.words[$0] ?? "" }
        let content = KeyHash.key(
            of: ([
                fact.kind.rawValue, fact.person, isSession ? time ?? "" : fact.isDated ? fact.day.iso : "",
            ] + numbers + words)
            .joined(separator: "\u{1F}"))
        let ordinal = ordinals[content, default: 0]
        ordinals[content] = ordinal + 1
        return KeyHash.mix(content, ordinal)
    }
}
