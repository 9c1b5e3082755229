import Foundation
import Statistics

extension Benchmark {
    /// Runs `assay-bench statistics [python]` or `assay-bench coverage [draws]`; false when neither was asked for.
    static func runStatisticsCommand() throws -> Bool {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case "statistics": try statistics(python: arguments.dropFirst().first ?? "python3")
        case "coverage": try coverage(draws: arguments.dropFirst().first.flatMap { Int($0) } ?? 10_000)
        default: return false
        }
        return true
    }

    /// Prints our time, theirs and the ratio for the same arrays in one run: of each the best of three rounds by turns, because
    /// what else the machine does changes within seconds.
    ///
    /// Theirs come from `Scripts/statistics-baseline.py` with SciPy, NumPy, ruptures and scikit-learn, as far as that
    /// Python has them.
    private static func statistics(python: String) throws {
        let columns = StatisticsColumns()
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "assay-statistics-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { _ = try? FileManager.default.removeItem(at: folder) }  // left-overs harm nothing
        for (name, values) in columns.all {
            try Data(values.flatMap { withBytes(of: $0.bitPattern.littleEndian) }).write(
                to: folder.appending(path: name))
        }
        var theirs: [String: (seconds: Double, by: String)] = [:]
        var ours: [String: Double] = [:]
        for round in 0..<3 {
            let found = try baseline(python, folder, printsRemarks: round == 0)
            theirs.merge(found) { $0.seconds < $1.seconds ? $0 : $1 }
            for question in columns.questions {
                for _ in 0..<question.runs {
                    let time = try seconds(question.run).seconds
                    ours[question.name] = min(time, ours[question.name] ?? time)
                }
            }
        }
        print("statistic\tours_ms\ttheirs_ms\ttheirs/ours\tby")
        for question in columns.questions {
            let ours = ours[question.name] ?? .nan
            let other = theirs[question.name]
            let ratio = other.map { ($0.seconds / ours * 100).rounded() / 100 }
            print(
                "\(question.name)\t\(milliseconds(ours))\t\(other.map { milliseconds($0.seconds) } ?? "–")\t"
                    + "\(ratio.map { "\($0)" } ?? "–")\t\(other?.by ?? "not measured")")
        }
    }

    private static func withBytes(of bits: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
    }

    private static func milliseconds(_ seconds: Double) -> String { "\((seconds * 1e5).rounded() / 100)" }

    /// What the script measures: lines of name, seconds and the call.
    private static func baseline(
        _ python: String, _ folder: URL, printsRemarks: Bool
    ) throws -> [String: (seconds: Double, by: String)] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python, "Scripts/statistics-baseline.py", folder.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        var found: [String: (seconds: Double, by: String)] = [:]
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: "\t").map(String.init)
            if fields.count == 3, let time = Double(fields[1]) {
                found[fields[0]] = (time, fields[2])
            } else if printsRemarks {
                print(line)
            }
        }
        return found
    }
}

/// The arrays that both sides read, and what is asked of them.
private struct StatisticsColumns {
    /// One statistic to be timed, the best of so many runs.
    struct Question {
        let name: String
        let runs: Int
        let run: () throws -> Void
    }

    let million: [Double], steps: [Double]
    let forest: [[Double]]

    init() {
        var generator = SeededGenerator(seed: 3)
        million = (0..<1_000_000).map { _ in generator.normal() }
        var level = 0.0
        var stepped: [Double] = []
        for index in 0..<100_000 {
            if index % 500 == 0 { level = 3 * generator.normal() }
            stepped.append(million[index] + level)
        }
        steps = stepped
        let all = million
        forest = (0..<8).map { Array(all[$0 * 100_000..<($0 + 1) * 100_000]) }
    }

    var all: [(String, [Double])] { [("million", million), ("steps", steps)] }

    var questions: [Question] {
        let (million, steps, forest) = (million, steps, forest)
        let (a, b, c) = (forest[0], forest[1], forest[2])
        let penalty = 3 * 11.5129
        return [
            Question(name: "mean and variance, 1e6", runs: 9) { _ = try GroupSummary(million) },
            Question(name: "moments to the fourth, 1e6", runs: 9) { _ = Moments(million) },
            Question(name: "description with quartiles and MAD, 1e6", runs: 5) { _ = try Description(million) },
            Question(name: "sort, 1e6", runs: 5) { _ = try CountedSample(million) },
            Question(name: "quartiles, 1e6", runs: 5) { _ = try Quantiles(million).quartiles },
            Question(name: "Shapiro–Wilk, 5000", runs: 9) { _ = try ShapiroWilk(Array(a.prefix(5000))) },
            Question(name: "Mann–Whitney, 2 × 1e5", runs: 5) { _ = try MannWhitney(a, b) },
            Question(name: "Kolmogorov–Smirnov, 2 × 1e5", runs: 5) { _ = try TwoSampleKolmogorovSmirnov(a, b) },
            Question(name: "Kruskal–Wallis, 3 × 1e5", runs: 5) { _ = try KruskalWallis([a, b, c]) },
            Question(name: "Kendall, 1e5", runs: 5) { _ = try KendallCorrelation(a, b) },
            Question(name: "Spearman, 1e5", runs: 5) { _ = try SpearmanCorrelation(a, b) },
            Question(name: "Wilcoxon, 1e5", runs: 5) { _ = try WilcoxonSignedRank(a, b) },
            Question(name: "Cliff δ, 2 × 1e5", runs: 5) { _ = try CliffsDelta(a, b) },
            Question(name: "Theil–Sen with interval, 2000", runs: 5) { _ = try TheilSen(Array(a.prefix(2000))) },
            Question(name: "Theil–Sen with interval, 1e5", runs: 3) { _ = try TheilSen(a) },
            Question(name: "PELT, 2000, with changes", runs: 5) {
                _ = try ChangePoints(Array(steps.prefix(2000)), penalty: penalty)
            },
            Question(name: "PELT, 1e5, with changes", runs: 3) { _ = try ChangePoints(steps, penalty: penalty) },
            Question(name: "PELT, 1e5, without changes", runs: 3) { _ = try ChangePoints(a, penalty: penalty) },
            Question(name: "isolation forest, 1e5 × 8, grown and scored", runs: 3) {
                _ = try IsolationForest(columns: forest, seed: 1).scores(forest)
            },
        ]
    }
}
