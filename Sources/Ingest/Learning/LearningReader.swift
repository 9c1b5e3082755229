import Model

/// Reads learning sessions and goals: CSV and NDJSON of any length, and nested JSON.
///
/// Columns are found by their usual names (`LearningWords`) unless `SourceMapping.fields` names them; parts of the
/// quality are columns of their own (`relevance`, `quality_breakdown.relevance` …).
public struct LearningReader {
    /// Where learners live, and what takes the place of their ids.
    public struct People: Sendable {
        /// The rules of a named zone; nil for a name that is none.
        public var zone: @Sendable (String) -> ZoneRules?
        /// What takes the place of an id.
        public var names: LearnerNames
        /// Whether titles and texts of learners' goals are kept; they are free text, which may tell who somebody is.
        public var keepsTexts = true

        /// Names both.
        public init(names: LearnerNames, zone: @escaping @Sendable (String) -> ZoneRules?) {
            self.names = names
            self.zone = zone
        }
    }

    private let mapping: SourceMapping
    private let file: String
    private let zone: ZoneRules
    private let people: People
    private let lastDay: Day
    private let limits: ReadLimits
    private var zones: [String: ZoneRules?] = [:]
    /// What takes the place of the ids that were met.
    private var learners: [String: String] = [:]

    /// A reader of a file.
    ///
    /// - Parameters:
    ///   - zone: of learners whose zone the export does not name, and of the day that `lastDay` is.
    ///   - lastDay: the last day, in `zone`, on which a session may start.
    public init(
        file: String, mapping: SourceMapping, zone: ZoneRules, people: People, lastDay: Day,
        limits: ReadLimits = ReadLimits()
    ) {
        self.file = file
        self.mapping = mapping
        self.zone = zone
        self.people = people
        self.lastDay = lastDay
        self.limits = limits
    }

    /// Hands on the sessions of a file, many at a time, and tells what was refused.
    ///
    /// Refused are rows without a learner or session (`missing_id`), without a readable start (`bad_date`), with a start
    /// after the last day (`future_date`) or with a zone that there is not (`unknown_value`). Of a row that counts,
    /// numbers that are none or cannot be (a quality outside 0 to 1, a negative count) are refused alone, and an end
    /// before the start (`bad_date`) or more than a day behind it (`out_of_range`, as a longer duration). A stamp without an offset is read in the learner's zone. The local day is the one
    /// on which the session starts where the learner is.
    public func sessions(
        _ source: ByteSource, take: ([LearningSession]) throws -> Void
    ) throws -> ReadOutcome {
        try read(source, LearningWords.sessions, { $0.session($1, &$2) }, take)
    }

    /// Hands on the goals of a file, and tells what was refused: rows without an id (`missing_id`), without a target above 0
    /// (`missing_value`), without a readable first day (`bad_date`), with a type that is none (`unknown_value`), or with a
    /// quality above 100 % (`out_of_range`). A deadline before the first day is refused alone (`bad_date`).
    ///
    /// Without a learner a goal is everybody's. Paused and abandoned goals are taken at their word; whether one is
    /// reached or missed is computed from the sessions, whatever the export says.
    public func goals(_ source: ByteSource, take: ([LearningGoal]) throws -> Void) throws -> ReadOutcome {
        try read(source, LearningWords.goals, { $0.goal($1, &$2) }, take)
    }

    /// How stamps are written is judged by the first part of the file.
    private func read<Entry>(
        _ source: ByteSource, _ columns: [String: [String]],
        _ make: (inout LearningReader, LooseRows.Row, inout FieldReading) -> Entry?, _ take: ([Entry]) throws -> Void
    ) throws -> ReadOutcome {
        let export = try OpenedExport(source, file: file, mapping: mapping, limits: limits)
        var parts = LooseParts(export)
        var reader = self
        var (rows, accepted, hasPart) = (0, 0, parts.next())
        var reading = FieldReading(
            fields: RegisterFields(
                parts.rows, mapping: mapping, file: file, zone: zone, limits: limits, dates: columns["start"] ?? []),
            columns: columns)
        while hasPart {
            reading.fields.rows = parts.rows
            var entries: [Entry] = []
            for row in parts.rows.rows {
                if let fault = row.fault {
                    // What stands there may name a learner, and refusals are kept and shown.
                    reading.fields.refuse(row, fault, nil, "withheld")
                } else if let entry = make(&reader, row, &reading) {
                    entries.append(entry)
                }
            }
            rows += parts.rows.rows.count
            accepted += entries.count
            try take(entries)
            hasPart = parts.next()
        }
        var outcome = ReadOutcome(
            reading.fields.log, rows: rows, accepted: accepted, of: export, failure: parts.failure)
        outcome.rawPeople = reading.rawPeople
        return outcome
    }

