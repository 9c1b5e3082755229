import Model
import Partials

/// Records from which a question about a subject can be answered: the partials of a history, or rows that are all at
/// hand. Both give the same figures; rows give ranks exactly however many values there are.
protocol MeasuredTable {
    /// What is measured.
    var catalogue: Catalogue { get }
    /// Every day on which a subject's group has records, in order.
    func days(of subject: Subject) -> [DayFigures]
    /// All that is known of a subject in a period; nil without values.
    func partial(of subject: Subject, over period: Period) -> Partial?
}

extension PartialTable: MeasuredTable {
    func partial(of subject: Subject, over period: Period) -> Partial? {
        merged(metric: subject.metric, group: subject.group, over: period)
    }
}
