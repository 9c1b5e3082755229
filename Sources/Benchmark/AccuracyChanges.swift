import Foundation
import Statistics

/// Change points on the Turing Change Point Dataset.
///
/// Source: G. J. J. van den Burg, C. K. I. Williams 2020, doi:10.48550/arXiv.2003.06222; F1 with a margin of 5 and index 0
/// counted as a change, cover as the mean over the annotators.
enum ChangeAccuracy {
    private struct Series: Decodable {
        struct Column: Decodable { let raw: [Double?] }
        let name: String
        let series: [Column]
    }

    private struct Published: Decodable {
        struct Scores: Decodable {
            let f1Default: [String: Double?]
            let coverDefault: [String: Double?]
            enum CodingKeys: String, CodingKey {
                case f1Default = "f1_default"
                case coverDefault = "cover_default"
            }
        }
        let perSeries: [String: Scores]
        enum CodingKeys: String, CodingKey { case perSeries = "per_series" }
    }

    static func lines(_ folder: URL) throws -> (series: Int, lines: [Accuracy.Line]) {
        let annotations = try Accuracy.read([String: [String: [Int]]].self, folder.appending(path: "annotations.json"))
        let published = try Accuracy.read(Published.self, folder.appending(path: "published_default_scores.json"))
        var (f1, cover): ([String: Double], [String: Double]) = ([:], [:])
        for name in annotations.keys.sorted() {
            let file = folder.appending(path: "datasets/\(name).json")
            guard FileManager.default.fileExists(atPath: file.path), let own = annotations[name] else { continue }
            let data = try Accuracy.read(Series.self, file).series[0].raw
            let found = changes(data)
            f1[name] = Self.f1(Array(own.values), found)
            cover[name] = Self.cover(Array(own.values), found, n: data.count)
        }
        let methods = ["pelt", "binseg", "amoc", "bocpd", "zero"]
        func line(_ title: String, _ ours: [String: Double], _ scores: (Published.Scores) -> [String: Double?])
            -> [Accuracy.Line]
        {
            let shared = ours.keys.filter { published.perSeries[$0] != nil }.sorted()
            let others = methods.map { method in
                (
                    method,
                    Accuracy.mean(shared.compactMap { published.perSeries[$0].flatMap { scores($0)[method] ?? nil } })
                )
            }
            return [
                Accuracy.Line(name: title, ours: Accuracy.mean(Array(ours.values))),
                Accuracy.Line(
                    name: "\(title), the \(shared.count) series with published defaults",
                    ours: Accuracy.mean(shared.compactMap { ours[$0] }), published: others),
            ]
        }
        return (f1.count, line("F1", f1, \.f1Default) + line("cover", cover, \.coverDefault))
    }

    /// Gaps are left out; the places are those of the whole series. No change where the method does not apply.
    private static func changes(_ data: [Double?]) -> [Int] {
        let places = data.indices.filter { data[$0] != nil }
        let values = data.compactMap(\.self)
        guard let found = try? AutomaticChangePoints(values) else { return [] }  // a constant series has no change
        return found.indices.map { places[$0] }
    }

    static func f1(_ annotators: [[Int]], _ found: [Int]) -> Double {
        let own = annotators.map { Set($0).union([0]) }
        let all = Set(found).union([0])
        let union = own.reduce(into: Set()) { $0.formUnion($1) }
        let precision = Double(matched(union, all)) / Double(all.count)
        let recall = Accuracy.mean(own.map { Double(matched($0, all)) / Double($0.count) })
        return 2 * precision * recall / (precision + recall)
    }

    /// How many true places have a found one within 5 steps, each found one being used once.
    private static func matched(_ truth: Set<Int>, _ found: Set<Int>) -> Int {
        var left = found
        var count = 0
        for place in truth.sorted() {
            let near = left.filter { abs($0 - place) <= 5 }
            guard let nearest = near.min(by: { (abs($0 - place), $0) < (abs($1 - place), $1) }) else { continue }
            left.remove(nearest)
            count += 1
        }
        return count
    }

    static func cover(_ annotators: [[Int]], _ found: [Int], n: Int) -> Double {
        let own = segments(found, n)
        return Accuracy.mean(
            annotators.map { changes in
                segments(changes, n).reduce(0) { sum, segment in
                    let overlap = own.map { other -> Double in
                        let shared = segment.clamped(to: other).count
                        return Double(shared) / Double(segment.count + other.count - shared)
                    }
                    return sum + Double(segment.count) * (overlap.max() ?? 0)
                } / Double(n)
            })
    }

    private static func segments(_ changes: [Int], _ n: Int) -> [Range<Int>] {
        let bounds = Set(changes).union([0, n]).sorted()
        return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
    }
}
