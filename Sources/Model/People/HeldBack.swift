/// What is left out of the figures of days because it would be of fewer than k people, day by day.
public struct HeldBack: Sendable, Hashable {
    /// Whether any record names a person, so that single records are told nowhere.
    public var isOfPeople = false
    /// What each day leaves out; a day that leaves out nothing is absent.
    private var parts: [Day: Part] = [:]

    /// What one day leaves out.
    public struct Part: Sendable, Hashable {
        /// Why the day is left out whole; nil where it is told.
        public var reason: Reason?
        /// Groups of the day that are left out.
        public var groups = 0
        /// Metrics of groups that are told otherwise.
        public var cells = 0
        /// Which metrics those are, by group.
        public var metrics: [Group: Set<String>] = [:]

        /// Nothing is left out.
        public init() {}
    }

    /// Why a day is left out whole.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// Its records are of fewer than k people.
        case fewPeople = "few_people"
        /// What else is published of the day differs from it by the records of fewer than k people.
        case fewBeside = "few_beside"
    }

    /// Nothing is left out.
    public init() {}

    /// Days that are left out whole.
    public var days: Int { parts.values.count { $0.reason != nil } }

    /// Groups of days, counted for each day.
    public var groups: Int { parts.values.reduce(0) { $0 + $1.groups } }

    /// Metrics of groups of days that are told otherwise.
    public var cells: Int { parts.values.reduce(0) { $0 + $1.cells } }

    /// Whether a metric of a group that is told otherwise is left out on a day.
    public func leavesOut(_ metric: String, of group: Group, on day: Day) -> Bool {
        parts[day]?.metrics[group]?.contains(metric) ?? false
    }

    /// What a day leaves out.
    public subscript(day: Day) -> Part {
        get { parts[day] ?? Part() }
        set { parts[day] = newValue == Part() ? nil : newValue }
    }

    /// The days that are left out whole, in order.
    public var wholeDays: [(day: Day, reason: Reason)] {
        parts.compactMap { day, part in part.reason.map { (day, $0) } }.sorted { $0.day < $1.day }
    }

    /// Adds what is left out of other days.
    public mutating func add(_ other: HeldBack) {
        isOfPeople = isOfPeople || other.isOfPeople
        parts.merge(other.parts) { old, new in
            var sum = old
            sum.reason = old.reason ?? new.reason
            sum.groups += new.groups
            sum.cells += new.cells
            sum.metrics.merge(new.metrics) { $0.union($1) }
            return sum
        }
    }

    /// What days of a period leave out.
    public func limited(to period: Period) -> HeldBack {
        var own = self
        own.parts = parts.filter { period.contains($0.key) }
        return own
    }
}
