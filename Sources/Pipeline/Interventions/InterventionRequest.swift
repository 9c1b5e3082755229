import Report

/// What `assay interventions` is asked to do.
public struct InterventionRequest: Sendable {
    /// A change of the register.
    public enum Change: Sendable {
        /// Enters a new one.
        case add(New)
        /// Says that it has begun.
        case start(String)
        /// Says that it was carried out.
        case complete(String)
        /// Says that it was given up.
        case cancel(String)
        /// Adds a measured value.
        case measure(String, Measured)
    }

    /// A new intervention as it was typed.
    public struct New: Sendable {
        var id: String?
        var name: String
        var kind: String
        var metric: String
        var scope: [String]
        var start: String
        var end: String?
        var expected: Double?

        /// Collects the options of the command.
        public init(
            id: String?, name: String, kind: String, metric: String, scope: [String], start: String, end: String?,
            expected: Double?
        ) {
            self.id = id
            self.name = name
            self.kind = kind
            self.metric = metric
            self.scope = scope
            self.start = start
            self.end = end
            self.expected = expected
        }
    }

    /// A measured value as it was typed.
    public struct Measured: Sendable {
        var current: Double
        var baseline: Double?
        var sampleSize: Int?

        /// Collects the options of the command.
        public init(current: Double, baseline: Double?, sampleSize: Int?) {
            self.current = current
            self.baseline = baseline
            self.sampleSize = sampleSize
        }
    }

    var options: SettingsOptions
    var change: Change?
    /// The day from which on the change holds; nil is today.
    var day: String?
    var format: AnswerFormat
    /// Only interventions of this kind are listed.
    var kind: String?
    /// Only interventions that are meant to move this metric are listed.
    var metric: String?

    /// Collects the options of the command; without a change the register is listed.
    public init(
        configuration: String?, archive: String?, change: Change? = nil, day: String? = nil,
        format: AnswerFormat = .text, kind: String? = nil, metric: String? = nil
    ) {
        options = SettingsOptions(configuration: configuration, output: nil, archive: archive, timeZone: nil)
        self.change = change
        self.day = day
        self.format = format
        (self.kind, self.metric) = (kind, metric)
    }
}
