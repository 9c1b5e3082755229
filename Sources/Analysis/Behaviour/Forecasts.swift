import Model
import Partials

/// The forecast of one metric over all records, apart from the other analyses because it takes as long as all of them.
public struct ForecastTask: Sendable {
    /// The metric's name.
    public let metric: String
    private let series: RegularSeries
    private let range: ClosedRange<Double>?
    private let settings: AnalysisSettings

    /// One task for each metric of a table; none where nothing is to be forecast.
    public static func all(
        _ table: PartialTable, settings: AnalysisSettings, asOf: Day
    ) -> [ForecastTask] {
        guard settings.forecastDays > 0 else { return [] }
        let period = settings.lookBack(from: asOf)
        return table.catalogue.metrics.map { metric in
            let days = table.days(of: Subject(metric: metric.name, group: .all)).filter {
                $0.n > 0 && period.contains($0.day)
            }
            let start = days.first?.day ?? period.start
            return ForecastTask(
                metric: metric.name, series: RegularSeries(DayFigures.steps(days, from: start)), range: metric.range,
                settings: settings)
        }
    }

    /// Makes it. Pure.
    public func answer() -> Answer<ForecastFigures> {
        caught { () throws(Absence) in
            try ForecastFigures(
                series, season: 7, horizon: settings.forecastDays, range: range, settings: settings)
        }
    }
}

extension ReportAnalyses {
    /// Puts a forecast into the trend of its metric over all records.
    public mutating func adopt(_ forecast: Answer<ForecastFigures>, of metric: String) {
        guard let place = trends.firstIndex(where: { $0.subject == Subject(metric: metric, group: .all) }) else {
            return
        }
        trends[place].behaviour.forecast = forecast
    }
}
