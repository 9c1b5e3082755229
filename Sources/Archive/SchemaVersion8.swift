import GRDB

import struct Foundation.Data

/// A hash of the cells of a day alone, `cells_hash`, so that years of series are read without counts and samples.
///
/// NULL where it is not known; such a day is read and checked whole.
enum SchemaVersion8 {
    static func migrate(_ db: Database) throws {
        try db.execute(sql: "ALTER TABLE day_partials ADD COLUMN cells_hash INTEGER")
        for day in try Int32.fetchAll(db, sql: "SELECT day FROM day_partials") {
            let framed = try Data.fetchOne(db, sql: "SELECT cells FROM day_partials WHERE day = ?", arguments: [day])
            // A damaged day is for the run that reads it to tell of, not for an upgrade.
            guard let framed, let cells = try? Frame.unwrap([UInt8](framed)) else { continue }  // see above
            try db.execute(
                sql: "UPDATE day_partials SET cells_hash = ? WHERE day = ?",
                arguments: [Int64(bitPattern: ContentHash.of([cells])), day])
        }
    }
}
