import Foundation

/// `assay-bench`: prints how long each part takes and how much memory the process has needed so far.
///
/// Seconds belong to the machine and the moment; compare figures of one run. Arguments: numbers of sessions
/// (default 10000 100000 1000000); `accuracy [folder]` (the methods on public collections), `statistics` (ratios to SciPy),
/// `coverage` (what intervals and tests promise), `findings [seeds]` (the last part of `accuracy`), `site [pages]` or
/// `kill ASSAY [kills] [seconds] [seed]` (builds killed at random moments) instead.
@main
enum Benchmark {
    static func main() async throws {
        if try runStatisticsCommand() { return }
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "kill" { exit(KillTest.status(Array(arguments.dropFirst()))) }
        if arguments.first == "site" {
            return try await largeSite(pages: arguments.count > 1 ? Int(arguments[1]) ?? 10_000 : 10_000)
        }
        if arguments.first == "accuracy" {
            let sets = arguments.count > 1 ? arguments[1] : "../shared/data/sets"
            return try await Accuracy.run(URL(filePath: sets))
        }
        if arguments.first == "findings" {
            return try await Accuracy.findings(seeds: arguments.count > 1 ? Int(arguments[1]) ?? 200 : 200)
        }
        let sizes = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let name = "assay-bench-\(ProcessInfo.processInfo.processIdentifier)"
        let folder = FileManager.default.temporaryDirectory.appending(path: name)
        defer { _ = try? FileManager.default.removeItem(at: folder) }  // left-overs harm nothing
        print("part\tsessions\tmilliseconds\tfigure\tpeak_memory_mb")
        try chartDrawing()
        try templateRendering()
        for sessions in sizes.isEmpty ? [10_000, 100_000, 1_000_000] : sizes {
            try await wholeBuild(sessions: sessions, in: folder.appending(path: "\(sessions)"))
        }
    }

    /// One line of the table.
    static func report(_ part: String, _ sessions: Int, _ seconds: Double, _ figure: String) {
        print("\(part)\t\(sessions)\t\(Int((seconds * 1000).rounded()))\t\(figure)\t\(Memory.peakMegabytes)")
    }

    /// How long a closure takes, in seconds.
    static func seconds<Value>(_ body: () throws -> Value) rethrows -> (value: Value, seconds: Double) {
        let clock = ContinuousClock()
        let start = clock.now
        let value = try body()
        return (value, (clock.now - start) / .seconds(1))
    }
}
