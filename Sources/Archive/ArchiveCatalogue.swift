import GRDB
import Model

import struct Foundation.Data

extension Archive {
    /// How the catalogue differs from the one that the stored partials were made for; nil if it does not.
    ///
    /// While it does, partials cannot be read and nothing can be loaded; `adoptCatalogue` ends that.
    public func catalogueChange() throws -> CatalogueChange? {
        try access { db in
            guard let stored = try Data.fetchOne(db, sql: "SELECT snapshot FROM catalogue") else { return nil }
            if [UInt8](stored) == CatalogueSnapshot(catalogue, sizes: sizes).bytes { return nil }
            return CatalogueChange(
                metricsNeverStored: try catalogue.metrics.map(\.name).filter {
                    try CatalogueStore.knownNumber(db, kind: "metric", name: $0) == nil
                },
                dimensionsNeverStored: try catalogue.dimensions.map(\.name).filter {
                    try CatalogueStore.knownNumber(db, kind: "dimension", name: $0) == nil
                },
                days: try Int.fetchOne(db, sql: "SELECT count(DISTINCT day) FROM segments WHERE day IS NOT NULL") ?? 0)
        }
    }

    /// Takes over the catalogue and recomputes every day's partials from the stored records.
    ///
    /// Days whose rows have been pruned stay as they are: `PartialTable` finds in them what is still called the same.
    ///
    /// - Returns: the days whose partials changed. What was never stored stays missing on the days loaded before.
    @discardableResult
    public func adoptCatalogue() throws -> [Day] {
        try transaction {
            try access { db in
                try storeSnapshot(db)
                let rebuilding = try DayRebuilding(db, archive: self)
                let retention = Retention(db)
                let first = try retention.firstDay
                var changed: [Day] = []
                for day in try rebuilding.storedDays() where day >= first {
                    if try rebuilding.rebuild(day) { changed.append(Day(number: day)) }
                }
                let frozen = try retention.statement.map { " " + $0 } ?? ""
                try audit(db).add(.catalogue, "metrics and dimensions", "days=\(changed.count)" + frozen)
                return changed
            }
        }
    }

    /// Refuses to go on while the stored partials belong to another catalogue.
    func checkCatalogue() throws {
        if let change = try catalogueChange() { throw ArchiveError.catalogueChanged(change) }
    }

    /// A new archive belongs to the catalogue that it is made with.
    func adoptFirstCatalogue() throws {
        try access { db in
            guard try Int.fetchOne(db, sql: "SELECT id FROM catalogue") == nil else { return }
            // Whole or not at all: the snapshot says that every column has its number.
            try db.inTransaction {
                try storeSnapshot(db)
                return .commit
            }
        }
    }

    private func storeSnapshot(_ db: Database) throws {
        let bytes = CatalogueSnapshot(catalogue, sizes: sizes).bytes
        try db.execute(
            sql:
                """
                INSERT INTO catalogue (id, snapshot) VALUES (1, ?)
                ON CONFLICT DO UPDATE SET snapshot = excluded.snapshot
                """,
            arguments: [Data(bytes)])
        _ = try CatalogueStore(db, catalogue: catalogue)
    }
}
