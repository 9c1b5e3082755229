import Analysis
import Model

/// One figure for a monitoring system, in the text format of Prometheus (version 0.0.4).
public struct Gauge: Sendable, Hashable {
    /// Its name, with its unit at the end.
    public var name: String
    /// What it says, in one line.
    public var help: String
    /// Its value; nil leaves it out.
    public var value: Double?

    /// Names a figure.
    public init(_ name: String, _ help: String, _ value: Double?) {
        self.name = name
        self.help = help
        self.value = value
    }

    /// The lines of figures, in their order; whole numbers are written without a point.
    public static func text(_ gauges: [Gauge]) -> String {
        gauges.compactMap { gauge in
            gauge.value.map { value in
                let number = value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
                return "# HELP \(gauge.name) \(gauge.help)\n# TYPE \(gauge.name) gauge\n\(gauge.name) \(number)\n"
            }
        }.joined()
    }
}

extension ReportContext {
    /// What a report says of itself to a monitoring system. Figures of the run itself (when, how long) are not among
    /// them: the same report must have the same bytes whenever it is made.
    var gauges: [Gauge] {
        let (coverage, data) = (input.analyses.coverage, input.data)
        let newest = data.files.filter { $0.delivery == data.files.first?.delivery }
        func sum(_ files: [DataAccount.FileAccount], _ count: (DataAccount.FileAccount) -> Int) -> Double {
            Double(files.reduce(0) { $0 + count($1) })
        }
        let asOf = Double(input.analyses.asOf.number) * 86_400
        return [
            Gauge(
                "assay_report_as_of_timestamp_seconds", "Start (UTC) of the day that the newest report describes.", asOf
            ),
            Gauge(
                "assay_report_age_of_data_days", "Days from the newest day with records to that day.",
                coverage.ageInDays.map(Double.init)),
            Gauge("assay_report_records", "Records of all days up to that day.", Double(coverage.recordsEver)),
            Gauge(
                "assay_alerts_firing", "Alerts that fire and are not muted.",
                Double(input.analyses.alerts.firing.count + (input.analyses.points?.firing.count ?? 0))
            ),
            Gauge(
                "assay_alerts_firing_critical", "Of these, critical ones.",
                Double(input.analyses.firing(atLeast: .critical))),
            Gauge(
                "assay_kpis_missed", "KPIs whose whole interval misses the target.",
                Double(input.analyses.kpis.count { $0.verdict == .missed })),
            Gauge("assay_report_findings", "Findings of the report.", Double(input.analyses.findings.count)),
            Gauge("assay_delivery_files", "Files of the newest delivery.", Double(newest.count)),
            Gauge("assay_delivery_rows", "Rows of the newest delivery.", sum(newest, \.rows)),
            Gauge(
                "assay_delivery_accepted_rows", "Rows of the newest delivery that could be read.",
                sum(newest, \.accepted)),
            Gauge(
                "assay_delivery_rejects", "Rows and cells of the newest delivery that were refused.",
                sum(newest, \.rejected)),
            Gauge("assay_rejects", "Rows and cells of all deliveries that were refused.", sum(data.files, \.rejected)),
        ]
    }
}
