import Model

/// What rows about people say of agreement, and when that was said.
struct PersonConsent {
    private let answers: [String]
    private let times: [String]
    private let format: TimeFormat

    /// Finds the columns of a table.
    init(_ fields: RegisterFields) {
        let usual = fields.rows.columns.filter { column in
            let name = column.lowercased()
            return PersonFields.consent.contains(name)
                // What else stands in an object is an answer that cannot be read, unless it says when.
                || name.hasPrefix("consent.") && !PersonFields.consentTimes.contains(name)
        }
        answers = fields.declaredColumn("consent").map { [$0] } ?? usual
        times = fields.declaredColumn("consent_time").map { [$0] } ?? PersonFields.consentTimes
        format = fields.format(of: times)
    }

    /// The answer of a row; nil where it says nothing.
    ///
    /// Several columns may answer (`consent.given` and `consent.status`): one no is a no. What cannot be read is no agreement: the
    /// cell is refused, and the person counts as one who said no, unless another column answers. The time is that of the first
    /// column that has one, else the date in the file's name; one that cannot be read or lies ahead is refused alone.
    func answer(
        _ row: LooseRows.Row, _ fields: inout RegisterFields, lastDay: Day, fileDay: Day?
    ) -> (isYes: Bool, time: ConsentTime?)? {
        var said: [Bool] = []
        var unread = 0
        for column in answers {
            guard let text = fields.text(row, "", [column]) else { continue }
            if let answer = PersonFields.isYes(text) { said.append(answer) } else { unread += 1 }
        }
        guard said.count + unread > 0 else { return nil }
        if said.isEmpty { fields.refuseCell(row, .unknownValue, "consent", "") }
        let isYes = !said.isEmpty && !said.contains(false)
        return (isYes, time(row, &fields, lastDay: lastDay) ?? fileDay.map { ConsentTime(day: $0) })
    }

    private func time(_ row: LooseRows.Row, _ fields: inout RegisterFields, lastDay: Day) -> ConsentTime? {
        guard let column = times.first(where: { [fields] in fields.text(row, "", [$0]) != nil }),
            let text = fields.text(row, "", [column])
        else { return nil }
        guard let time = fields.time(text, as: format) else {
            fields.refuseCell(row, .badDate, "consent_time", "")
            return nil
        }
        let day = Day(number: time.day)
        guard day <= lastDay else {
            fields.refuseCell(row, .futureDate, "consent_time", "")
            return nil
        }
        let tellsMoment = text.contains(":") || text.utf8.count > 8 && text.allSatisfy(\.isNumber)
        return ConsentTime(day: day, second: tellsMoment ? time.instant / 1_000_000 : nil)
    }
}
