import Archive
import Report
import Site

extension JSONValue {
    /// What is left without everything that names somebody: elements of arrays and members of objects that do, and each
    /// object with a text that does, because it is about them. The outermost object stays and loses the member alone.
    ///
    func striking(_ scan: LeakScan) -> JSONValue { left(by: scan, isOutermost: true) ?? .object([:]) }

    private func left(by scan: LeakScan, isOutermost: Bool = false) -> JSONValue? {
        switch self {
        case .string(let text):
            return scan.names(text) ? nil : self
        case .array(let elements):
            return .array(elements.compactMap { $0.left(by: scan) })
        case .object(let members):
            var kept: [String: JSONValue] = [:]
            for (key, value) in members where !scan.names(key) {
                if let left = value.left(by: scan) {
                    kept[key] = left
                } else if case .string = value, !isOutermost {
                    return nil
                }
            }
            return .object(kept)
        case .null, .bool, .int, .double:
            return self
        }
    }
}

/// Takes what names a person out of the summaries of runs that could not be made again: in the archive and, where it is
/// published, in the sites.
///
/// - Returns: a line for each, as `assay history forget` prints them.
func strikeSummaries(_ scan: LeakScan, _ archive: Archive, outputs: [String]) throws -> [String] {
    let runs = try archive.runs()
    let newest = Dictionary(runs.map { ($0.asOf, $0.id) }) { _, last in last }
    var lines: [String] = []
    var published: [(path: String, bytes: [UInt8])] = []
    for run in runs {
        let bytes = try archive.summary(ofRun: run.id) ?? []
        guard !scan.hits(in: bytes, path: "").isEmpty, let value = JSONValue(reading: bytes) else { continue }
        let struck = value.striking(scan).asSummary
        try archive.strikeSummary(ofRun: run.id, leaving: struck)
        lines.append("struck\trun \(run.id) of \(run.asOf.iso): its summary named the person")
        if newest[run.asOf] == run.id { published.append(("summaries/\(run.asOf.iso).json", struck)) }
    }
    for output in outputs { try SiteBuilder.replace(published, in: output) }
    return lines
}
