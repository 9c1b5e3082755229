import ArgumentParser
import Foundation
import Pipeline

/// `assay explain ID`
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say why a finding or an alert was raised.",
        discussion: """
            Ids of findings stand in summary.json, in exports/findings.csv and in the addresses of findings on the pages; \
            those of alerts, such as slow or slow/tier=a, in alerts.json.
            """)

    @Argument(help: "The id of a finding or an alert.")
    var id: String

    @OptionGroup var options: History.ArchiveOptions

    func run() async throws {
        let request = HistoryRequest(configuration: options.config, archive: options.archive)
        try leave(
            with: await explain(id, request, in: surroundings(), messages: options.messages.messages) { bytes in
                FileHandle.standardOutput.write(Data(bytes))
            })
    }
}
