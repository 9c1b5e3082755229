import Analysis

/// How grave an alert is: note, warning or critical.
public typealias AlertSeverity = Finding.Severity

/// What `assay build` is asked to do.
public struct BuildRequest: Sendable {
    var exports: [String]
    var options: SettingsOptions
    var asOf: String?
    var isStrict: Bool
    var requiresNewData: Bool
    var isDryRun: Bool
    var takesBack: Bool
    /// The mildest severity of a firing alert that ends the command with 10; nil for none.
    public var failOn: AlertSeverity?
    /// The language of the report; nil as configured.
    public var language: String? {
        get { options.language }
        set { options.language = newValue }
    }
    /// Which learners get pages of their own; nil as configured.
    public var learners: LearnerPages?
    /// Whether the report is written as one HTML file, too.
    public var hasOneFile = false
    /// Whether the report is written as one PDF document, too.
    public var hasPDF = false
    var jobs: Int?
    /// Whether a day is made again from what is stored, without reading anything.
    var readsNothing = false

    /// How many files, pages and days are worked on at once.
    func cores(in surroundings: Surroundings) -> Int { max(1, jobs ?? surroundings.cores) }

    /// Collects the options of the command.
    public init(
        exports: [String], configuration: String?, output: String?, archive: String?, asOf: String?, timeZone: String?,
        isStrict: Bool, requiresNewData: Bool, isDryRun: Bool, takesBack: Bool = false, jobs: Int?
    ) {
        self.exports = exports
        options = SettingsOptions(configuration: configuration, output: output, archive: archive, timeZone: timeZone)
        self.asOf = asOf
        self.isStrict = isStrict
        self.requiresNewData = requiresNewData
        self.isDryRun = isDryRun
        self.takesBack = takesBack
        self.jobs = jobs
    }
}

/// What `assay init` is asked to do.
public struct ProposalRequest: Sendable {
    var exports: [String]
    var configuration: String?
    var printsOnly: Bool

    /// Collects the options of the command.
    public init(exports: [String], configuration: String?, printsOnly: Bool) {
        self.exports = exports
        self.configuration = configuration
        self.printsOnly = printsOnly
    }
}

/// What `assay check` is asked to do.
public struct CheckRequest: Sendable {
    var exports: [String]
    var configuration: String?
    var isStrict: Bool

    /// Collects the options of the command.
    public init(exports: [String], configuration: String?, isStrict: Bool) {
        self.exports = exports
        self.configuration = configuration
        self.isStrict = isStrict
    }
}

/// What `assay sample` is asked to do.
public struct SampleRequest: Sendable {
    var folder: String
    var sessions: Int
    var days: Int
    var end: String
    var seed: UInt64
    var format: String
    var split: String
    var timeZone: String
    /// Whether sessions of a voice service are written, too.
    public var hasVoice = false
    /// How many learners are written; 0 for none.
    public var learners = 0
    /// Whether people of a behaviour service are written, too.
    public var hasPeople = false
    /// Whether points of health metrics and a pipeline log are written, too.
    public var hasHealth = false

    /// Collects the options of the command.
    public init(
        folder: String, sessions: Int, days: Int, end: String, seed: UInt64, format: String, split: String,
        timeZone: String
    ) {
        self.folder = folder
        self.sessions = sessions
        self.days = days
        self.end = end
        self.seed = seed
        self.format = format
        self.split = split
        self.timeZone = timeZone
    }
}

/// What `assay history prune` is asked to do.
public struct PruneRequest: Sendable {
    var history: HistoryRequest
    var rowDays: Int?
    var isDryRun: Bool

    /// Collects the options of the command.
    public init(_ history: HistoryRequest, rowDays: Int?, isDryRun: Bool) {
        self.history = history
        self.rowDays = rowDays
        self.isDryRun = isDryRun
    }
}

/// Which archive `assay history` looks at.
public struct HistoryRequest: Sendable {
    var options: SettingsOptions
    /// How `list`, `show` and `verify` print.
    public var format = HistoryFormat.text

    /// Collects the options of the command.
    public init(configuration: String?, archive: String?, output: String? = nil) {
        options = SettingsOptions(configuration: configuration, output: output, archive: archive, timeZone: nil)
    }
}
