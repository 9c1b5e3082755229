import Foundation
import Statistics

/// `StreamingAnomalyScores` on the Numenta Anomaly Benchmark with its scoring rules.
///
/// Source: A. Lavin, S. Ahmad, ICMLA 2015, doi:10.1109/ICMLA.2015.141, and the rules as `SOURCE.txt` of the set states them.
enum AnomalyAccuracy {
    /// What a detection costs and earns.
    struct Profile {
        let name: String
        let missed: Double
        let falseAlarm: Double
    }

    static let profiles = [
        Profile(name: "standard", missed: 1, falseAlarm: 0.11),
        Profile(name: "reward_low_FP_rate", missed: 1, falseAlarm: 0.22),
        Profile(name: "reward_low_FN_rate", missed: 2, falseAlarm: 0.11),
    ]

    /// One row that may be scored: where it stands and what a detection there is worth.
    struct Candidate {
        let score: Double
        /// The window that it lies in, counted over all files; nil outside.
        let window: Int?
        let worth: Double
    }

    static func lines(_ folder: URL) throws -> (series: Int, lines: [Accuracy.Line]) {
        let windows = try Accuracy.read(
            [String: [[String]]].self, folder.appending(path: "labels/combined_windows.json"))
        let published = try Accuracy.read(
            [String: [String: Double]].self, folder.appending(path: "results/final_results.json"))
        var candidates: [Candidate] = []
        var (files, count) = (0, 0)
        for (name, bounds) in windows.sorted(by: { $0.key < $1.key }) {
            let file = folder.appending(path: "data/\(name)")
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            candidates += try rated(file, bounds, firstWindow: count)
            count += bounds.count
            files += 1
        }
        candidates.sort { $0.score > $1.score }
        let lines = profiles.flatMap { profile in
            let sweep = Sweep(candidates, windows: count, profile)
            let others = ["relativeEntropy", "windowedGaussian", "knncad", "numenta"].compactMap { name in
                published[name]?[profile.name].map { (name: name, value: $0) }
            }
            return [
                Accuracy.Line(
                    name: profile.name, ours: sweep.best, published: others,
                    note: "published on all 58 files; threshold \(Accuracy.decimals(sweep.threshold, 3)) for all files"),
                Accuracy.Line(name: "\(profile.name) at the built-in threshold", ours: sweep.atHalf),
            ]
        }
        return (files, lines)
    }

    /// The rows of one file after its probation.
    private static func rated(_ file: URL, _ bounds: [[String]], firstWindow: Int) throws -> [Candidate] {
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let rows = text.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
        let times = rows.map { String($0[0]) }
        let scores = try StreamingAnomalyScores.scores(rows.map { Double($0[1]) })
        let windows = bounds.compactMap { bound -> ClosedRange<Int>? in
            let inside = times.indices.filter { times[$0] >= bound[0].prefix(19) && times[$0] <= bound[1].prefix(19) }
            guard let first = inside.first, let last = inside.last else { return nil }
            return first...last
        }
        let probation = min(Int(0.15 * Double(rows.count)), 750)
        return (probation..<rows.count).map { row in
            let (window, worth) = worth(row, windows)
            return Candidate(score: scores[row].score ?? 0, window: window.map { $0 + firstWindow }, worth: worth)
        }
    }

    /// Inside a window 1 at its start falling to 0 at its end; behind one 0 falling to −1; before any −1.
    private static func worth(_ row: Int, _ windows: [ClosedRange<Int>]) -> (window: Int?, worth: Double) {
        if let index = windows.firstIndex(where: { $0.contains(row) }) {
            let window = windows[index]
            let place = -Double(window.upperBound - row + 1) / Double(window.count)
            return (index, sigmoid(place) / sigmoid(-1))
        }
        guard let before = windows.last(where: { $0.upperBound < row }) else { return (nil, -1) }
        return (nil, sigmoid(Double(row - before.upperBound) / Double(before.count - 1)))
    }

    private static func sigmoid(_ y: Double) -> Double { y > 3 ? -1 : 2 / (1 + exp(5 * y)) - 1 }

    /// The normalised score at every threshold, from the highest down.
    struct Sweep {
        private(set) var best = 0.0
        private(set) var threshold = 1.0
        private(set) var atHalf = 0.0

        /// Takes candidates in falling order of their scores.
        init(_ candidates: [Candidate], windows: Int, _ profile: Profile) {
            var caught: [Int: Double] = [:]
            // What is gained over a detector that says nothing; perfect is 1 and a miss avoided for every window.
            var gained = 0.0
            let perfect = Double(windows) * (1 + profile.missed)
            for (index, candidate) in candidates.enumerated() {
                if let window = candidate.window {
                    let earlier = caught[window]
                    gained += max(0, candidate.worth - (earlier ?? -profile.missed))
                    caught[window] = max(earlier ?? -profile.missed, candidate.worth)
                } else {
                    gained += profile.falseAlarm * candidate.worth
                }
                let isLast = index + 1 == candidates.count || candidates[index + 1].score < candidate.score
                guard isLast else { continue }
                let score = 100 * gained / perfect
                if score > best { (best, threshold) = (score, candidate.score) }
                if candidate.score >= 0.5 { atHalf = score }
            }
        }
    }
}
