import Model
import Testing

@Suite struct DayTests {
    /// Day numbers and weekdays from Python 3.11: `(date(y, m, d) - date(1970, 1, 1)).days` and `.weekday()`.
    @Test(arguments: [
        ("1970-01-01", 0, 3), ("1969-12-31", -1, 2), ("2000-02-29", 11016, 1), ("2024-02-29", 19782, 3),
        ("2026-11-19", 20776, 3), ("0001-01-01", -719_162, 0), ("9999-12-31", 2_932_896, 4), ("1900-03-01", -25508, 3),
    ])
    func calendar(iso: String, number: Int32, weekday: Int) throws {
        let day = try #require(Day(iso: iso))
        #expect(day.number == number)
        #expect(day.weekday == weekday)
        #expect(Day(number: number).iso == iso)
    }

    @Test(arguments: [
        "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "24-04-30", "2024-4-30", "2024/04/30", "",
        "2024-04-3a", "0000-01-01", "２０２４-01-01",
    ])
    func refuses(text: String) { #expect(Day(iso: text) == nil) }

    @Test func everyDayOfFourCenturiesComesBack() {
        for number in stride(from: Int32(-80_000), through: 80_000, by: 1) {
            let (year, month, day) = Day(number: number).date
            #expect(Day(year: year, month: month, day: day)?.number == number)
        }
    }

    /// ISO weeks from Python 3.11: `date.isocalendar()`.
    @Test(arguments: [
        ("2026-11-19", 2026, 47), ("2020-12-31", 2020, 53), ("2021-01-03", 2020, 53), ("2021-01-04", 2021, 1),
        ("2018-12-31", 2019, 1), ("2016-01-01", 2015, 53),
    ])
    func isoWeek(iso: String, year: Int, week: Int) throws {
        let found = try #require(Day(iso: iso)).isoWeek
        #expect(found.year == year)
        #expect(found.week == week)
    }
}

@Suite struct PeriodTests {
    @Test(arguments: [
        (Grain.day, "2026-11-19", "2026-11-19", "2026-11-20", "2026-11-19"),
        (.week, "2026-11-19", "2026-11-16", "2026-11-23", "2026-W47"),
        (.week, "2021-01-03", "2020-12-28", "2021-01-04", "2020-W53"),
        (.month, "2024-02-29", "2024-02-01", "2024-03-01", "2024-02"),
        (.month, "2026-12-31", "2026-12-01", "2027-01-01", "2026-12"),
        (.quarter, "2026-11-19", "2026-10-01", "2027-01-01", "2026-Q4"),
        (.quarter, "2024-03-31", "2024-01-01", "2024-04-01", "2024-Q1"),
    ])
    func bounds(grain: Grain, day: String, start: String, end: String, label: String) throws {
        let period = Period(of: grain, containing: try #require(Day(iso: day)))
        #expect(period.start.iso == start)
        #expect(period.end.iso == end)
        #expect(period.label(grain) == label)
    }

    @Test func coversWithoutGapOrOverlap() throws {
        let start = try #require(Day(iso: "2023-12-30"))
        let range = try #require(Period(start: start, end: start.advanced(by: 800)))
        for grain in Grain.allCases {
            let periods = Period.covering(range, by: grain)
            #expect(periods.first?.contains(start) == true)
            #expect(zip(periods, periods.dropFirst()).allSatisfy { $0.end == $1.start })
        }
        #expect(Period.covering(range, by: .week).count == 115)  // Saturday to a Saturday 799 days later, by calendar
    }
}

@Suite struct ZoneRulesTests {
    /// Europe/Berlin around both changes of 2026, from Python 3.11 zoneinfo.
    static let berlin = ZoneRules(
        name: "Europe/Berlin", transitions: [1_774_746_000, 1_792_890_000], offsets: [3600, 7200, 3600])

    @Test(arguments: [(1_774_745_999, 3600), (1_774_746_000, 7200), (1_792_889_999, 7200), (1_792_890_000, 3600)])
    func offsets(instant: Int64, offset: Int32) throws {
        #expect(try #require(Self.berlin).offset(atUTC: instant) == offset)
    }

    /// Wall times as seconds since 1970-01-01T00:00 of the wall: before the gap, in it, after it; in the repeated hour.
    @Test(arguments: [
        (1_774_747_800, 1_774_744_200), (1_774_751_400, 1_774_747_800), (1_774_755_000, 1_774_747_800),
        (1_792_895_400, 1_792_888_200), (1_792_899_000, 1_792_895_400),
    ])
    func wallTimes(local: Int64, utc: Int64) throws {
        #expect(try #require(Self.berlin).utc(fromLocal: local) == utc)
    }
}
