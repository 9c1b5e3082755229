import Analysis
import Diagnostics
import Foundation
import Model

/// A command that is told about alerts once a run is published.
struct NoticeCommand: Sendable {
    /// The program and its arguments; a single text is a line for the shell.
    var command: [String]
    /// When it is run.
    var occasion = Occasion.change
    /// Seconds after which it is stopped.
    var timeLimit = 30

    /// When a command is run.
    enum Occasion: String, CaseIterable {
        /// When an alert is new or has recovered.
        case change
        /// While an alert fires.
        case firing
        /// After every run.
        case always
    }

    /// Whether a run is an occasion.
    func isDue(_ analyses: ReportAnalyses, since day: Day) -> Bool {
        let (alerts, points) = (analyses.alerts, analyses.points)
        return switch occasion {
        case .always: true
        case .firing: !alerts.firing.isEmpty || points?.firing.isEmpty == false
        case .change:
            !alerts.new(since: day).isEmpty || !alerts.recovered(since: day).isEmpty
                || points?.new(since: day).isEmpty == false || points?.recovered(since: day).isEmpty == false
        }
    }

    /// Runs the command with a file as its standard input; what it prints goes to standard error.
    ///
    /// It never fails a run: nil for success, else the warning to say. The input is a file and not a pipe, so that a command
    /// that does not read it cannot stop us. After `timeLimit` seconds it is ended, a second later killed.
    func run(on input: URL, in folder: String) async -> Diagnostic? {
        let process = Process()
        let words = command.count == 1 ? ["/bin/sh", "-c", command[0]] : ["/usr/bin/env"] + command
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardOutput = FileHandle.standardError
        do {
            process.standardInput = try FileHandle(forReadingFrom: input)
            try process.run()
        } catch {
            return warning("cannot be run: \(error.localizedDescription)")
        }
        let clock = ContinuousClock()
        let end = clock.now + .seconds(timeLimit)
        while process.isRunning, clock.now < end { await pause() }
        guard process.isRunning else {
            let code = process.terminationStatus
            return code == 0 ? nil : warning("ended with \(code)")
        }
        // What the command has started ends with it: a shell's child would else hold our standard error open.
        let child = process.processIdentifier
        let target = getpgid(child) == child ? -child : child
        kill(target, SIGTERM)
        let last = clock.now + .seconds(1)
        while process.isRunning, clock.now < last { await pause() }
        if process.isRunning { kill(target, SIGKILL) }
        return warning("took longer than \(timeLimit) s and was stopped")
    }

    private func pause() async {
        try? await Task.sleep(for: .milliseconds(10))  // a cancelled sleep only looks again sooner
    }

    private func warning(_ what: String) -> Diagnostic {
        Diagnostic(
            .warning, "the notification `\(command.joined(separator: " "))` \(what)",
            fix: "The report is published all the same; see `notify` in the configuration.")
    }
}

/// What a published run says about its alerts: a line, the notification, and the exit code that was asked for.
///
/// - Throws: `ExitStatus.alertFiring` where an alert of the asked severity fires.
func tell(
    of analyses: ReportAnalyses, since day: Day, _ settings: Settings, _ request: BuildRequest, messages: MessageSink
) async throws {
    let (alerts, points) = (analyses.alerts, analyses.points)
    guard !alerts.rules.isEmpty || points?.series.contains(where: { $0.rule != nil }) == true else { return }
    let firing = alerts.firing.count + (points?.firing.count ?? 0)
    let new = alerts.new(since: day).count + (points?.new(since: day).count ?? 0)
    messages.say(.outcome("\(firing) \(firing == 1 ? "alert fires" : "alerts fire"), \(new) of them new."))
    if let notice = settings.notification, notice.isDue(analyses, since: day) {
        let file = URL(filePath: "\(settings.output)/runs/\(alerts.asOf.iso)/alerts.json")
        if let warning = await notice.run(on: file, in: settings.folder) { messages.say(.diagnostic(warning)) }
    }
    if let severity = request.failOn, analyses.firing(atLeast: severity) > 0 { throw ExitStatus.alertFiring }
}
