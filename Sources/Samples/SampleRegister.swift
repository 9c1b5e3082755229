import Model

/// The registers of interventions and of the measurements that somebody supplied for them.
enum SampleRegister {
    /// One intervention with a planted effect, one with none, one that is still planned.
    static func interventions(plan: SamplePlan) -> [UInt8] {
        var text = SampleText(
            format: .csv,
            columns: [
                "intervention_id", "name", "intervention_type", "target_component", "target_tier", "target_dataset",
                "start_date", "end_date", "expected_improvement", "status",
            ])
        let effective = plan.day(at: 0.55)
        let idle = plan.day(at: 0.7)
        text.append([
            .text("INT_001"), .text("Compliance checklist, second reading"), .text("process_change"),
            .text("clinical_compliance"), .text("professional"), .missing, .text(effective.iso), .missing,
            .decimal(50, decimals: 3), .text("active"),
        ])
        text.append([
            .text("INT_002"), .text("Tone-of-voice training"), .text("training"), .text("emotional_authenticity"),
            .missing,
            .missing, .text(idle.iso), .text(idle.advanced(by: 7).iso), .decimal(20, decimals: 3), .text("completed"),
        ])
        text.append([
            .text("INT_003"), .text("Crisis-line phrase book"), .text("data_quality"), .text("safety_score"), .missing,
            .text("crisis_line"), .text(plan.end.advanced(by: 14).iso), .missing, .decimal(20, decimals: 3),
            .text("planned"),
        ])
        return text.bytes
    }

    /// Weekly measurements of the first intervention: the mean of the fortnight before it against the week before the date.
    static func measurements(truth: SampleTruth) -> [UInt8] {
        var text = SampleText(
            format: .csv,
            columns: [
                "measurement_id", "intervention_id", "measurement_date", "baseline_quality", "current_quality",
                "improvement_delta", "sample_size",
            ])
        let start = truth.plan.day(at: 0.55)
        guard let before = mean(of: truth, from: start.advanced(by: -14), days: 14) else { return text.bytes }
        for week in 1...4 {
            let day = start.advanced(by: 7 * week)
            guard day <= truth.plan.end, let current = mean(of: truth, from: day.advanced(by: -7), days: 7) else {
                continue
            }
            text.append([
                .text("M_\(week)"), .text("INT_001"), .text(day.iso), .decimal(before.value, decimals: 4),
                .decimal(current.value, decimals: 4), .decimal(current.value - before.value, decimals: 4),
                .decimal(current.count, decimals: 0),
            ])
        }
        return text.bytes
    }

    private static func mean(of truth: SampleTruth, from start: Day, days: Int) -> (value: Int, count: Int)? {
        let cells = (0..<days).compactMap { truth.complianceByDay[start.advanced(by: $0)] }
        let count = cells.reduce(0) { $0 + $1.cells }
        guard count > 0 else { return nil }
        return (cells.reduce(0) { $0 + $1.sum } / count, count)
    }
}
