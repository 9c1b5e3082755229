import Analysis
import Model

/// Everything that a report is made from.
public struct ReportInput: Sendable {
    /// What was computed.
    public var analyses: ReportAnalyses
    /// Which run this is.
    public var run: RunIdentity
    /// What was read.
    public var data: DataAccount
    /// The registered interventions.
    public var interventions: [Intervention]
    /// The as-of days of all runs, this one included.
    public var runDays: [Day]
    /// What the run before claimed; nil for the first run.
    public var earlier: EarlierFindings?
    /// How people are kept private; nil where the run knows of none.
    public var privacy: PrivacyAccount?
    /// What the declared reports came to, in the order of the configuration.
    public var custom: [CustomReport]
    /// Where the site is reached; nil where nobody has said so.
    public var address: String?

    /// Collects what a report is made from.
    public init(
        analyses: ReportAnalyses, run: RunIdentity, data: DataAccount, interventions: [Intervention], runDays: [Day],
        earlier: EarlierFindings? = nil, privacy: PrivacyAccount? = nil, custom: [CustomReport] = [],
        address: String? = nil
    ) {
        self.address = address
        self.custom = custom
        self.privacy = privacy
        self.analyses = analyses
        self.run = run
        self.data = data
        self.interventions = interventions
        self.runDays = runDays
        self.earlier = earlier
    }
}

/// The findings of the newest run before.
public struct EarlierFindings: Sendable, Hashable {
    /// The day that it described.
    public var asOf: Day
    /// The claims by id, in words.
    public var claims: [String: String]
    /// The ids of claims that are part of others.
    public var parts: Set<String> = []

    /// What a run claimed.
    public init(_ run: RunSnapshot) {
        asOf = run.asOf
        claims = Dictionary(run.findings.map { ($0.id, $0.text) }) { first, _ in first }
        parts = Set(run.findings.filter { $0.partOf != nil }.map(\.id))
    }

    /// Names what a run claimed.
    public init(asOf: Day, claims: [String: String]) {
        self.asOf = asOf
        self.claims = claims
    }
}

/// Which run a report is of.
public struct RunIdentity: Sendable, Hashable {
    /// The id: made of the inputs, so that the same inputs have the same id.
    public var id: String
    /// The report's title.
    public var title: String
    /// The zone of all days.
    public var zone: String
    /// The program's version.
    public var version: String
    /// How the run is published, so that it can be made again as it was; nil for answers that are no run.
    public var options: Options?

    /// What a command may ask for besides the configuration.
    public struct Options: Sendable, Hashable {
        /// Which learners have pages: none, top or all.
        public var learners: String
        /// The code of the language.
        public var language: String
        /// Whether the run stands in one HTML file, too.
        public var hasOneFile: Bool
        /// Whether it stands in one PDF document, too.
        public var hasPDF: Bool

        /// Takes what was asked for.
        public init(learners: String, language: String, hasOneFile: Bool, hasPDF: Bool) {
            self.learners = learners
            self.language = language
            self.hasOneFile = hasOneFile
            self.hasPDF = hasPDF
        }
    }

    /// Names a run.
    public init(id: String, title: String, zone: String, version: String, options: Options? = nil) {
        self.options = options
        self.id = id
        self.title = title
        self.zone = zone
        self.version = version
    }
}

/// What the archive holds and what the newest delivery brought.
public struct DataAccount: Sendable {
    /// The files in the archive, newest delivery first.
    public var files: [FileAccount]
    /// Refusals by cause, over all files.
    public var rejects: [(cause: Reject.Cause, count: Int)]
    /// Refusals with their places, as far as they are kept.
    public var examples: [Reject]
    /// What was assumed or noticed.
    public var notes: [DataNote]

    /// Describes what was read.
    public init(
        files: [FileAccount], rejects: [(cause: Reject.Cause, count: Int)], examples: [Reject], notes: [DataNote]
    ) {
        self.files = files
        self.rejects = rejects
        self.examples = examples
        self.notes = notes
    }

    /// One file of a delivery.
    public struct FileAccount: Sendable, Hashable {
        /// The delivery's number.
        public var delivery: Int64
        /// The file's name.
        public var name: String
        /// The table that it belongs to.
        public var table: String
        /// SHA-256 of its bytes.
        public var sha256: String
        /// Rows that were read, and those that were accepted.
        public var rows: Int
        /// Rows that were accepted.
        public var accepted: Int
        /// Rows and cells that were refused.
        public var rejected: Int
        /// Whether `rows` and `accepted` are rounded down: the file is about people, and its exact rows less the figures that are told
        /// would be those of whoever is held back, or was erased.
        public private(set) var isCoarse = false

        /// The same with rows rounded down to 1, 2 or 5 times a power of ten.
        public var coarse: Self {
            var file = self
            (file.rows, file.accepted, file.isCoarse) = (Self.coarse(rows), Self.coarse(accepted), true)
            return file
        }

        /// The greatest of 1, 2, 5, 10, 20, 50 … that is not above a number; 0 for 0.
        static func coarse(_ rows: Int) -> Int {
            guard rows > 0 else { return 0 }
            var power = 1
            while power <= rows / 10 { power *= 10 }
            return power * (rows >= 5 * power ? 5 : rows >= 2 * power ? 2 : 1)
        }

        /// Describes a file.
        public init(
            delivery: Int64, name: String, table: String, sha256: String, rows: Int, accepted: Int, rejected: Int
        ) {
            self.delivery = delivery
            self.name = name
            self.table = table
            self.sha256 = sha256
            self.rows = rows
            self.accepted = accepted
            self.rejected = rejected
        }
    }
}
