import Foundation
import TestSupport
import Testing

@testable import Ingest

@Suite struct CompressionTests {
    static let table = Table(
        id: "session_id", time: "started_at", metrics: [.init(name: "duration_s")], dimensions: [.init(name: "tier")])

    private func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: Repository.fixture("exports/packed/\(name)")))
    }

    /// Two gzip members and two zstd frames hold the same text as the plain file.
    @Test(arguments: ["sessions-members.csv.gz", "sessions-frames.csv.zst"], [1, 7, 4096, 1 << 20])
    func unpacks(name: String, chunk: Int) throws {
        let plain = try Self.table.read(.bytes(bytes("sessions.csv")), file: "sessions.csv")
        let packed = try Self.table.read(
            .file(Repository.fixture("exports/packed/\(name)").path), file: name, limits: ReadLimits(chunkBytes: chunk))
        #expect(plain.count == 400)
        #expect(packed.ids == plain.ids)
        #expect(packed.values("duration_s") == plain.values("duration_s"))
        #expect(packed.outcome.failure == nil)
        #expect(packed.outcome.bytes == (try bytes(name).count))
    }

    /// `sha256sum` of coreutils 9.1.
    @Test(arguments: [
        ("sessions.csv", "fe9e5a914bd70a2534c4fbe93cfcbb1d675e82fc10cffe1bdfa494b6c937e494"),
        ("sessions-members.csv.gz", "892cf4de48034e549a55a601d796393a7cc984b115258db9e75ed3970ceb7fe3"),
        ("sessions-frames.csv.zst", "3e229bb02ce68a43d3bae49e63ec8ec2a102d2e90ccfe0da6d91e0a3604010ce"),
    ])
    func hashesTheRawBytes(name: String, digest: String) throws {
        #expect(try Self.table.read(.bytes(bytes(name)), file: name).outcome.sha256 == digest)
    }

    @Test(arguments: ["sessions-members.csv.gz", "sessions-frames.csv.zst"], [0.3, 0.6, 0.9])
    func cutOffDataSaysHowMuchIsGood(name: String, share: Double) throws {
        let all = try bytes(name)
        let cut = Array(all.prefix(Int(Double(all.count) * share)))
        let reading = try Self.table.read(.bytes(cut), file: name)
        #expect(reading.outcome.failure?.kind == .corrupt)
        #expect(reading.outcome.failure?.description.contains("ends early") == true)
        #expect(reading.count < 400)
        #expect(reading.outcome.bytes == cut.count)
        let plain = try Self.table.read(.bytes(bytes("sessions.csv")), file: "sessions.csv")
        #expect(reading.ids == Array(plain.ids.prefix(reading.count)))
        #expect(reading.values("duration_s") == Array(plain.values("duration_s").prefix(reading.count)))
    }

    @Test(arguments: ["sessions-members.csv.gz", "sessions-frames.csv.zst"])
    func damageIsFound(name: String) throws {
        var damaged = try bytes(name)
        for index in 200..<260 { damaged[index] ^= 0x5A }
        let reading = try Self.table.read(.bytes(damaged), file: name)
        #expect(reading.outcome.failure?.kind == .corrupt)
        #expect(reading.outcome.bytes == damaged.count)
    }

    @Test func paddingBehindGzipIsIgnored() throws {
        let reading = try Self.table.read(.bytes(bytes("sessions-members.csv.gz") + [0, 0, 0, 0]), file: "x.csv.gz")
        #expect(reading.count == 400)
        #expect(reading.outcome.failure == nil)
    }

    @Test func missingFile() {
        let error = #expect(throws: IngestError.self) { try Self.table.read(.file("/nowhere/at/all.csv")) }
        #expect(error?.kind == .missing)
    }

    @Test func folderIsUnreadable() {
        let error = #expect(throws: IngestError.self) { try Self.table.read(.file(Repository.root.path)) }
        #expect(error?.kind == .unreadable)
    }
}
