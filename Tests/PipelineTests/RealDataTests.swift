import Foundation
import Pipeline
import TestSupport
import Testing

/// Sites from real exports, when they lie beside the project. Row counts from CPython 3.11 `csv.reader` and `json.load`.
@Suite(.serialized) struct RealDataTests {
    static let sets: [(configuration: String, path: String, records: Int, asOf: String)] = [
        ("azure_vm_noise", "azure_vm_noise", 92_569, "2024-09-23"),
        ("incident_log", "incident_log", 5_998, "2016-03-02"),
        ("topical_chat", "topical_chat", 539, "2026-11-22"),
        ("slurp_voice", "slurp_voice", 8_690, "2026-11-22"),
        ("aider", "llm_eval/aider/edit_leaderboard.csv", 98, "2024-12-21"),
        ("azure_llm_trace", "azure_llm_trace", 28_185, "2023-11-16"),
    ]

    @Test(
        .enabled(if: Repository.shared("data/sets") != nil, "the real data sets do not lie beside the project"),
        arguments: sets)
    func buildsASite(configuration: String, path: String, records: Int, asOf: String) async throws {
        let exports = try #require(Repository.shared("data/sets/" + path))
        try await inWorkshop { workshop in
            let file = Repository.fixture("configurations/\(configuration).yaml").path
            #expect(await workshop.build([exports.path], configuration: file) == .done, "\(workshop.messages)")
            let summary = try workshop.json("site/runs/\(asOf)/summary.json")
            let data = try #require(summary["data"] as? [String: Any])
            #expect(data["records_ever"] as? Int == records)
            #expect(FileManager.default.fileExists(atPath: workshop.folder.appending(path: "site/index.html").path))
        }
    }
}
