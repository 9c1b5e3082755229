import Foundation
import Report

/// What a run says of itself to a monitoring system, beside the archive and not in the site: when it ran and for how long
/// differs from run to run, the site does not.
struct RunGauges {
    /// When the run began, in seconds since 1970.
    let begun: Int64
    /// How long it has taken.
    let seconds: Double
    /// Whether there was something to do.
    let hasWorked: Bool

    /// Puts the figures in the place of those of the run before, in one step.
    func save(beside archive: String) throws {
        let text = Gauge.text([
            Gauge(
                "assay_run_last_success_timestamp_seconds", "When the last build ended that left a site standing.",
                Double(begun) + seconds.rounded()),
            Gauge("assay_run_duration_seconds", "How long it took.", (seconds * 1000).rounded() / 1000),
            Gauge(
                "assay_run_changed", "1 if it had something to do, 0 if everything stood already.", hasWorked ? 1 : 0),
        ])
        try Data(text.utf8).write(to: URL(filePath: archive + ".prom"), options: .atomic)
    }
}
