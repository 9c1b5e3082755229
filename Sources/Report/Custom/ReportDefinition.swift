import Analysis
import Model

/// A report that the configuration declares: which records, over which days, which figures and pictures of them.
public struct ReportDefinition: Sendable, Hashable {
    /// The name in the configuration, which is the folder of its pages.
    public var name: String
    /// The heading.
    public var title: String
    /// Which records count.
    public var filter = RecordFilter()
    /// How many days up to the day of the run are looked at; nil takes `look_back_days`.
    public var days: Int?
    /// The first and the last day, where days are fixed; the day of the run may end it earlier.
    public var fixed: Period?
    /// What is measured and by what it is grouped.
    public var catalogue: Catalogue
    /// What is shown, by the names of `ReportPart`.
    public var parts: Set<String>

    /// A report with the usual parts.
    public init(name: String, title: String, catalogue: Catalogue) {
        self.name = name
        self.title = title
        self.catalogue = catalogue
        parts = ReportPart.usual
    }

    /// The days that are looked at; nil where they begin after the day of the run.
    public func period(asOf: Day, lookBackDays: Int) -> Period? {
        guard let fixed else { return Period(days: days ?? lookBackDays, through: asOf) }
        return Period(start: fixed.start, end: min(fixed.end, asOf.advanced(by: 1))).flatMap {
            $0.length > 0 ? $0 : nil
        }
    }
}

/// What a declared report came to.
public struct CustomReport: Sendable {
    /// What was declared.
    public var definition: ReportDefinition
    /// The days; nil where they have not begun.
    public var period: Period?
    /// The figures, or why there are none.
    public var analyses: Answer<ReportAnalyses>
    /// Days of the period whose rows have been pruned, so that a filter cannot look at them.
    public var prunedDays = 0
    /// What the days of the period leave out because records name people.
    public var held = HeldBack()
    /// At least how many people the records of the told days are of, in steps of k: the exact numbers of two reports would tell
    /// how many people are in one of them alone. Nil where the tables name nobody.
    public var people: Int?

    /// What a report came to.
    public init(_ definition: ReportDefinition, period: Period?, analyses: Answer<ReportAnalyses>) {
        self.definition = definition
        self.period = period
        self.analyses = analyses
    }
}

/// One thing that a declared report can show: a section of a page that every report has, made of the chosen records.
public struct ReportPart: Sendable {
    /// The name in the configuration.
    public let name: String
    /// Whether it stands under `charts`, else under `sections`.
    public let isChart: Bool
    /// The page that it is a section of.
    let home: Home
    /// The section's id there; a metric's or dimension's name stands for `*`.
    let section: String

    /// The pages of a report whose sections can be chosen.
    enum Home: Sendable {
        case own
        case trends
        case distributions
        case comparisons
        case course
        case groups
        case values
        case dimension
        case pairs
    }

    private init(_ name: String, isChart: Bool = false, _ home: Home, _ section: String) {
        self.name = name
        self.isChart = isChart
        self.home = home
        self.section = section
    }

    /// Every part, in the order in which a page shows them.
    public static let all = [
        ReportPart("figures", .own, "figures"), ReportPart("findings", .own, "findings"),
        ReportPart("trends", .trends, "metrics"), ReportPart("lines", isChart: true, .trends, "lines"),
        ReportPart("distributions", .distributions, "metrics"),
        ReportPart("shapes", isChart: true, .distributions, "shapes"),
        ReportPart("correlation", isChart: true, .comparisons, "correlation"),
        ReportPart("volume", isChart: true, .own, "volume"),
        ReportPart("days", isChart: true, .course, "days"), ReportPart("weeks", isChart: true, .course, "weeks"),
        ReportPart("group_trends", .course, "by-*"),
        ReportPart("forecast", isChart: true, .course, "forecast"),
        ReportPart("weekdays", isChart: true, .course, "week"), ReportPart("hours", isChart: true, .course, "hours"),
        ReportPart("shifts", .course, "shifts"), ReportPart("unusual", .course, "unusual"),
        ReportPart("tests", .course, "tests"),
        ReportPart("map", isChart: true, .groups, "by-*"),
        ReportPart("shape", isChart: true, .values, "shape"), ReportPart("values", .values, "figures"),
        ReportPart("bands", isChart: true, .values, "bands"), ReportPart("boxes", isChart: true, .values, "boxes-*"),
        ReportPart("curves", isChart: true, .values, "curves"), ReportPart("kind", .values, "kind"),
        ReportPart("outliers", .values, "outliers"), ReportPart("drift", .values, "drift"),
        ReportPart("normality", .values, "normality"),
        ReportPart("groups", isChart: true, .dimension, "*"), ReportPart("drivers", .dimension, "drivers"),
        ReportPart("places", .dimension, "places"), ReportPart("adjusted", .dimension, "adjusted"),
        ReportPart("pairs", .pairs, "standing"),
    ]

    /// What is shown where nothing is chosen.
    public static let usual: Set<String> = [
        "figures", "findings", "trends", "distributions", "days", "shape", "groups", "pairs",
    ]

    /// Whether a section of its page is meant, with the names of metrics and dimensions that may stand for `*`.
    func matches(_ id: String, names: [String]) -> Bool {
        guard section.hasSuffix("*") else { return id == section }
        return id.hasPrefix(section.dropLast()) && names.contains(String(id.dropFirst(section.count - 1)))
    }
}
