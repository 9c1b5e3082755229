import Analysis
import Model

/// A column as a series of steps, with a label for each.
struct StepSeries {
    /// The values; nil is a gap.
    let values: [Double?]
    /// The labels, as long as `values`.
    let labels: [String]
    /// Steps in a season; 1 for none.
    let season: Int
    /// The labels of steps after the last.
    let next: (Int) -> String
    /// Which steps stand for a row, or for a period of a grain; the others are missing stamps of an even spacing.
    let isGiven: [Bool]
    /// For each row its step.
    let places: [Int]
    /// What a step is: `row`, `day`, `week`, `month`, `quarter`.
    let step: String

    /// The series of a column, by rows or by periods of a grain.
    ///
    /// Without a period in the request rows are steps where there is no time or where the stamps are evenly spaced, days
    /// are otherwise. Stamps that an even spacing leaves out between the first and the last are gaps.
    init(_ data: QuestionRows, metric: Metric, request: QuestionRequest, grain: Grain?, isByRow: Bool) {
        let place = data.catalogue.metrics.firstIndex { $0.name == metric.name } ?? 0
        let column = (data.rows.metrics[place] ?? []).map { $0.isFinite ? $0 : nil }
        let times = data.rows.times
        let spacing = data.hasTime ? StepSeries.spacing(times, in: data.zone) : nil
        if isByRow || !data.hasTime || (grain == nil && spacing != nil) {
            let zone = data.zone
            let steps = Steps(column, data.hasTime ? times : nil, isByRow ? nil : spacing, zone)
            (values, isGiven, places) = (steps.values, steps.isGiven, steps.places)
            step = "row"
            season = request.season ?? spacing.map(StepSeries.season) ?? 1
            let count = column.count
            if data.hasTime {
                let clock = spacing.map { $0.gap % 86_400_000_000 != 0 } ?? true
                labels = steps.times.map { StepSeries.stamp($0, withClock: clock, in: zone) }
                let last = times.last ?? 0
                next = { ahead in
                    spacing.map {
                        StepSeries.stamp(
                            StepSeries.time($0, after: last, steps: ahead, in: zone), withClock: clock, in: zone)
                    } ?? "\(count + ahead)"
                }
            } else {
                labels = (1...max(1, count)).map(String.init)
                next = { "\(count + $0)" }
            }
            return
        }
        let used = grain ?? .day
        let table = RowTable(data.rows, catalogue: data.catalogue)
        let trend = RowQuestions(table, settings: AnalysisSettings()).trends(of: metric, by: nil, grain: used).first
        // Weekdays that bring nothing are no gaps, unless another season is asked for or a row would have no step.
        let calendar = trend.flatMap { trend in
            let isAsked = request.season.map { $0 == trend.0.steps.weekdays.count } ?? true
            return isAsked && trend.0.steps.leftOut == 0 ? trend.0.steps : nil
        }
        let weekdays = calendar?.weekdays ?? Array(0..<7)
        let points = (trend?.1.points ?? []).filter { used != .day || weekdays.contains($0.period.start.weekday) }
        values = points.map(\.mean)
        isGiven = points.map { _ in true }
        labels = points.map { $0.period.label(used) }
        let known = Dictionary(zip(points.map(\.period.start), points.indices)) { first, _ in first }
        places = data.rows.days.map { known[Period(of: used, containing: Day(number: $0)).start] ?? 0 }
        step = used.rawValue
        season = request.season ?? (used == .day ? weekdays.count : used == .month ? 12 : used == .quarter ? 4 : 1)
        let last = points.last?.period
        next = { ahead in
            guard var period = last else { return "" }
            if let calendar, calendar.rests {
                return calendar.label(of: calendar.step(from: period.start) + ahead)
            }
            for _ in 0..<ahead { period = Period(of: used, containing: period.end) }
            return period.label(used)
        }
    }

    /// That several rows are one step, where they are.
    var averaging: String? {
        let used = Set(places).count
        guard used < places.count else { return nil }
        let steps = step == "row" ? "steps, one for each stamp" : "\(step)\(used == 1 ? "" : "s")"
        return "\(places.count) rows were averaged into \(used) \(steps)."
    }

    /// Rows with their stamps, rows of one stamp as one step with their mean, and a gap for every stamp that an even spacing leaves out.
    private struct Steps {
        private(set) var values: [Double?] = []
        private(set) var times: [Int64] = []
        private(set) var isGiven: [Bool] = []
        private(set) var places: [Int] = []

        /// At most four times as many gaps as rows are put in: with so many no question is answered anyway.
        init(_ column: [Double?], _ stamps: [Int64]?, _ spacing: Spacing?, _ zone: ZoneRules) {
            guard let stamps, let spacing else {
                (values, times, isGiven) = (column, stamps ?? [], column.map { _ in true })
                places = Array(column.indices)
                return
            }
            var room = 4 * column.count
            var alike: [Double] = []
            for (row, value) in column.enumerated() {
                if row > 0, stamps[row] == stamps[row - 1] {
                    if let value { alike.append(value) }
                    values[values.count - 1] = alike.isEmpty ? nil : alike.reduce(0, +) / Double(alike.count)
                    places.append(values.count - 1)
                    continue
                }
                let lost = row == 0 ? 0 : min(room, spacing.steps(in: stamps[row] - stamps[row - 1]) - 1)
                for step in stride(from: 1, through: lost, by: 1) {
                    values.append(nil)
                    times.append(StepSeries.time(spacing, after: stamps[row - 1], steps: step, in: zone))
                    isGiven.append(false)
                }
                room -= max(0, lost)
                alike = [value].compactMap { $0 }
                places.append(values.count)
                values.append(value)
                times.append(stamps[row])
                isGiven.append(true)
            }
        }
    }