    // MARK: Sessions

    /// The longest that a session lasts, in seconds: a longer one would carry a streak over days without any.
    private static let longest: Int64 = 86_400

    private mutating func session(_ row: LooseRows.Row, _ reading: inout FieldReading) -> LearningSession? {
        guard let learner = reading.text(row, "learner") else {
            reading.fields.refuse(row, .missingId, "learner", "")
            return nil
        }
        reading.rawPeople.insert(Array(learner.utf8))
        guard let id = reading.text(row, "session") else {
            reading.fields.refuse(row, .missingId, "session", "")
            return nil
        }
        let name = reading.text(row, "zone")
        if let name, zones[name] == nil { zones[name] = .some(people.zone(name)) }
        guard let local = name.map({ zones[$0] ?? nil }) ?? zone else {
            reading.fields.refuse(row, .unknownValue, "zone", name ?? "")
            return nil
        }
        guard let started = moment(row, "start", local, &reading, isNeeded: true) else { return nil }
        guard Self.day(of: started, zone.offset(atUTC: started)) <= lastDay else {
            reading.fields.refuse(row, .futureDate, "start", reading.text(row, "start") ?? "")
            return nil
        }
        let offset = local.offset(atUTC: started)
        var session = LearningSession(
            learner: self.name(of: learner), session: people.names.session(id, of: learner),
            day: Self.day(of: started, offset), started: started,
            offset: offset)
        session.zone = name
        fill(&session, row, local, &reading)
        return session
    }

    private mutating func name(of learner: String) -> String {
        if let known = learners[learner] { return known }
        let name = people.names(learner)
        learners[learner] = name
        return name
    }

    static func day(of seconds: Int64, _ offset: Int32) -> Day {
        let local = seconds + Int64(offset)
        return Day(number: Int32((local >= 0 ? local : local - 86_399) / 86_400))
    }

    private func moment(
        _ row: LooseRows.Row, _ field: String, _ local: ZoneRules, _ reading: inout FieldReading, isNeeded: Bool
    ) -> Int64? {
        let text = reading.text(row, field)
        if let text, let time = reading.fields.time(text, in: local) { return time.instant / 1_000_000 }
        if isNeeded {
            reading.fields.refuse(row, .badDate, field, text ?? "")
        } else if let text {
            reading.fields.refuseCell(row, .badDate, field, text)
        }
        return nil
    }

    private func fill(
        _ session: inout LearningSession, _ row: LooseRows.Row, _ local: ZoneRules, _ reading: inout FieldReading
    ) {
        session.ended = moment(row, "end", local, &reading, isNeeded: false)
        if let ended = session.ended, ended < session.started {
            reading.fields.refuseCell(row, .badDate, "end", reading.text(row, "end") ?? "")
            session.ended = nil
        } else if let ended = session.ended, ended - session.started > Self.longest {
            reading.fields.refuseCell(row, .outOfRange, "end", reading.text(row, "end") ?? "")
            session.ended = nil
        }
        let minutes = reading.number(row, "minutes", 0...Double(Self.longest) / 60)
        session.minutes = minutes ?? reading.number(row, "seconds", 0...Double(Self.longest)).map { $0 / 60 }
        if session.minutes == nil, let ended = session.ended {
            session.minutes = Double(ended - session.started) / 60
        } else if session.ended == nil, let minutes = session.minutes {
            session.ended = session.started + Int64(minutes * 60)
        }
        session.exchanges = reading.count(row, "exchanges")
        session.questions = reading.count(row, "questions")
        session.clarifications = reading.count(row, "clarifications")
        session.quality = reading.number(row, "quality", 0...1)
        session.lowestQuality = reading.number(row, "lowest", 0...1)
        session.highestQuality = reading.number(row, "highest", 0...1)
        let parts = QualityPart.allCases.map { part in
            reading.number(row, part.rawValue, 0...1, columns: LearningWords.columns(of: part))
        }
        session.parts = parts.contains { $0 != nil } ? parts : []
        session.topics = reading.text(row, "topics").map(LearningWords.topics) ?? []
        session.primaryTopic = reading.text(row, "primary_topic")
        if let topic = session.primaryTopic, !session.topics.contains(topic) { session.topics.insert(topic, at: 0) }
        session.positiveFeedback = reading.count(row, "positive") ?? 0
        session.negativeFeedback = reading.count(row, "negative") ?? 0
        session.isSuccess = reading.truth(row, "success")
        session.isCompleted = reading.truth(row, "completed")
    }

