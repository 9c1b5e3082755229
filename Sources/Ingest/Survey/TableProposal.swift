import Diagnostics
import Model

/// Files that belong to one table, with the profile of each column.
struct TableProposal {
    private(set) var name: String
    let files: [SampledFile]
    let columns: [ColumnProfile]
    /// Whether numbers are written with a decimal comma.
    let hasDecimalComma: Bool
    private(set) var role: SourceMapping.Role
    var idColumn: String?
    var timeColumn: String?
    /// The table whose ids this one carries.
    var joined: String?

    /// - Parameter role: what the rows are, where it is known; else it is told by the columns.
    init(_ files: [SampledFile], role: SourceMapping.Role? = nil) {
        self.files = files
        let stems = Set(files.map(\.label.name)).sorted()
        name = stems.count == 1 ? stems[0] : TableProposal.commonStart(stems)
        var names: [String] = []
        for file in files { names += file.rows.columns.filter { !names.contains($0) } }
        let texts = names.map { name in
            files.map { file -> [String?] in
                guard let place = file.rows.place(named: name) else { return [] }
                return file.rows.rows.filter { $0.fault == nil }
                    .map { place < $0.texts.count ? $0.texts[place] : nil }
            }
        }
        let profiles = zip(names, texts).map { ColumnProfile($0, $1) }
        // One column that needs the comma says how the others of the table are written.
        hasDecimalComma = profiles.contains(where: \.needsDecimalComma)
        columns = hasDecimalComma ? zip(names, texts).map { ColumnProfile($0, $1, mark: Ascii.comma) } : profiles
        self.role = role ?? TableProposal.role(Set(names.map { $0.lowercased() }))
        idColumn = TableProposal.id(columns, table: name)
        timeColumn = TableProposal.time(columns)
    }

    /// What all names begin with, without half a word at the end.
    private static func commonStart(_ stems: [String]) -> String {
        var start = stems[0]
        for stem in stems { while !stem.hasPrefix(start) { start.removeLast() } }
        func isWordPart(_ character: Character?) -> Bool { character.map { $0.isLetter || $0.isNumber } ?? false }
        if stems.contains(where: { isWordPart($0.dropFirst(start.count).first) }) {
            while isWordPart(start.last) { start.removeLast() }
        }
        while let last = start.last, !isWordPart(last) { start.removeLast() }
        return start.isEmpty ? stems[0] : start
    }

    private static func role(_ names: Set<String>) -> SourceMapping.Role {
        let hasReference = names.contains("intervention_id")
        if hasReference, names.contains("measured_at") || names.contains("measurement_date") { return .measurements }
        if let role = role(ofPeople: names) { return role }
        let isDated = names.contains("start_date")
        if isDated, names.contains("expected_improvement") || (hasReference && names.contains("status")) {
            return .interventions
        }
        return .sessions
    }

    /// What a table of people holds, by the columns of the product's exports; nil for other tables.
    private static func role(ofPeople names: Set<String>) -> SourceMapping.Role? {
        if names.isSuperset(of: ["model_name", "version"]), !names.isDisjoint(with: ["accuracy", "true_positives"]) {
            return .models
        }
        guard names.contains("user_id") else { return nil }
        if names.contains("outcome_category") { return .outcomes }
        if !names.isDisjoint(with: ["therapeutic_focus", "session_frequency"]) { return .people }
        if names.contains("overall_progress") { return .progress }
        let marks: Set = ["therapeutic_interventions_count", "progress_markers_count", "sentiment_score"]
        return names.isDisjoint(with: marks) ? nil : .activity
    }

    /// The columns that are latencies of components of a voice service.
    var latencies: [String] {
        columns.map(\.name).filter { name in
            let words = ColumnWords(name)
            return words.has(["stt", "llm", "tts"]) && words.has(["latency"])
        }
    }

    /// Whether the numbers of a column are further stamps of its rows: whole numbers that all fall, as times, within a year of
    /// the days of the time column.
    func isStamp(_ profile: ColumnProfile) -> Bool {
        guard let own = columns.first(where: { $0.name == timeColumn })?.time?.days, let time = profile.time,
            case .epoch = time.format, time.read == time.seen, profile.isMostly(profile.wholeNumbers, share: 1)
        else { return false }
        return own.lowerBound - 366 <= time.days.lowerBound && time.days.upperBound <= own.upperBound + 366
    }

    /// The column that says whose a row is: the one with the surest name. Answers of yes and no, and kinds of
    /// clients, name nobody.
    private var personColumn: String? {
        let named = columns.filter { PersonWords.name($0.name) && !$0.isTruth && !PersonWords.isOfKinds($0) }
        func place(_ column: ColumnProfile) -> Int {
            let key = ColumnWords(column.name).words.joined(separator: "_")
            return PersonWords.columns.firstIndex { $0 == column.name.lowercased() || $0 == key } ?? .max
        }
        return named.min { place($0) < place($1) }?.name
    }

    private static func id(_ columns: [ColumnProfile], table: String) -> String? {
        let unique = columns.filter { $0.isUnique && !$0.isTime && $0.rows > 1 }
        let preferred = ["session_id", "conversation_id", "id", "uuid", "@key"]
        for name in preferred {
            if let found = unique.first(where: { $0.name.lowercased() == name }) { return found.name }
        }
        return unique.first { ColumnWords($0.name).has(["id", "uuid", "number", "key"]) }?.name
    }

    private static func time(_ columns: [ColumnProfile]) -> String? {
        let times = columns.filter(\.isTime)
        let preferred = [
            "started_at", "start_time", "starttime", "timestamp", "time", "opened_at", "created_at", "date",
        ]
        for name in preferred {
            if let found = times.first(where: { $0.name.lowercased() == name }) { return found.name }
        }
        return times.first?.name
    }

    /// Makes this a table of scores for the sessions of another one.
    mutating func join(_ base: TableProposal, by column: String) {
        joined = base.name
        idColumn = column
        timeColumn = nil
        role = .scores
    }

    /// The column of this table that carries the ids of another one; nil if none does.
    func reference(to base: TableProposal) -> String? {
        guard let id = base.idColumn, let ids = base.columns.first(where: { $0.name == id })?.distinct else {
            return nil
        }
        let candidates = columns.filter { column in
            guard column.isUnique else { return false }
            let name = column.name.lowercased()
            return name == id.lowercased() || ["session_id", "conversation_id"].contains(name)
                || (base.name.lowercased().hasPrefix(name.dropLast(3)) && name.hasSuffix("_id"))
        }
        let named = candidates.sorted { $0.name.count > $1.name.count }
        return named.first { column in
            column.distinct.intersection(ids).count * 2 >= min(ids.count, column.distinct.count)
        }?.name
    }

    /// A mapping without metrics and dimensions.
    func mapping() -> SourceMapping {
        var mapping = SourceMapping(table: ColumnWords(name).key, role: role)
        mapping.records = files.first?.records
        if role == .interventions || role == .measurements || role.personKind != nil || role == .models {
            return mapping
        }
        mapping.personColumn = personColumn
        mapping.encoding = files.contains(where: \.isLatin1) ? .latin1 : nil
        mapping.idColumns = idColumn.map { [$0] } ?? []
        // Without a column of times a day in every file's name is the day of its rows.
        let isDatedByName = role == .sessions && files.allSatisfy { !$0.label.date.isEmpty }
        mapping.timeColumn = timeColumn ?? (isDatedByName ? "@date" : nil)
        let guess = columns.first { $0.name == timeColumn }?.time
        if let guess { mapping.timeFormat = guess.format }
        mapping.decimalComma = hasDecimalComma
        return mapping
    }
}
