import Model
import Statistics

extension SeasonalProfile {
    /// Levels by calendar month, from the means of whole months less the mean of the twelve months around each.
    ///
    /// Fails below two years of months with values.
    init(months days: [DayFigures], settings: AnalysisSettings) throws(Absence) {
        guard let first = days.first?.day, let last = days.last?.day else { throw .noRecords }
        let periods = Period.covering(Period(from: first, through: last), by: .month)
        let needed = 24
        guard periods.count >= needed else { throw .tooFew(.periods, found: periods.count, needed: needed) }
        let means = periods.map { period -> Double? in
            let moments = days.moments(in: period)
            return moments.n > 0 ? moments.mean : nil
        }
        let series = RegularSeries(means)
        try series.require(needed)
        let slow = series.bridged.indices.map { index in
            let lower = max(0, min(index - 6, series.bridged.count - 12))
            return Moments(Array(series.bridged[lower..<min(series.bridged.count, lower + 12)])).mean
        }
        let start = periods[series.offset].start.date.month - 1
        let entries = series.values.indices.map { index in
            series.values[index].map { (value: $0 - slow[index], place: (index + start) % 12) }
        }
        let places = SeasonalPlaces(entries, season: 12)
        try self.init(places, settings: settings)
    }
}
