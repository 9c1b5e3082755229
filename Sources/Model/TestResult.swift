/// What one test of a validation run said.
///
/// Known by source, run, suite and test: a later delivery of the same four replaces an earlier one.
public struct TestResult: Sendable, Hashable {
    /// Where the run took place or what it was run against, such as "simulated" and "live".
    public var source: String
    /// The id of the run as the export names it; nil where it names none, and then `started` tells runs apart.
    public var run: String?
    /// The local day of the run.
    public var day: Day
    /// The start of the run, suite or test as it is written, in microseconds since 1970-01-01T00:00Z; the day's start
    /// where no clock is written.
    public var started: Int64
    /// The suite, class or module; empty where there is none.
    public var suite: String
    /// The id of the test, or its name where it has none.
    public var test: String
    /// What the test is called; empty for its id.
    public var title: String
    /// The category as the export gives it; nil where it gives none.
    public var category: String?
    /// How it ended; nil where only a score is given, which cut-offs then judge.
    public var status: Status?
    /// From 0 to 100; nil where none was given and for tests that did not come to an end.
    public var score: Double?
    /// How long it took.
    public var seconds: Double?
    /// How many cases (queries, sessions …) the test tried; nil where it does not say.
    public var cases: Int?
    /// How many of them went well, at most `cases`.
    public var casesPassed: Int?
    /// How often it was tried in this run.
    public var attempts: Int
    /// How many of the attempts failed or broke off.
    public var failedAttempts: Int
    /// What the test said: evidence, message, error; empty for nothing.
    public var message: String

    /// How a test ended.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// It did what was asked.
        case passed
        /// It did so in part.
        case warned
        /// It did not.
        case failed
        /// It was not run.
        case skipped
        /// It broke off before it could say anything.
        case errored

        /// Whether the test ran and said that something works: passed, or passed in part.
        public var isGood: Bool { self == .passed || self == .warned }
        /// Whether it failed or broke off.
        public var isBad: Bool { self == .failed || self == .errored }
    }

    /// Describes a result with nothing but its place and status.
    public init(
        source: String, run: String? = nil, day: Day, started: Int64, suite: String = "", test: String,
        status: Status? = nil
    ) {
        self.source = source
        self.run = run
        self.day = day
        self.started = started
        self.suite = suite
        self.test = test
        self.status = status
        title = ""
        attempts = 1
        failedAttempts = status?.isBad == true ? 1 : 0
        message = ""
    }
}

/// A pattern for names: `*` stands for any characters, letters are compared without their case.
public struct NamePattern: Sendable, Hashable {
    /// The pattern as it is written.
    public let text: String
    private let bytes: [UInt8]

    /// A pattern; every text is one.
    public init(_ text: String) {
        self.text = text
        bytes = Array(text.lowercased().utf8)
    }

    /// Whether the pattern matches the whole name. O(pattern × name).
    public func matches(_ name: String) -> Bool {
        let name = Array(name.lowercased().utf8)
        var (place, at) = (0, 0)
        var star: (place: Int, at: Int)?
        while at < name.count {
            if place < bytes.count, bytes[place] == 0x2A {
                star = (place, at)
                place += 1
            } else if place < bytes.count, bytes[place] == name[at] {
                place += 1
                at += 1
            } else if let last = star {
                // The last star takes one more byte.
                star = (last.place, last.at + 1)
                place = last.place + 1
                at = last.at + 1
            } else {
                return false
            }
        }
        return bytes[place...].allSatisfy { $0 == 0x2A }
    }
}
