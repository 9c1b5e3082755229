import Analysis
import Archive
import Ingest
import Model
import Report
import Site

extension ArchiveStore {
    /// Reports that a feed names.
    private static let entries = 14

    /// The newest published reports, the newest first.
    ///
    /// The time of an entry is the morning after its day, and a minute more for each further version of the report whose
    /// inputs were others: it moves when a run changed, and is the same for the same archive.
    func feed(
        _ now: RunSnapshot, _ summary: JSONValue, _ runs: [Run], published: Set<Day>
    ) throws -> [FeedEntry] {
        try published.sorted().reversed().prefix(Self.entries).map { day in
            var ids = runs.filter { $0.asOf == day }.map(\.id)
            var verdict = JSONValue.null
            if day == now.asOf {
                if !ids.contains(now.id) { ids.append(now.id) }
                verdict = RunVerdict.part(of: summary)
            } else if let id = ids.last, let bytes = try archive.summary(ofRun: id) {
                verdict = ArchiveStore.verdict(in: bytes)
            }
            let minutes = min(1_439, max(0, ids.count - 1))
            let clock = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
            return FeedEntry(
                folder: day.iso, day: RunReport.words(for: day), updated: "\(day.advanced(by: 1).iso)T\(clock):00Z",
                summary: RunVerdict.sentence(verdict))
        }
    }

    /// The verdict of a kept summary, without reading all of it: it holds names of metrics only, so its first closing
    /// brace ends it.
    private static func verdict(in summary: [UInt8]) -> JSONValue {
        let name = Array("\"verdict\":".utf8)
        guard let start = summary.firstPlace(of: name + "{\"declining\":".utf8),
            let end = summary[start...].firstIndex(of: 0x7D)
        else { return .null }
        return JSONValue(reading: Array(summary[(start + name.count)...end])) ?? .null
    }
}
