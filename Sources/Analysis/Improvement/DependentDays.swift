import Model
import Statistics

extension ChangeFigures {
    /// The days of a period against those of an earlier one, where each day may depend on the one before: without that
    /// a change between two stretches of days is claimed three to five times too often.
    ///
    /// - Parameter known: how much days depend on each other where that is known better than from these two stretches;
    ///   nil takes it from what the two means leave of their days (see `FirstOrderDependence`). A stretch that climbs
    ///   would look like days that follow each other.
    static func betweenDependent(
        _ days: [DayFigures], _ current: Period, and baseline: Period, known: FirstOrderDependence? = nil,
        recordSD: Double?, level: Double
    ) throws(Absence) -> ChangeFigures {
        let (late, early) = (try DayCluster(days, in: current), try DayCluster(days, in: baseline))
        let dependence =
            known
            ?? FirstOrderDependence(
                residuals: [(baseline, early), (current, late)].map { period, cluster in
                    days.filter { $0.n > 0 && period.contains($0.day) }.map { $0.mean - cluster.figures.mean }
                })
        return try between(
            late.reckoning(with: dependence), and: early.reckoning(with: dependence), method: .welchByDayAR1,
            recordSD: recordSD, level: level)
    }
}
