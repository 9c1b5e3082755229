/// What is left out of the figures of days because it would be of fewer than k people.
public struct HeldBack: Sendable, Hashable {
    /// Whether any record names a person, so that single records are told nowhere.
    public var isOfPeople = false
    /// Days that are left out whole.
    public var days = 0
    /// Groups of days, counted for each day.
    public var groups = 0
    /// Metrics of groups of days that are told otherwise.
    public var cells = 0

    /// Nothing is left out.
    public init() {}

    /// Adds what is left out of other days.
    public mutating func add(_ other: HeldBack) {
        isOfPeople = isOfPeople || other.isOfPeople
        days += other.days
        groups += other.groups
        cells += other.cells
    }
}
