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
    /// Tells every change over all records, and every effect of an intervention, of which other shares of some dimension's groups
    /// make most.
    ///
    /// - Parameter days: those of the metrics over all records and in the groups that are analysed.
    mutating func tellMakeUps(_ days: [Subject: [DayFigures]]) {
        for place in improvements.indices {
            let result = improvements[place]
            guard let subject = result.subject, result.credit.value?.isTold == true else { continue }
            improvements[place].makeUp = makeUp(of: subject, from: result.before, to: result.after, days)
        }
        for finding in findings {
            switch finding.subject {
            case .metric(let subject):
                guard subject.group == .all, let change = change(of: finding.kind, in: subject) else { continue }
                let found = makeUp(of: subject, from: change.baseline.period, to: change.current.period, days)
                // Means of records may move the other way than those of days, of which the claim is.
                makeUps[finding.id] = found.flatMap {
                    ($0.drivers.change < 0) == (change.difference < 0) ? $0 : nil
                }
            case .intervention(let id, _):
                makeUps[finding.id] = improvements.first { $0.intervention.id == id }?.makeUp
            default: continue
            }
        }
    }

    /// The dimension whose groups' shares make most of a change; nil where none makes more of it than what happened within.
    private func makeUp(
        of subject: Subject, from baseline: Period, to current: Period, _ days: [Subject: [DayFigures]]
    ) -> MakeUp? {
        let found = catalogue.dimensions.compactMap { dimension -> MakeUp? in
            let sides = ChangeDrivers.sides(daysByValue(subject, dimension.name, days), baseline, current)
            let drivers = caught { () throws(Absence) in
                try ChangeDrivers(sides, current: current, baseline: baseline, needed: settings.minimumGroup)
            }
            return drivers.value.map { MakeUp(dimension: dimension.name, drivers: $0) }
        }
        return found.filter(\.isMostOfIt).max { abs($0.drivers.mix) < abs($1.drivers.mix) }
    }

    /// The two periods that a claim compares; nil for claims that compare none.
    private func change(of kind: Finding.Kind, in subject: Subject) -> ChangeFigures? {
        switch kind {
        case .levelShift: trend(of: subject)?.lastingShift.value?.change
        case .recentChange: trend(of: subject)?.sincePrevious.value
        default: nil
        }
    }

    /// The days of a subject by the values of a dimension, and under nil all of them. Within a group those of pairs of
    /// values, so far as they are analysed.
    private func daysByValue(
        _ subject: Subject, _ dimension: String, _ days: [Subject: [DayFigures]]
    ) -> [String?: [DayFigures]] {
        var found: [String?: [DayFigures]] = [nil: days[subject] ?? []]
        for group in groups {
            guard let value = value(of: dimension, in: group, within: subject.group) else { continue }
            found[value] = days[Subject(metric: subject.metric, group: group)]
        }
        return found
    }

    /// The value of a dimension that makes a part of a group; nil for groups that are no such part.
    private func value(of dimension: String, in group: Group, within whole: Group) -> String? {
        switch (whole, group) {
        case (.all, .value(dimension, let value)): value
        case (.value(let outer, let held), .pair(let first, let one, let second, let other)):
            (first, one, second) == (outer, held, dimension)
                ? other : (second, other, first) == (outer, held, dimension) ? one : nil
        default: nil
        }
    }
}
