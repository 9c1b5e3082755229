import Model

/// The forecast of one metric over all records, apart from its trend because it takes longer than all else of the metric.
struct ForecastTask: Sendable {
    /// The metric's name.
    let metric: String
    private let series: RegularSeries
    private let steps: StepCalendar
    private let range: ClosedRange<Double>?
    private let settings: AnalysisSettings

    /// - Parameters:
    ///   - days: every day with records, in ascending order; those in the period are read.
    ///   - smallest: the smallest value in the period.
    init(
        _ metric: Metric, _ days: [DayFigures], smallest: Double?, in period: Period, settings: AnalysisSettings
    ) {
        let days = days.filter { $0.n > 0 && period.contains($0.day) }
        self.metric = metric.name
        steps = StepCalendar(days.map(\.day), from: period.start)
        series = RegularSeries(days, steps)
        range = metric.bounds(smallest: smallest)
        self.settings = settings
    }

    /// Makes it. Pure.
    func answer() -> Answer<ForecastFigures> {
        caught { () throws(Absence) in
            try ForecastFigures(
                series, season: steps.weekdays.count,
                horizon: steps.steps(in: settings.forecastDays, after: series.values.count - 1), range: range,
                settings: settings)
        }
    }
}

extension ReportAnalyses {
    /// Puts a forecast into the trend of its metric over all records.
    mutating func adopt(_ forecast: Answer<ForecastFigures>, of metric: String) {
        guard let place = trends.firstIndex(where: { $0.subject == Subject(metric: metric, group: .all) }) else {
            return
        }
        trends[place].behaviour.forecast = forecast
    }
}
