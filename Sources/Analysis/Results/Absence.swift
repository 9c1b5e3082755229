import Words

/// Why a figure has no value. JSON shows it as `null` with `reason`.
public enum Absence: Error, Sendable, Hashable {
    /// There is nothing to compute from.
    case noRecords
    /// There is something to compute from, but nothing before it to compare with.
    case noEarlier
    /// There are earlier values, but none in the days that it is compared with.
    case noneBefore
    /// There is less than the figure needs, in the thing that is counted (records, periods, groups …).
    case tooFew(Counted, found: Int, needed: Int)
    /// All values are equal, so that the figure has no meaning.
    case constant
    /// Each side of a comparison has equal values, so that no error of their difference can be told; it may be large.
    case constantSides
    /// There is no room for it because the metric declares no range, target or the like.
    case notDeclared
    /// What is asked about has not begun.
    case notBegun
    /// What is asked about was given up.
    case cancelled
    /// It lies before what is asked about.
    case beforeStart
    /// It would tell of fewer than k people, or lets a count be told that would.
    case hidden
    /// The table cannot be published without telling of few people.
    case notPublishable
    /// The table leaves out fewer than k of all people, whose number its total would tell.
    case leavesOutFew
    /// Tables stand as of an earlier night, when this one was not published.
    case notPublishedBefore
    /// The formula has no finite value here; the statistic's own reason.
    case undefined(Phrase)

    /// What there was too little of.
    public enum Counted: String, Sendable, Hashable {
        /// Records with a value.
        case records
        /// Periods with a value.
        case periods
        /// Days with records.
        case days
        /// Groups that are large enough.
        case groups
        /// Distinct values.
        case values
        /// Metrics.
        case metrics
        /// Runs with an outcome.
        case runs
        /// People.
        case people

        /// The word for one of them.
        public var one: String { self == .people ? "person" : String(rawValue.dropLast()) }
    }

    /// The same where the periods are days, which readers then are told.
    public var ofDays: Absence {
        if case .tooFew(.periods, let found, let needed) = self {
            .tooFew(.days, found: found, needed: needed)
        } else {
            self
        }
    }

    /// One word or short phrase for JSON, such as `too_few_records: 12 of 30`.
    public var reason: String {
        switch self {
        case .noRecords: "no_records"
        case .noEarlier: "no_earlier_records"
        case .noneBefore: "no_records_to_compare_with"
        case .tooFew(let what, let found, let needed): "too_few_\(what.rawValue): \(found) of \(needed)"
        case .constant: "constant"
        case .constantSides: "constant_sides"
        case .notDeclared: "not_declared"
        case .notBegun: "not_begun"
        case .cancelled: "cancelled"
        case .beforeStart: "before_start"
        case .hidden: "fewer_than_k"
        case .notPublishable: "not_publishable"
        case .leavesOutFew: "leaves_out_fewer_than_k"
        case .notPublishedBefore: "not_published_before"
        case .undefined(let why): why.english
        }
    }
}

/// A figure, or why there is none.
public typealias Answer<Value> = Result<Value, Absence>

extension Result where Failure == Absence {
    /// The figure; nil where there is none.
    public var value: Success? {
        if case .success(let value) = self { value } else { nil }
    }

    /// Why there is no figure; nil where there is one.
    public var absence: Absence? {
        if case .failure(let absence) = self { absence } else { nil }
    }
}
