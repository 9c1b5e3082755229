import GRDB
import Model

import struct Foundation.Data

extension Archive {
    /// The tables of people as they were last published for a day up to one, by name.
    public func tableReleases(through day: Day) throws -> [String: (day: Day, content: [UInt8])] {
        try access { db in
            var found: [String: (Day, [UInt8])] = [:]
            let rows = try Row.fetchAll(
                db, sql: "SELECT name, day, content FROM table_releases WHERE day <= ? ORDER BY name, day",
                arguments: [day.number])
            for row in rows { found[row[0]] = (Day(number: row[1]), [UInt8](row[2] as Data)) }
            return found
        }
    }

    /// Keeps a table of people as it is published.
    public func saveTableRelease(_ name: String, on day: Day, content: [UInt8]) throws {
        try transaction {
            try access { db in
                try db.execute(
                    sql: "INSERT OR REPLACE INTO table_releases (name, day, content) VALUES (?, ?, ?)",
                    arguments: [name, day.number, Data(content)])
            }
        }
    }

    /// The number with noise that was published for a day; nil if there is none.
    public func noiseRelease(of query: String, on day: Day) throws -> (epsilon: Double, delta: Double, value: Int)? {
        try access { db in
            try Row.fetchOne(
                db, sql: "SELECT epsilon, delta, value FROM noise_releases WHERE query = ? AND day = ?",
                arguments: [query, day.number]
            ).map { ($0[0], $0[1], $0[2]) }
        }
    }

    /// The sum of ε of all numbers with noise of some days.
    public func epsilonSpent(from first: Day, through last: Day) throws -> Double {
        try access { db in
            try Double.fetchOne(
                db, sql: "SELECT total(epsilon) FROM noise_releases WHERE day BETWEEN ? AND ?",
                arguments: [first.number, last.number]) ?? 0
        }
    }

    /// Keeps a number with noise; it is never drawn again.
    public func saveNoise(of query: String, on day: Day, epsilon: Double, delta: Double, value: Int) throws {
        try transaction {
            try access { db in
                try db.execute(
                    sql: "INSERT INTO noise_releases (query, day, epsilon, delta, value) VALUES (?, ?, ?, ?, ?)",
                    arguments: [query, day.number, epsilon, delta, value])
            }
        }
    }
}
