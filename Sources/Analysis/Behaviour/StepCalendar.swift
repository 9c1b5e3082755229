import Model

/// Which days, or longer periods, are the steps of a series.
///
/// Where some weekdays bring no values (the Saturdays and Sundays of an office), only the days of the others are steps: a
/// weekend is no gap then, and a season is as many steps as a week has such days. A weekday rests if fewer than a fifth of
/// its days, of at least three weeks between the first and the last value, have a value; weekdays rest only if four
/// fifths of the days of the others have one, so that irregular days keep the calendar, and days with a value are left
/// out only where gaps of more than a fifth would leave nothing to tell.
public struct StepCalendar: Sendable, Hashable {
    /// A day of the first step.
    public let start: Day
    /// How long a step is.
    public let grain: Grain
    /// The weekdays that are steps, in order, 0 for Monday; all seven for steps that are longer than a day.
    public let weekdays: [Int]
    /// Days with a value that are no steps.
    public let leftOut: Int

    /// Steps one after the other from a day on.
    public init(start: Day, grain: Grain = .day) {
        self.init(start: start, grain: grain, weekdays: Array(0..<7), leftOut: 0)
    }

    private init(start: Day, grain: Grain, weekdays: [Int], leftOut: Int) {
        (self.start, self.grain, self.weekdays, self.leftOut) = (start, grain, weekdays, leftOut)
    }

    /// The steps of a series of days.
    ///
    /// - Parameters:
    ///   - days: those with a value, in ascending order.
    ///   - origin: the start where there is none.
    public init(_ days: [Day], from origin: Day) {
        let whole = StepCalendar(start: days.first ?? origin)
        self = StepCalendar.resting(days, whole) ?? whole
    }

    private static func resting(_ days: [Day], _ whole: StepCalendar) -> StepCalendar? {
        guard let first = days.first, let last = days.last else { return nil }
        let span = first.distance(to: last) + 1
        guard span >= 21 else { return nil }
        var filled = Array(repeating: 0, count: 7)
        for day in days { filled[day.weekday] += 1 }
        let all = (0..<7).map { weekday in (span - (weekday - first.weekday + 7) % 7 + 6) / 7 }
        let kept = (0..<7).filter { filled[$0] * 5 >= all[$0] }
        guard kept.count < 7, let start = days.first(where: { kept.contains($0.weekday) }) else { return nil }
        let steps = kept.reduce(0) { $0 + all[$1] }
        let values = kept.reduce(0) { $0 + filled[$1] }
        let leftOut = days.count - values
        guard values * 5 >= steps * 4, leftOut == 0 || (span - days.count) * 5 > span else { return nil }
        return StepCalendar(start: start, grain: .day, weekdays: kept, leftOut: leftOut)
    }

    /// The weekdays that are no steps.
    public var resting: [Int] { (0..<7).filter { !weekdays.contains($0) } }

    /// Whether weekdays rest.
    public var rests: Bool { weekdays.count < 7 }

    /// Steps in a day, on average: what turns a slope per step into one per day.
    var stepsPerDay: Double { rests ? Double(weekdays.count) / 7 : 1 }

    /// The place of the first step in the week.
    var phase: Int { weekdays.firstIndex(of: start.weekday) ?? 0 }

    /// The first day of a step.
    public func day(of step: Int) -> Day { period(of: step).start }

    /// A step as JSON names it: `2026-11-19`, `2026-W47`, `2026-11`, `2026-Q4`.
    public func label(of step: Int) -> String { period(of: step).label(grain) }

    private func period(of step: Int) -> Period {
        guard rests else { return Period(of: grain, containing: start, after: step) }
        let count = weekdays.count
        let place = phase + step
        let week = place >= 0 ? place / count : (place - count + 1) / count
        let monday = start.advanced(by: -start.weekday)
        return Period(of: .day, containing: monday.advanced(by: 7 * week + weekdays[place - week * count]))
    }

    /// The step of a day, or the next one after a day that is none.
    public func step(from day: Day) -> Int {
        let monday = start.advanced(by: -start.weekday)
        let days = monday.distance(to: day)
        let week = days >= 0 ? days / 7 : (days - 6) / 7
        return week * weekdays.count + weekdays.count { $0 < days - 7 * week } - phase
    }

    /// How many of the next days after a step are steps.
    func steps(in days: Int, after step: Int) -> Int {
        self.step(from: day(of: step).advanced(by: days + 1)) - step - 1
    }
}

extension RegularSeries {
    /// The means of days that have values, one for each step; nil between them where there are none.
    init(_ days: [DayFigures], _ calendar: StepCalendar) {
        guard let last = days.last?.day, calendar.start <= last else {
            self.init([])
            return
        }
        let end = calendar.step(from: last.advanced(by: 1))
        var steps: [Double?] = Array(repeating: nil, count: max(0, end))
        for day in days where day.n > 0 && calendar.start <= day.day && calendar.weekdays.contains(day.day.weekday) {
            steps[calendar.step(from: day.day)] = day.mean
        }
        self.init(steps)
    }
}
