import Model
import Testing

@testable import Ingest

@Suite struct TimeStampTests {
    private func read(_ text: String, _ format: TimeFormat) -> WallTime? {
        let bytes = Array("<\(text)>".utf8)
        var reader = TimeStampReader()
        return reader.read(bytes.span, 1..<bytes.count - 1, as: format)
    }

    /// `YYYY-MM-DD second.micro zone`, as short as it says everything.
    private func shown(_ time: WallTime?) -> String {
        guard let time else { return "refused" }
        let zone =
            switch time.zone {
            case .unstated: ""
            case .utc: " Z"
            case .offset(let seconds): " \(seconds)"
            }
        return "\(Day(number: time.day).iso)" + (time.hasClock ? " \(time.second).\(time.microsecond)" : "") + zone
    }

    @Test(arguments: [
        ("2026-05-02T00:38:58+02:00", "2026-05-02 2338.0 7200"), ("2026-05-02T00:38:58Z", "2026-05-02 2338.0 Z"),
        ("2026-05-02T00:38:58", "2026-05-02 2338.0"), ("2026-05-02 00:38:58-05:30", "2026-05-02 2338.0 -19800"),
        ("2026-05-02t00:38:58z", "2026-05-02 2338.0 Z"), ("2026-05-02 00:38", "2026-05-02 2280.0"),
        ("2026-05-02", "2026-05-02"), ("2026/05/02", "2026-05-02"), ("2026-5-2", "2026-05-02"),
        ("20260502", "2026-05-02"),
        ("20260502T003858Z", "2026-05-02 2338.0 Z"), ("20260502T0038", "2026-05-02 2280.0"),
        ("2023-11-16 18:15:46.6805900", "2023-11-16 65746.680590"),
        ("2026-05-02T10:00:00.5Z", "2026-05-02 36000.500000 Z"),
        ("2026-05-02T10:00:00,123456789+0200", "2026-05-02 36000.123456 7200"),
        ("2026-05-02T10:00:00+02", "2026-05-02 36000.0 7200"), ("2026-05-02 10:00:00 +0200", "2026-05-02 36000.0 7200"),
        ("2026-05-02 10:00:00 UTC", "2026-05-02 36000.0 Z"), ("2026-05-02T10:00:00-00:00", "2026-05-02 36000.0 Z"),
        ("2026-05-02T24:00:00", "2026-05-03 0.0"), ("2016-12-31T23:59:60Z", "2016-12-31 86399.0 Z"),
        ("2017-01-01T05:29:60+05:30", "2017-01-01 19799.0 19800"), (" 2026-05-02 ", "2026-05-02"),
        ("2024-02-29", "2024-02-29"), ("2026-05-02 1:05 PM", "2026-05-02 47100.0"),
    ])
    func yearFirst(text: String, expected: String) { #expect(shown(read(text, .yearFirst)) == expected) }

    @Test(arguments: [
        "", "not-a-date", "2023-02-29", "2026-02-30T10:00:00+02:00", "2026-13-01T10:00:00+02:00",
        "2026-05-02T25:61:00+02:00",
        "31/12/2025 10:00", "2026-05-02T", "2026-05-02T10", "2026-05-02T10:00:00+19:00", "2026-05-02T10:00:00+02:60",
        "2026-05-02T10:00:00.", "2026-05-02T10:00:00.1234567890", "2026-05-02T10:00:60Z", "2026-05-02T24:00:01",
        "2026-05-02T10:60", "2026-05-02x10:00", "2026-05-02T10:00:00ZZ", "2026-05-02T10:00:00+2:00", "26-05-02",
        "2026-05",
        "2026-05-02 13:05 PM", "2026-05-02 0:05 AM", "2026-05/02", "２０２６-05-02", "2026-05-02T1a:00:00Z", "20260532",
    ])
    func yearFirstRefuses(text: String) { #expect(shown(read(text, .yearFirst)) == "refused") }

    @Test(arguments: [
        ("29-02-2016 01:16", TimeFormat.dayFirst, "2016-02-29 4560.0"), ("1.2.2024", .dayFirst, "2024-02-01"),
        ("31/12/2025 10:00", .dayFirst, "2025-12-31 36000.0"), ("12/31/2025", .monthFirst, "2025-12-31"),
        ("1/2/2024 3:04:05 PM", .monthFirst, "2024-01-02 54245.0"),
        ("1/2/2024 12:30 am", .monthFirst, "2024-01-02 1800.0"),
        ("1/2/2024, 3:04 PM", .monthFirst, "2024-01-02 54240.0"), ("12/31/2025", .dayFirst, "refused"),
        ("31/12/2025", .monthFirst, "refused"), ("29-02-2023", .dayFirst, "refused"),
        ("1/2/24", .monthFirst, "refused"),
        ("1-2/2024", .dayFirst, "refused"),
    ])
    func yearLast(text: String, format: TimeFormat, expected: String) { #expect(shown(read(text, format)) == expected) }

    /// Seconds of 2026-05-02T10:11:12Z from Python 3.11: `datetime(2026,5,2,10,11,12,tzinfo=utc).timestamp()`.
    @Test(arguments: [
        ("1777716672", TimeFormat.EpochUnit.bySize, "2026-05-02 36672.0 Z"),
        ("1777716672.25", .bySize, "2026-05-02 36672.250000 Z"),
        ("1777716672123", .bySize, "2026-05-02 36672.123000 Z"),
        ("1777716672123456", .bySize, "2026-05-02 36672.123456 Z"),
        ("1777716672123456789", .bySize, "2026-05-02 36672.123456 Z"), ("-1", .seconds, "1969-12-31 86399.0 Z"),
        ("0", .milliseconds, "1970-01-01 0.0 Z"), ("-1", .milliseconds, "1969-12-31 86399.999000 Z"),
        ("1777716672", .milliseconds, "1970-01-21 49716.672000 Z"), ("1e300", .seconds, "refused"),
        ("", .seconds, "refused"),
        ("12:00", .seconds, "refused"), ("999999999999", .seconds, "refused"),
    ])
    func epoch(text: String, unit: TimeFormat.EpochUnit, expected: String) {
        #expect(shown(read(text, .epoch(unit))) == expected)
    }

    /// Berlin in 2026: UTC+1, from 29 March 01:00Z UTC+2, from 25 October 01:00Z UTC+1 (Python 3.11 `zoneinfo`).
    @Test(arguments: [
        ("2026-05-02T00:38:58+02:00", DayRule.written, "2026-05-02 38 1777675138"),
        ("2026-05-02T00:38:58-05:00", .written, "2026-05-02 38 1777700338"),
        ("2026-05-02T20:38:58-05:00", .zone, "2026-05-03 218 1777772338"),
        ("2026-05-01T22:38:58Z", .written, "2026-05-02 38 1777675138"),
        ("2026-05-02T00:38:58", .written, "2026-05-02 38 1777675138"),
        ("2026-01-01T23:30:00Z", .written, "2026-01-02 30 1767310200"),
        ("2026-05-02", .written, "2026-05-02 -1 1777672800"),
        ("2026-05-02T23:59:59-11:00", .written, "2026-05-02 1439 1777805999"),
    ])
    func place(text: String, rule: DayRule, expected: String) throws {
        let berlin = try known(
            ZoneRules(name: "Europe/Berlin", transitions: [1_774_746_000, 1_792_890_000], offsets: [3600, 7200, 3600]))
        let time = try #require(read(text, .yearFirst)).placed(in: berlin, rule: rule)
        #expect("\(Day(number: time.day).iso) \(time.minute) \(time.instant / 1_000_000)" == expected)
    }

    @Test(arguments: [
        (["2026-05-02", "2026-05-03", "31/12/2025 10:00"], TimeFormat.yearFirst, false),
        (["01/02/2024", "13/02/2024"], .dayFirst, false), (["01/02/2024", "02/13/2024"], .monthFirst, false),
        (["01/02/2024", "02/03/2024"], .dayFirst, true), (["1777716672", "1777716673"], .epoch(.bySize), false),
    ])
    func guess(texts: [String], format: TimeFormat, isAmbiguous: Bool) throws {
        let guess = try #require(TimeFormatGuess(texts))
        #expect(guess.format == format)
        #expect(guess.isAmbiguous == isAmbiguous)
    }

    @Test func guessesNothing() {
        #expect(TimeFormatGuess(["a", "12", "3.5"]) == nil)
        #expect(TimeFormatGuess([]) == nil)
    }
}
