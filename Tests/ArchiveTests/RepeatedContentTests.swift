import GRDB
import Model
import Testing

@testable import Archive

/// The same bytes once more: whether they bring something depends on what lay in their place in between.
@Suite("Content that comes again")
struct RepeatedContentTests {
    private let first = LoadingTests.one
    private let second = File.sessions(Row(1, day: 0, latency: 9, tier: "b"))

    @discardableResult
    private func load(
        _ archive: Archive, _ files: [(String, File)], newestCounts: Bool = false, takesBack: Bool = false
    ) throws -> LoadOutcome {
        let loading = try archive.load(asOf: Night.first, takesBack: takesBack)
        for (name, file) in files {
            let offered = DeliveryFile(
                sha256: file.sha256, name: name, table: file.table, bytes: file.rows.count * 10,
                place: "/exports/\(name)", newestCounts: newestCounts)
            guard let open = try loading.begin(offered) else { continue }
            try loading.add(file.batch, to: open)
            try loading.finish(open, rows: file.rows.count, accepted: file.rows.count, counts: [], rejects: [])
        }
        return try loading.finish()
    }

    @Test("An export that was corrected and is corrected back is read again, and can be taken out again")
    func correctedBack() throws {
        try Night.withArchive { archive in
            try load(archive, [("s.csv", first)])
            let figures = try Night.figures(archive)
            try load(archive, [("s.csv", second)])
            let corrected = try Night.figures(archive)
            #expect(corrected != figures)
            let third = try load(archive, [("s.csv", first)])
            #expect(third.newFiles == ["s.csv"])
            #expect(try Night.figures(archive) == figures)
            #expect(try load(archive, [("s.csv", first)]).delivery == nil)

            try archive.undo(delivery: try #require(third.delivery))
            #expect(try Night.figures(archive) == corrected)
            #expect(try load(archive, [("s.csv", first)]).takenOutFiles == ["s.csv"])
            #expect(try Night.figures(archive) == corrected)
            #expect(try load(archive, [("s.csv", first)], takesBack: true).newFiles == ["s.csv"])
            #expect(try Night.figures(archive) == figures)
        }
    }

    @Test("A copied or renamed export of sessions is not read again, then or later")
    func copied() throws {
        try Night.withArchive { archive in
            try load(archive, [("old/s.csv", first)])
            #expect(try load(archive, [("new/s.csv", first)]).skippedFiles == ["new/s.csv"])
            try load(archive, [("new/t.csv", second)])
            #expect(try load(archive, [("new/s.csv", first), ("new/t.csv", second)]).delivery == nil)
        }
    }

    /// Three nights of statements that alternate, with every old file still in the folder.
    @Test("Where the newest statement counts, equal bytes under a new name are read once, and old files never again")
    func alternating() throws {
        try Night.withArchive { archive in
            let contents = [first, second, first, second, first]
            for night in contents.indices {
                let files = contents[...night].enumerated().map { ("users-0\($0).csv", $1) }
                let outcome = try load(archive, files, newestCounts: true)
                #expect(outcome.newFiles == ["users-0\(night).csv"], "night \(night)")
                #expect(try load(archive, files, newestCounts: true).delivery == nil, "night \(night)")
            }
            // What holds is what a single night with all files in their order gives.
            let nightly = try Night.figures(archive)
            try Night.withArchive { other in
                try load(other, contents.enumerated().map { ("users-0\($0).csv", $1) }, newestCounts: true)
                #expect(try Night.figures(other) == nightly)
            }
        }
    }

    @Test("A copy that was passed over stays passed over when the newest statement has changed")
    func passedOver() throws {
        try Night.withArchive { archive in
            let files = [("users-1.csv", first), ("users-2.csv", first), ("users-3.csv", second)]
            var read: [[String]] = []
            for count in [1, 2, 3, 3] {
                let outcome = try load(archive, Array(files.prefix(count)), newestCounts: true)
                read.append(outcome.newFiles)
            }
            #expect(read == [["users-1.csv"], [], ["users-3.csv"], []])
        }
    }

    /// Each night in a folder of its own, its files called alike, and the first night built once more by hand.
    @Test("Files of one name in folders of their own are each known: an older night takes no correction back")
    func foldersOfNights() throws {
        try Night.withArchive { archive in
            func night(_ folder: String, _ file: File) throws -> LoadOutcome {
                let loading = try archive.load(asOf: Night.first)
                let offered = DeliveryFile(
                    sha256: file.sha256, name: "s.csv", table: file.table, bytes: 30, place: "/nights/\(folder)/s.csv",
                    newestCounts: true)
                if let open = try loading.begin(offered) {
                    try loading.add(file.batch, to: open)
                    try loading.finish(
                        open, rows: file.rows.count, accepted: file.rows.count, counts: [], rejects: [])
                }
                return try loading.finish()
            }
            _ = try night("1", first)
            _ = try night("2", second)
            let corrected = try Night.figures(archive)
            #expect(try night("1", first).delivery == nil)
            #expect(try night("2", second).delivery == nil)
            #expect(try Night.figures(archive) == corrected)
        }
    }

    @Test("What was taken out before its name held something else is new content when it comes back")
    func backAfterUndo() throws {
        try Night.withArchive { archive in
            let taken = try load(archive, [("s.csv", first)])
            try archive.undo(delivery: try #require(taken.delivery))
            #expect(try load(archive, [("s.csv", first)]).takenOutFiles == ["s.csv"])
            try load(archive, [("s.csv", second)])
            #expect(try load(archive, [("s.csv", first)]).newFiles == ["s.csv"])
        }
    }

    @Test("Equal bytes under a name with another day are another statement; a copy with the same day is none")
    func dayInTheName() throws {
        try Night.withArchive { archive in
            var read: [String] = []
            for name in ["users-2026-11-01.csv", "users-2026-11-02.csv", "copy/users-2026-11-01.csv"] {
                let loading = try archive.load(asOf: Night.first)
                let offered = DeliveryFile(
                    sha256: first.sha256, name: name, table: "users", bytes: 30, place: "/\(name)", newestCounts: true,
                    namesDay: true)
                if let open = try loading.begin(offered) {
                    try loading.finish(open, rows: 0, accepted: 0, counts: [], rejects: [])
                    read.append(name)
                }
                _ = try loading.finish()
            }
            #expect(read == ["users-2026-11-01.csv", "users-2026-11-02.csv"])
        }
    }

    @Test("A file that is named after somebody who was erased is kept under another name, and known by its bytes alone")
    func erasedName() throws {
        try Night.withArchive { archive in
            let mark = [UInt8](repeating: 7, count: 32)
            try load(archive, [("anna-7.csv", first), ("other.csv", second)])
            _ = try archive.forget(person: "00000000000000aa", rawID: "anna-7", mark: mark, isKnown: false) {
                $0.contains("anna-7")
            }
            let policy = PeoplePolicy(
                needsConsent: false, firstDay: nil, pseudonym: { $0 == "anna-7" ? "00000000000000aa" : $0 },
                mark: { $0 == "00000000000000aa" ? mark : [] },
                idsIn: { name in name.split { "./".contains($0) }.map(String.init) })
            let third = File.sessions(Row(9, day: 1, latency: 1, tier: "a"))
            for (file, isNew) in [(first, false), (third, true)] {
                let loading = try archive.load(asOf: Night.first)
                try loading.refuseErased(by: policy)
                let open = try loading.begin(
                    DeliveryFile(
                        sha256: file.sha256, name: "anna-7.csv", table: "sessions", bytes: 30,
                        place: "/exports/anna-7.csv", newestCounts: true))
                #expect((open != nil) == isNew)
                if let open { try loading.finish(open, rows: 0, accepted: 0, counts: [], rejects: []) }
                _ = try loading.finish()
            }
            let names = try archive.deliveries().flatMap(\.files).map(\.file.name)
            #expect(names == ["erased-1", "other.csv", "erased-3"])
            let held = try archive.access { try String.fetchAll($0, sql: "SELECT place FROM held_files") }
            #expect(held == ["/exports/other.csv"])
        }
    }
}