    /// Evenly spaced stamps: the gap in microseconds, whether it is one of calendar months, and the day of the month, if there is one:
    /// that of the last stamp, or where its month ends there the latest of all, 31 if all end theirs.
    struct Spacing {
        let gap: Int64
        let months: Int
        let monthDay: Int

        /// How many steps a gap is worth, to the nearest.
        func steps(in gap: Int64) -> Int {
            // A month of the Gregorian calendar has 30.436875 days on average.
            let unit = months > 0 ? Double(months) * 30.436875 * 86_400_000_000 : Double(self.gap)
            return Int((Double(gap) / unit).rounded())
        }
    }

    /// The spacing of ascending stamps if nine in ten are alike; months and quarters vary by days.
    static func spacing(_ times: [Int64], in zone: ZoneRules) -> Spacing? {
        guard times.count >= 3 else { return nil }
        let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
        let middle = gaps.sorted()[gaps.count / 2]
        guard middle > 0 else { return nil }
        let day: Int64 = 86_400_000_000
        let months = [(28 * day...31 * day, 1), (89 * day...92 * day, 3), (365 * day...366 * day, 12)]
            .first { $0.0.contains(middle) }
        let alike = gaps.count { gap in
            months.map { $0.0.contains(gap) } ?? (abs(gap - middle) * 20 <= middle)
        }
        guard alike * 10 >= gaps.count * 9 else { return nil }
        guard let months else { return Spacing(gap: middle, months: 0, monthDay: 31) }
        let dates = times.map { Day(number: Int32(clamping: ($0 + offset(at: $0, in: zone)).quotient(day))).date }
        let areLast = dates.map { $0.day == Day.length(ofMonth: $0.month, year: $0.year) }
        let latest = areLast.allSatisfy { $0 } ? 31 : dates.map(\.day).max() ?? 31
        return Spacing(
            gap: middle, months: months.1, monthDay: areLast.last == true ? latest : dates.last?.day ?? latest)
    }

    /// The usual season of a spacing: the day for stamps within it, the week for days, the year for months and quarters.
    static func season(_ spacing: Spacing) -> Int {
        switch spacing.months {
        case 1: return 12
        case 3: return 4
        case 12: return 1
        default: break
        }
        let day: Int64 = 86_400_000_000
        if spacing.gap == day { return 7 }
        if spacing.gap == 7 * day { return 52 }
        let steps = day / max(1, spacing.gap)
        return spacing.gap < day && day % spacing.gap == 0 && steps >= 2 ? Int(steps) : 1
    }

    /// The stamp some steps after another. Days and longer steps keep the time of day of the zone, months also the day of
    /// the month (`Spacing.monthDay`).
    private static func time(_ spacing: Spacing, after instant: Int64, steps: Int, in zone: ZoneRules) -> Int64 {
        let day: Int64 = 86_400_000_000
        guard spacing.months > 0 || spacing.gap % day == 0 else { return instant + Int64(steps) * spacing.gap }
        let found = wall(spacing, after: instant + offset(at: instant, in: zone), steps: steps)
        let second = found.quotient(1_000_000)
        return zone.utc(fromLocal: second) * 1_000_000 + (found - second * 1_000_000)
    }

    /// Microseconds that the zone is east of UTC.
    private static func offset(at instant: Int64, in zone: ZoneRules) -> Int64 {
        Int64(zone.offset(atUTC: instant.quotient(1_000_000))) * 1_000_000
    }

    /// The same on the clock of the wall.
    private static func wall(_ spacing: Spacing, after last: Int64, steps: Int) -> Int64 {
        let day: Int64 = 86_400_000_000
        guard spacing.months > 0 else { return last + Int64(steps) * spacing.gap }
        let date = Day(number: Int32(clamping: last.quotient(day))).date
        let month = date.month - 1 + steps * spacing.months
        let (year, place) = (date.year + month / 12, month % 12 + 1)
        let length = Day.length(ofMonth: place, year: year)
        let found = Day(year: year, month: place, day: min(spacing.monthDay, length))
        let clock = last - last.quotient(day) * day
        return found.map { Int64($0.number) * day + clock } ?? last
    }

    /// RFC 3339 on the clock of a zone, or the date alone.
    static func stamp(_ instant: Int64, withClock: Bool, in zone: ZoneRules) -> String {
        guard instant != RecordBatch.noTime else { return "" }
        let offset = offset(at: instant, in: zone)
        let time = instant + offset
        let day: Int64 = 86_400_000_000
        let date = Day(number: Int32(clamping: time.quotient(day))).iso
        guard withClock else { return date }
        let rest = time - time.quotient(day) * day
        let seconds = rest / 1_000_000
        let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        let micros = rest % 1_000_000
        var fraction = ""
        if micros > 0 {
            let digits = String(micros)
            fraction = "." + String(repeating: "0", count: 6 - digits.count) + digits
            while fraction.last == "0" { fraction.removeLast() }
        }
        let minutes = abs(offset) / 60_000_000
        let ahead = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        let place = zone == .utc ? "Z" : "\(offset < 0 ? "-" : "+")\(ahead)"
        return "\(date)T\(parts.joined(separator: ":"))\(fraction)\(place)"
    }
}

extension Int64 {
    /// The quotient rounded down.
    fileprivate func quotient(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
