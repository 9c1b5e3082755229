import Model
import Statistics

/// How much of a change that a finding claims is due to groups that bring more or fewer records than before.
///
/// When the slow half of a service stops reporting, the mean of what is left falls although nothing became faster.
public struct MakeUp: Sendable, Hashable {
    /// The dimension whose groups tell most of the change by their shares.
    public var dimension: String
    /// The change between the finding's periods, by the groups of this dimension.
    public var drivers: ChangeDrivers

    /// Whether other shares make more of the change than what happened within the groups.
    public var isMostOfIt: Bool {
        abs(drivers.mix) > abs(drivers.within) && (drivers.mix < 0) == (drivers.change < 0)
    }
}

extension ReportAnalyses {
    /// Tells every change over all records of which other shares of some dimension's groups make most.
    ///
    /// - Parameter days: those of the metrics over all records and in the groups that are analysed.
    mutating func tellMakeUps(_ days: [Subject: [DayFigures]]) {
        for finding in findings {
            guard case .metric(let subject) = finding.subject, subject.group == .all,
                let change = change(of: finding.kind, in: subject)
            else { continue }
            let found = catalogue.dimensions.compactMap { dimension -> MakeUp? in
                let sides = ChangeDrivers.sides(
                    daysByValue(subject.metric, dimension.name, days), change.baseline.period, change.current.period)
                let drivers = caught { () throws(Absence) in
                    try ChangeDrivers(
                        sides, current: change.current.period, baseline: change.baseline.period,
                        needed: settings.minimumGroup)
                }
                return drivers.value.map { MakeUp(dimension: dimension.name, drivers: $0) }
            }
            let telling = found.filter(\.isMostOfIt)
            makeUps[finding.id] = telling.max { abs($0.drivers.mix) < abs($1.drivers.mix) }
        }
    }

    /// The two periods that a claim compares; nil for claims that compare none.
    private func change(of kind: Finding.Kind, in subject: Subject) -> ChangeFigures? {
        switch kind {
        case .levelShift: trend(of: subject)?.lastingShift.value?.change
        case .recentChange: trend(of: subject)?.sincePrevious.value
        default: nil
        }
    }

    private func daysByValue(
        _ metric: String, _ dimension: String, _ days: [Subject: [DayFigures]]
    ) -> [String?: [DayFigures]] {
        var found: [String?: [DayFigures]] = [nil: days[Subject(metric: metric, group: .all)] ?? []]
        for group in groups {
            guard case .value(dimension, let value) = group else { continue }
            found[value] = days[Subject(metric: metric, group: group)]
        }
        return found
    }
}
