import Analysis
import Model

extension RunSnapshot {
    /// What a summary says, this version's or an earlier one's; nil where it is no summary of a run.
    ///
    /// What an earlier version did not write yet is left out, never filled in.
    public init?(summary: JSONValue) {
        let run = summary["run"]
        guard let day = run["as_of"].text.flatMap(Day.init(iso:)),
            let start = run["period"]["start"].text.flatMap(Day.init(iso:)),
            let end = run["period"]["end"].text.flatMap(Day.init(iso:)),
            let period = Period(start: start, end: end.advanced(by: 1))
        else { return nil }
        self.init(
            id: run["id"].text ?? "", asOf: day, title: run["title"].text ?? "", period: period,
            records: summary["data"]["records"].whole ?? 0, verdict: summary["verdict"]["word"].text ?? "")
        metrics = summary["metrics"].elements.compactMap(RunSnapshot.metric)
        dimensions = summary["dimensions"].elements.compactMap { entry in
            Dimension(name: entry["name"].text ?? "", title: entry["title"].text)
        }
        for metric in metrics {
            let trends = summary["trend"][metric.name]
            let distribution = summary["distribution"][metric.name]
            figures.append(RunSnapshot.figure(metric.name, "all", distribution, trends))
            figures += distribution["groups"].members.map {
                RunSnapshot.figure(metric.name, $0.key, $0.value, trends)
            }
            days[metric.name] = trends["all"]["series"].elements.compactMap { point in
                guard let day = point["period"].text.flatMap(Day.init(iso:)), let n = point["n"].whole,
                    let mean = point["value"].number
                else { return nil }
                return DayMean(day: day, n: n, mean: mean)
            }
        }
        findings = summary["findings"].elements.map { RunSnapshot.claim($0, goodness: $0["goodness"].text) }
        alerts = summary["alerts"]["list"].elements.filter { $0["state"].text == "firing" }
            .map { RunSnapshot.claim($0, goodness: "worse") }
        kpis = summary["kpis"].elements.map { kpi in
            let statistic = kpi["statistic"].text ?? ""
            return KPIState(
                id: "\(kpi["id"].text ?? "") \(kpi["group"].text ?? "")", title: kpi["title"].text ?? "",
                metric: kpi["metric"].text ?? "", isInUnit: statistic == "mean" || statistic.hasPrefix("p"),
                value: kpi["value"].number, verdict: kpi["verdict"].text ?? "")
        }
    }

    private static func metric(_ entry: JSONValue) -> Metric? {
        Metric(
            name: entry["name"].text ?? "", title: entry["title"].text, unit: entry["unit"].text ?? "",
            direction: entry["direction"].text.flatMap(Direction.init) ?? .neutral,
            isProportion: entry["proportion"] == .bool(true))
    }

    private static func figure(
        _ metric: String, _ group: String, _ entry: JSONValue, _ trends: JSONValue
    ) -> Figure {
        Figure(
            metric: metric, group: group, n: entry["n"].whole ?? 0, mean: entry["mean"].number, sd: entry["sd"].number,
            direction: trends[group]["direction"].text)
    }

    private static func claim(_ entry: JSONValue, goodness: String?) -> Claim {
        Claim(
            id: entry["id"].text ?? "", text: entry["text"].text ?? "",
            severity: entry["severity"].text.flatMap(Finding.Severity.init),
            goodness: goodness.flatMap(Finding.Goodness.init) ?? .neutral, standardised: entry["standardised"].number,
            partOf: entry["part_of"].text)
    }
}
