import Foundation
import Ingest
import Model
import Site

/// What the newest run read and left behind, kept beside the archive so that the same run once more can end at once.
///
/// It is a convenience and never the truth: a receipt that is missing, unreadable or different costs a whole run.
struct RunReceipt: Codable, Hashable {
    /// Everything besides the exports that the pages depend on.
    var causes: [String: String]
    /// The exports, in their order.
    var files: [SeenFile]
    /// When the run began, in seconds since 1970.
    var begun: Int64
    /// The day that it describes.
    var day: String
    /// What it published.
    var site: PublishedRecord

    /// Where the receipt of an archive lies.
    static func path(beside archive: String) -> String { archive + ".receipt" }

    /// The receipt beside an archive; nil where there is none that can be read.
    init?(beside archive: String) {
        guard let data = FileManager.default.contents(atPath: RunReceipt.path(beside: archive)),
            let receipt = try? JSONDecoder().decode(RunReceipt.self, from: data)  // another version's: run as usual
        else { return nil }
        self = receipt
    }

    init(causes: [String: String], files: [SeenFile], begun: Int64, day: String, site: PublishedRecord) {
        self.causes = causes
        self.files = files
        self.begun = begun
        self.day = day
        self.site = site
    }

    /// Puts the receipt in the place of an earlier one.
    func save(beside archive: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try encoder.encode(self).write(to: URL(filePath: RunReceipt.path(beside: archive)), options: .atomic)
    }
}
