import Model
import Partials
import Statistics

extension PartialTable {
    /// Every day on which a group has records, with what it says about a metric. Cost: the moments of one
    /// cell a day; counts stay packed.
    func days(of subject: Subject) -> [DayFigures] {
        entries.indices.compactMap { place in
            // By place: a copy of a day for each of hundreds of subjects would cost more than the look.
            let records = entries[place].recordCount(of: subject.group)
            guard records > 0 else { return nil }
            let moments = entries[place].moments(metric: subject.metric, group: subject.group) ?? Moments()
            let day = entries[place].day
            let isHeld = held.leavesOut(subject.metric, of: subject.group, on: day)
            return DayFigures(day: day, moments: moments, missing: isHeld ? 0 : records - moments.n, isHeld: isHeld)
        }
    }

    /// The same for every metric of the catalogue, in its order, at the cost of one look-up a day.
    func daysOfMetrics(in group: Group) -> [[DayFigures]] {
        let days = days(of: group)
        return catalogue.metrics.enumerated().map { place, metric in
            days.map { day in
                let moments = day.moments[place] ?? Moments()
                let isHeld = held.leavesOut(metric.name, of: group, on: day.day)
                return DayFigures(
                    day: day.day, moments: moments, missing: isHeld ? 0 : day.records - moments.n, isHeld: isHeld)
            }
        }
    }

    /// Every day on which a group has records, with their number.
    func volumes(of group: Group) -> [(day: Day, records: Int)] {
        entries.indices.compactMap { place in
            let records = entries[place].recordCount(of: group)
            return records > 0 ? (entries[place].day, records) : nil
        }
    }

    /// The table without the days after one.
    func through(_ last: Day) -> PartialTable {
        let end = min(period.end, last.advanced(by: 1))
        let kept = Period(start: period.start, end: max(period.start, end)) ?? period
        return PartialTable(catalogue: catalogue, period: kept, days: entries, held: held)
    }
}
