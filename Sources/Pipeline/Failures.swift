import Archive
import Diagnostics
import Ingest
import Site

import struct Foundation.CocoaError

extension Failure {
    /// What an error means for the exit code, and what to tell about it.
    init(describing error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let status as ExitStatus: self.init(status, [Diagnostic]())
        case let error as IngestError:
            let status: ExitStatus =
                switch error.kind {
                case .missing, .unreadable: .inputMissing
                case .mapping: .configuration
                case .corrupt, .malformed: .inputRefused
                }
            self.init(status, [error.diagnostic])
        case let error as SiteError:
            let status: ExitStatus =
                switch error.kind {
                case .cannotWrite: .cannotWrite
                case .locked: .locked
                case .template, .check: .failed
                }
            self.init(status, error.description)
        case let error as ArchiveError: self.init(archive: error)
        case let error as CocoaError:
            let path = error.filePath ?? "a file"
            self.init(
                .cannotWrite,
                "\(path): cannot be written or read: \(error.underlying.map { "\($0)" } ?? "error \(error.code.rawValue)")"
            )
        default: self.init(.failed, "\(error)")
        }
    }

    private init(archive error: ArchiveError) {
        switch error {
        case .locked(let holder):
            let who = holder.map { "process \($0.process) on \($0.host) since \($0.since)" } ?? "another process"
            self.init(.locked, "the archive is in use by \(who)", fix: "Wait for it to end, or use another archive.")
        case .busy: self.init(.locked, "the archive is in use by another connection", fix: "Try again.")
        case .damaged(let what):
            self.init(
                .failed, "the archive is damaged: \(what)",
                fix: "Restore it from a backup, or build a new one from the exports.")
        case .readOnly(let what): self.init(.cannotWrite, "the archive cannot be written: \(what)")
        case .cannotOpen(let path, let reason):
            self.init(.cannotWrite, "\(path): the archive cannot be opened: \(reason)")
        case .diskFull: self.init(.cannotWrite, "there is no room left for the archive")
        case .newerSchema:
            self.init(.failed, "the archive was written by a later version of Assay", fix: "Use that version.")
        case .catalogueChanged(let change):
            self.init(
                .configuration, "the archive was made for other metrics or dimensions (\(change.days) days)",
                fix: "Run `assay build`, which recomputes them.")
        case .unknownDelivery(let number):
            self.init(
                .usage, "there is no delivery \(number) that could be taken out", fix: "See `assay history list`.")
        case .pruned(let day):
            self.init(
                .failed, "days before \(day.iso) would have to be computed again, but their rows have been pruned",
                fix: "Restore a backup from before that, or leave it as it is.")
        case .refused(let what), .misuse(let what): self.init(.failed, "the archive refused: \(what)")
        case .sqlite(let code, let message): self.init(.failed, "the archive failed: \(message) (SQLite \(code))")
        }
    }
}
