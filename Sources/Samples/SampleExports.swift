import Model
import Statistics

/// Writes the exports of a plan, file by file.
///
/// Time and memory are those of one file: a plan split by day may have any number of sessions.
public struct SampleExports: Sendable {
    /// What is written.
    public let plan: SamplePlan

    /// Exports of a plan.
    public init(plan: SamplePlan) { self.plan = plan }

    /// Calls `sink` with the name and bytes of each file: sessions and quality by date, then the two
    /// registers and the results of validation.
    ///
    /// - Returns: what was planted and how many rows were written.
    public func write<Failure: Error>(to sink: (String, [UInt8]) throws(Failure) -> Void) throws(Failure) -> SampleTruth
    {
        let generator = SessionGenerator(plan: plan)
        var truth = SampleTruth(plan: plan)
        let perDay = plan.sessionsPerDay()
        var open: SampleFiles?
        for (index, count) in perDay.enumerated() {
            let label = fileLabel(of: plan.start.advanced(by: index))
            if let files = open, files.label != label {
                try files.close(into: sink)
                open = nil
            }
            var files = open ?? SampleFiles(label: label, format: plan.format)
            for session in generator.sessions(onDay: index, count: count) {
                files.sessions.append(session.cells)
                if let quality = session.qualityCells { files.quality.append(quality) }
                truth.count(session)
            }
            open = files
        }
        try open?.close(into: sink)
        if plan.hasVoice { try sink("voice.\(plan.format.rawValue)", VoiceSessions(plan: plan).bytes()) }
        if plan.hasHealth {
            try sink("health.\(plan.format.rawValue)", HealthPoints(plan).points())
            try sink("pipeline.\(plan.format.rawValue)", HealthPoints(plan).log())
        }
        try sink("interventions.csv", SampleRegister.interventions(plan: plan))
        try sink("measurements.csv", SampleRegister.measurements(truth: truth))
        try SampleResults(plan: plan).write(to: sink)
        return truth
    }

    private func fileLabel(of day: Day) -> String {
        switch plan.split {
        case .day: "-" + day.iso
        case .month: "-" + String(day.iso.prefix(7))
        case .whole: ""
        }
    }
}

/// The two files that are being filled.
private struct SampleFiles {
    let label: String
    var sessions: SampleText
    var quality: SampleText

    init(label: String, format: SamplePlan.Format) {
        self.label = label
        sessions = SampleText(format: format, columns: SampleSession.columns)
        quality = SampleText(format: format, columns: SampleSession.qualityColumns)
    }

    func close<Failure: Error>(into sink: (String, [UInt8]) throws(Failure) -> Void) throws(Failure) {
        try sink("sessions\(label).\(sessions.format.rawValue)", sessions.bytes)
        try sink("quality\(label).\(quality.format.rawValue)", quality.bytes)
    }
}
