import ArgumentParser
import Foundation
import Glibc
import Pipeline
import Preview
import Synchronization

/// Whether the reader wants the preview to end.
private let hasEnded = Atomic(false)

/// `assay serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the site in a browser of this machine, and build it again when something changes.",
        discussion: """
            Exports, configuration and templates are looked at twice a second; when one has changed, the site is built and \
            open pages are loaded anew. Only 127.0.0.1 is listened on. Without exports and configuration the folder of \
            --output is only shown.
            """)

    @OptionGroup var places: BuildPlaces

    @Option(help: ArgumentHelp("The port of 127.0.0.1; 0 picks a free one.", valueName: "number"))
    var port: UInt16 = 8421

    @OptionGroup var messages: MessageOptions

    func run() async throws {
        hasEnded.store(false, ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                hasEnded.store(true, ordering: .relaxed)
                // A build that is under way is waited for; a second time ends the command at once.
                signal(number, SIG_DFL)
            }
        }
        let request = BuildRequest(
            exports: places.exports, configuration: places.config, output: places.output, archive: places.archive,
            asOf: nil, timeZone: nil,
            isStrict: false, requiresNewData: false, isDryRun: false, jobs: nil)
        let wanted = port
        let status = await preview(request, in: { surroundings() }, messages: messages.messages) { folder in
            let loopback = try Loopback(port: wanted)
            Thread.detachNewThread {
                loopback.serve(SitePreview(folder: folder)) { hasEnded.load(ordering: .relaxed) }
            }
            return "http://127.0.0.1:\(loopback.port)/"
        } until: {
            hasEnded.load(ordering: .relaxed)
        }
        try leave(with: status)
    }
}
