import Model

/// What a figure is about: one metric in one group of records.
public struct Subject: Sendable, Hashable, Comparable {
    /// The metric's name.
    public var metric: String
    /// The records.
    public var group: Group

    /// Names a subject.
    public init(metric: String, group: Group) {
        self.metric = metric
        self.group = group
    }

    /// By group, then by the metric's name.
    public static func < (left: Subject, right: Subject) -> Bool {
        left.group == right.group ? left.metric < right.metric : left.group < right.group
    }
}
