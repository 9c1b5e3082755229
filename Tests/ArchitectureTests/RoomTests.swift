import Testing

/// The walls of the house: who may import what, and who may touch the disk and the clock.
@Suite struct RoomTests {
    /// The room and what its files may import.
    static let permitted: [(room: String, modules: Set<String>)] = [
        ("Statistics", ["Glibc"]),
        ("Words", []),
        ("TemplateEngine", ["Words"]),
        ("XML", ["CLibXML2"]),
        ("CommonMark", ["CCommonMark"]),
        ("Diagnostics", ["Words"]),
        ("Model", []),
        // Foundation is there for the composed form of letters in ids (Unicode's NFC) alone.
        (
            "Ingest",
            ["Statistics", "Model", "Diagnostics", "XML", "CBytes", "CZlib", "CZstd", "Crypto", "Foundation", "Glibc"]
        ),
        ("Partials", ["Statistics", "Model"]),
        (
            "Archive",
            [
                "GRDB", "Model", "Partials", "CSQLite", "CZstd", "Crypto", "Foundation", "FoundationEssentials",
                "Glibc",
                "SQLite3", "GRDBSQLite",
            ]
        ),
        ("Analysis", ["Statistics", "Partials", "Model", "Words"]),
        ("Charts", []),
        ("Drawing", ["Charts", "XML", "CCairo"]),
        ("Report", ["Analysis", "Charts", "Model", "Words"]),
        ("Samples", ["Statistics", "Model"]),
        (
            "Site",
            [
                "Report", "Charts", "Drawing", "TemplateEngine", "XML", "CommonMark", "Diagnostics", "Words", "CFiles",
                "Crypto", "Foundation", "FoundationEssentials", "Glibc", "Synchronization",
            ]
        ),
        (
            "Pipeline",
            [
                "Model", "Diagnostics", "Ingest", "Partials", "Archive", "Analysis", "Report", "Site", "Samples",
                "Words", "Yams",
                "Logging", "Foundation", "FoundationEssentials",
            ]
        ),
        ("Preview", ["CLoopback", "Foundation", "Glibc"]),
        (
            "assay",
            [
                "Pipeline", "Preview", "Diagnostics", "ArgumentParser", "Foundation", "FoundationEssentials", "Glibc",
                "Synchronization",
            ]
        ),
        ("Fuzzing", ["Ingest", "Model", "Pipeline", "TemplateEngine", "XML", "Glibc"]),
        (
            "Benchmark",
            [
                "Pipeline", "Samples", "Ingest", "Charts", "Drawing", "TemplateEngine", "Model", "Diagnostics",
                "Statistics", "Partials", "Analysis", "Report", "Site", "TestSupport", "Foundation", "Glibc",
            ]
        ),
    ]

    @Test func everyRoomHasARule() {
        let rooms = Set(SourceTree.files.map(\.room))
        #expect(!rooms.isEmpty)
        #expect(rooms.subtracting(Self.permitted.map(\.room)).isEmpty)
    }

    @Test(arguments: permitted) func importsGoDownOnly(room: String, modules: Set<String>) {
        for file in SourceTree.files where file.room == room {
            let foreign = Set(file.imports).subtracting(modules)
            #expect(foreign.isEmpty, "\(file.path) imports \(foreign.sorted().joined(separator: ", "))")
        }
    }

    @Test func libmHasOneDoor() {
        let doors = SourceTree.files.filter { $0.room == "Statistics" && $0.imports.contains("Glibc") }
        #expect(doors.count <= 1, "\(doors)")
    }

    /// The clock, the environment and true randomness enter at the executable and travel as values.
    @Test(arguments: [
        "Date()", "Date.now", "ProcessInfo", "CommandLine", "UUID()", ".random(", "SystemRandomNumberGenerator",
        "getenv(", "ContinuousClock", "TimeZone.current", "Locale.current",
    ])
    func coreIsDeterministic(word: String) {
        for file in SourceTree.files(outside: ["assay", "Pipeline", "Benchmark", "Fuzzing"]) {
            for (number, text) in file.code() {
                #expect(!text.contains(word), "\(file.path):\(number) uses \(word)")
            }
        }
    }

    @Test func threeRoomsTouchTheDisk() {
        for file in SourceTree.files(outside: [
            "Ingest", "Archive", "Site", "Preview", "Pipeline", "assay", "Benchmark",
        ]) {
            for (number, text) in file.code() {
                for word in ["FileManager", "FileHandle", "fopen(", "contentsOf:"] where text.contains(word) {
                    // Collections are appended with the same label; a file is read from a URL or a path.
                    if word == "contentsOf:", text.contains("append(contentsOf:") || text.contains("insert(contentsOf:")
                    {
                        continue
                    }
                    Issue.record("\(file.path):\(number) uses \(word)")
                }
            }
        }
    }
}
