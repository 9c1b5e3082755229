import GRDB
import Model
import Partials

import struct Foundation.Data

/// The numbers of columns and the codes of dimension values, as the database holds them.
struct CatalogueStore {
    /// The number of each column of the catalogue.
    let numbers: RecordCoding.ColumnNumbers
    /// For each dimension the texts by code; entry 0 stands for missing.
    private(set) var dictionaries: [[String]]
    /// For each dimension the codes by the bytes of the text.
    private var codes: [[[UInt8]: UInt32]]

    /// Reads them; nil for columns that have never been stored.
    static func knownNumber(_ db: Database, kind: String, name: String) throws -> Int? {
        try Int.fetchOne(db, sql: "SELECT id FROM columns WHERE kind = ? AND name = ?", arguments: [kind, name])
    }

    /// Reads what is stored for a catalogue and gives every new column a number.
    ///
    /// Where only reading is possible the number is one that no stored row has, so that nothing is found under it.
    init(_ db: Database, catalogue: Catalogue) throws {
        var unused = try Int.fetchOne(db, sql: "SELECT coalesce(max(id), 0) FROM columns") ?? 0
        func number(_ kind: String, _ name: String) throws -> Int {
            if let known = try Self.knownNumber(db, kind: kind, name: name) { return known }
            guard !db.configuration.readonly else {
                unused += 1
                return unused
            }
            try db.execute(sql: "INSERT INTO columns (kind, name) VALUES (?, ?)", arguments: [kind, name])
            return Int(db.lastInsertedRowID)
        }
        numbers = RecordCoding.ColumnNumbers(
            metrics: try catalogue.metrics.map { try number("metric", $0.name) },
            dimensions: try catalogue.dimensions.map { try number("dimension", $0.name) })
        dictionaries = []
        codes = []
        for id in numbers.dimensions {
            let rows = try Row.fetchAll(
                db, sql: "SELECT code, value FROM dimension_values WHERE column_id = ? ORDER BY code", arguments: [id])
            var texts = [""]
            var known: [[UInt8]: UInt32] = [:]
            for row in rows {
                let code: Int = row[0]
                let bytes = [UInt8](row[1] as Data)
                let text = String(decoding: bytes, as: UTF8.self)
                guard code == texts.count else { throw ArchiveError.damaged("codes of a dimension have gaps") }
                texts.append(text)
                known[bytes] = UInt32(code)
            }
            dictionaries.append(texts)
            codes.append(known)
        }
    }

    /// The code of a text, which gets one if it has none.
    mutating func code(of text: String, dimension: Int, _ db: Database) throws -> UInt32 {
        let bytes = Array(text.utf8)
        if let known = codes[dimension][bytes] { return known }
        let code = UInt32(dictionaries[dimension].count)
        try db.cachedStatement(sql: "INSERT INTO dimension_values (column_id, code, value) VALUES (?, ?, ?)")
            .execute(arguments: [numbers.dimensions[dimension], Int64(code), Data(bytes)])
        dictionaries[dimension].append(text)
        codes[dimension][bytes] = code
        return code
    }

    /// A batch's codes in the archive's numbering; only texts that occur get a code.
    mutating func adopt(_ batch: RecordBatch, _ db: Database) throws -> RecordBatch {
        var adopted = batch
        for dimension in dictionaries.indices {
            guard let column = batch.dimensions[dimension] else { continue }
            let texts = batch.dictionaries[dimension]
            var map = [UInt32](repeating: .max, count: max(1, texts.count))
            map[0] = 0
            var mapped: [UInt32] = []
            mapped.reserveCapacity(column.count)
            for code in column {
                guard Int(code) < map.count else { throw ArchiveError.misuse("a code without a text") }
                if map[Int(code)] == .max {
                    map[Int(code)] = try self.code(of: texts[Int(code)], dimension: dimension, db)
                }
                mapped.append(map[Int(code)])
            }
            adopted.dimensions[dimension] = mapped
            adopted.dictionaries[dimension] = [""]
        }
        return adopted
    }
}
