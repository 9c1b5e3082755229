import Testing

@testable import Ingest

@Suite struct KeyHashTests {
    /// `xxhash.xxh64_intdigest(text)` of python-xxhash with xxHash 0.8 (wheel 4.1.0); the first three are in the specification.
    @Test(
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
            ("message digest", 0x066E_D728_FCEE_B3BE), ("abcdefghijklmnopqrstuvwxyz", 0xCFE1_F278_FA89_835C),
            ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 0xAAA4_6907_D304_7814),
            ("se099ec6cd7363ca5", 0x9F96_2C24_9CAB_FBEC), ("Zoë 日本", 0x4B8E_9D05_11F3_9271),
        ] as [(String, UInt64)])
    func isXXH64(text: String, hash: UInt64) { #expect(KeyHash.key(of: text) == hash) }

    @Test func sameIdInTwoTablesHasOneKey() throws {
        let sessions = try Table(id: "session_id").read(text: "session_id,x\ns1,1\n")
        let scores = try Table(id: "id").read(text: "{\"id\":\"s1\"}\n", file: "q.ndjson")
        #expect(sessions.keys == [KeyHash.key(of: "s1")])
        #expect(scores.keys == sessions.keys)
    }

    @Test func severalColumnsAreJoined() throws {
        let table = Table { $0.idColumns = ["a", "b"] }
        #expect(try table.read(text: "a,b\nx,y\n").ids == ["x\u{1F}y"])
        #expect(try table.read(text: "a,b\nx,\n").rejects == ["2 missing_id b"])
    }

    /// Equal rows of one file all count; the same file again gives the same keys; overlap is recognised.
    @Test func rowsWithoutIdAreKnownByContentAndOrdinal() throws {
        let table = Table()
        let first = try table.read(text: "a,b\n1,2\n1,2\n3,4\n").keys
        let again = try table.read(text: "a,b\n3,4\n1,2\n1,2\n5,6\n").keys
        #expect(Set(first).count == 3)
        #expect(Set(first).isSubset(of: Set(again)))
        #expect(Set(again).count == 4)
    }

    @Test func ordinalsSurviveGrowth() {
        var ordinals = RowOrdinals()
        for round in 0..<3 {
            for hash in 0..<5000 {
                #expect(ordinals.ordinal(of: UInt64(hash) &* 0x9E37_79B9_7F4A_7C15) == UInt32(round))
            }
        }
    }
}
