import Foundation
import Statistics

/// Forecasts of the M3 competition's series.
///
/// Source: S. Makridakis, M. Hibon, Int. J. Forecast. 16 (2000) 451–476, doi:10.1016/S0169-2070(00)00057-1. sMAPE is the mean
/// over all forecast values, MASE over the series with the seasonal naive error of the training part as scale.
enum ForecastAccuracy {
    private struct Series: Decodable {
        let id: String
        let period: String
        let h: Int
        let train: [Double]
        let test: [Double]
    }

    /// Sums of one frequency.
    private struct Errors {
        var relative: [Double] = []
        var scaled: [Double] = []
        var inside = 0

        mutating func add(_ series: Series, season: Int, _ values: [Double], _ intervals: [Interval]?) {
            let pairs = zip(series.test, values)
            relative += pairs.map { 200 * abs($0 - $1) / (abs($0) + abs($1)) }
            let scale = Accuracy.mean(zip(series.train.dropFirst(season), series.train).map { abs($0 - $1) })
            if scale > 0 { scaled.append(Accuracy.mean(pairs.map { abs($0 - $1) }) / scale) }
            inside += zip(series.test, intervals ?? []).reduce(0) { $0 + ($1.1.contains($1.0) ? 1 : 0) }
        }
    }

    private static let seasons = ["YEARLY": 1, "QUARTERLY": 4, "MONTHLY": 12, "OTHER": 1]
    private static let methods = ["THETA", "ForecastPro", "COMB_S_H_D", "DAMPEN", "NAIVE2"]

    static func lines(_ folder: URL) throws -> (series: Int, lines: [Accuracy.Line]) {
        let all = try Accuracy.read([Series].self, folder.appending(path: "m3.json"))
        var ours: [String: Errors] = [:]
        var others: [String: [String: Errors]] = [:]
        for series in all {
            let season = seasons[series.period] ?? 1
            let forecast = try forecast(series.train, period: season, steps: series.test.count)
            for key in [series.period, "ALL"] {
                ours[key, default: Errors()].add(series, season: season, forecast.values, forecast.intervals)
            }
        }
        for method in methods {
            let theirs = try published(folder.appending(path: "forecasts/\(method).csv"))
            for series in all {
                guard let values = theirs[series.id] else { continue }
                for key in [series.period, "ALL"] {
                    others[method, default: [:]][key, default: Errors()].add(
                        series, season: seasons[series.period] ?? 1, values, nil)
                }
            }
        }
        let lines = ["YEARLY", "QUARTERLY", "MONTHLY", "OTHER", "ALL"].flatMap { key -> [Accuracy.Line] in
            guard let own = ours[key] else { return [] }
            return [
                line("\(key) sMAPE", own, key, others) { Accuracy.mean($0.relative) },
                line("\(key) MASE", own, key, others) { Accuracy.mean($0.scaled) },
                Accuracy.Line(
                    name: "\(key) coverage of 95 % intervals", ours: Double(own.inside) / Double(own.relative.count)),
            ]
        }
        return (all.count, lines)
    }

    private static func line(
        _ name: String, _ own: Errors, _ key: String, _ others: [String: [String: Errors]], _ value: (Errors) -> Double
    ) -> Accuracy.Line {
        Accuracy.Line(
            name: name, ours: value(own),
            published: methods.compactMap { method in others[method]?[key].map { (method, value($0)) } })
    }

    private static func forecast(_ data: [Double], period: Int, steps: Int) throws -> Forecast {
        try AutomaticForecast(data, period: period).forecast(steps: steps)
    }

    /// One series in a line: its id and the forecasts.
    private static func published(_ file: URL) throws -> [String: [Double]] {
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        return Dictionary(
            text.split(whereSeparator: \.isNewline).map { line in
                let cells = line.split(separator: ",")
                return (String(cells[0]), cells.dropFirst().compactMap { Double($0) })
            }, uniquingKeysWith: { first, _ in first })
    }
}
