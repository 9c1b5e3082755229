import Model

/// What an answer says of rows that count for less than they seem to.
extension Question {
    /// Which of the first and the last week, month or quarter the rows do not fill; both count like the others.
    func partPeriods() throws -> String? {
        guard data.hasTime, let grain = try grain().grain, grain != .day, let first = data.rows.days.min(),
            let last = data.rows.days.max()
        else { return nil }
        let (start, end) = (
            Period(of: grain, containing: Day(number: first)), Period(of: grain, containing: Day(number: last))
        )
        var parts: [String] = []
        if start.start.number < first {
            parts.append(
                "the first \(grain.rawValue), \(start.label(grain)), has rows from \(Day(number: first).iso) on only")
        }
        if last + 1 < end.end.number {
            parts.append(
                "the last\(parts.isEmpty ? " \(grain.rawValue)" : ""), \(end.label(grain)), has rows up to \(Day(number: last).iso) only"
            )
        }
        guard !parts.isEmpty else { return nil }
        let text = parts.joined(separator: "; ")
        return
            "\(text.prefix(1).uppercased())\(text.dropFirst()). \(parts.count == 1 ? "It counts" : "Both count") like the others."
    }

    /// How many rows have no group, and how many keys pair nothing because they stand several times in a group.
    func leftOut() throws -> [String] {
        let codes = { (column: String) throws -> [UInt32] in
            let name = try dimension(column).name
            return data.catalogue.dimensions.firstIndex { $0.name == name }.flatMap { data.rows.dimensions[$0] } ?? []
        }
        var notes: [String] = []
        let usesGroups: Set<QuestionRequest.Kind> = [.trend, .distribution, .compare]
        for by in request.kind == .compare ? request.by : Array(request.by.prefix(1))
        where usesGroups.contains(request.kind) {
            let lost = try codes(by).count { $0 == 0 }
            if lost > 0 { notes.append("\(lost) of \(data.rows.count) rows have no `\(by)` and are in no group.") }
        }
        guard request.kind == .compare, let key = request.pairedBy, let by = request.by.first else { return notes }
        let keys = try codes(key)
        let lost = keys.count { $0 == 0 }
        if lost > 0 { notes.append("\(lost) of \(data.rows.count) rows have no `\(key)` and are in no pair.") }
        var found: [SIMD2<UInt32>: Int] = [:]
        for (key, group) in zip(keys, try codes(by)) where key > 0 && group > 0 {
            found[SIMD2(key, group), default: 0] += 1
        }
        let several = Set(found.filter { $0.value > 1 }.map(\.key.x)).count
        if several > 0 {
            notes.append(
                several == 1
                    ? "1 value of `\(key)` stands several times in a group, where it pairs nothing."
                    : "\(several) values of `\(key)` stand several times in a group, where they pair nothing."
            )
        }
        return notes
    }
}