    // MARK: Goals

    private func goal(_ row: LooseRows.Row, _ reading: inout FieldReading) -> LearningGoal? {
        guard let id = reading.text(row, "id") else {
            reading.fields.refuse(row, .missingId, "id", "")
            return nil
        }
        let word = reading.text(row, "kind") ?? ""
        guard let kind = LearningWords.kind(word) else {
            reading.fields.refuse(row, .unknownValue, "kind", word)
            return nil
        }
        guard let given = reading.number(row, "target", 0...1e12), given > 0 else {
            reading.fields.refuse(row, .missingValue, "target", reading.text(row, "target") ?? "")
            return nil
        }
        let unit = reading.text(row, "unit")
        guard let factor = LearningWords.factor(of: unit, for: kind) else {
            reading.fields.refuse(row, .unknownValue, "unit", unit ?? "")
            return nil
        }
        let target = given * factor
        guard kind != .quality || target <= 100 else {
            reading.fields.refuse(row, .outOfRange, "target", reading.text(row, "target") ?? "")
            return nil
        }
        let begun = reading.text(row, "start")
        guard let start = begun.flatMap({ reading.fields.day($0) }) else {
            reading.fields.refuse(row, .badDate, "start", begun ?? "")
            return nil
        }
        let status = reading.text(row, "status")
        guard let declared = status.map(LearningWords.declaration) ?? .active else {
            reading.fields.refuse(row, .unknownValue, "status", status ?? "")
            return nil
        }
        let due = reading.text(row, "deadline")
        let deadline = due.flatMap { reading.fields.day($0) }.flatMap { $0 < start ? nil : $0 }
        if let due, deadline == nil { reading.fields.refuseCell(row, .badDate, "deadline", due) }
        let title = String((reading.text(row, "title") ?? id).prefix(200))
        let learner = reading.text(row, "learner")
        if let learner { reading.rawPeople.insert(Array(learner.utf8)) }
        var goal = LearningGoal(
            id: id, learner: learner.map { people.names($0) }, title: title, kind: kind,
            target: target, start: start, deadline: deadline, declared: declared)
        goal.text = String((reading.text(row, "text") ?? "").prefix(1_000))
        goal.supplied = reading.number(row, "value", -1e12...1e12)
        return people.keepsTexts ? goal : goal.withoutTexts
    }
}

/// The fields of one file by their names.
private struct FieldReading {
    var fields: RegisterFields
    let columns: [String: [String]]
    /// Learners as the file names them.
    var rawPeople: Set<[UInt8]> = []
    /// Where a field's text stands in rows of so many columns; nil where it has none.
    private var places: [String: Int?] = [:]
    private var width = 0

    init(fields: RegisterFields, columns: [String: [String]]) {
        self.fields = fields
        self.columns = columns
    }

    mutating func text(_ row: LooseRows.Row, _ field: String, columns other: [String]? = nil) -> String? {
        if width != fields.rows.columns.count {
            // NDJSON may bring further columns with any row.
            places = [:]
            width = fields.rows.columns.count
        }
        let place: Int?
        if let known = places[field] {
            place = known
        } else {
            place = fields.place(of: field, other ?? columns[field] ?? [])
            places[field] = .some(place)
        }
        return place.flatMap { fields.text(row, at: $0) }
    }

    /// A number within limits; another one is refused alone.
    mutating func number(
        _ row: LooseRows.Row, _ field: String, _ range: ClosedRange<Double>, columns other: [String]? = nil
    ) -> Double? {
        guard let text = text(row, field, columns: other) else { return nil }
        guard let value = fields.number(text) else {
            fields.refuseCell(row, .notANumber, field, text)
            return nil
        }
        if range.contains(value) { return value }
        fields.refuseCell(row, .outOfRange, field, "\(value)")
        return nil
    }

    /// A whole number from 0 on; another one is refused alone.
    mutating func count(_ row: LooseRows.Row, _ field: String) -> Int? {
        guard let value = number(row, field, 0...1e9) else { return nil }
        if let count = Int(exactly: value) { return count }
        fields.refuseCell(row, .outOfRange, field, "\(value)")
        return nil
    }

    mutating func truth(_ row: LooseRows.Row, _ field: String) -> Bool? {
        guard let text = text(row, field) else { return nil }
        if let truth = LearningWords.truth(text) { return truth }
        fields.refuseCell(row, .unknownValue, field, text)
        return nil
    }
}
