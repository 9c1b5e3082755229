import GRDB

/// The schema as a list of changes that is only ever added to.
enum Schema {
    /// Every change in the order in which it was published. A published change is never edited.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { try $0.execute(sql: SchemaVersion1.sql) }
        // Runs that were written before have no filters and are read page by page.
        migrator.registerMigration("2") { try $0.execute(sql: "ALTER TABLE key_runs ADD COLUMN filters BLOB") }
        migrator.registerMigration("4") { try $0.execute(sql: SchemaVersion4.sql) }
        return migrator
    }

    /// Brings a database to the newest schema; refuses one that a later program has changed.
    static func migrate(_ queue: DatabaseQueue) throws {
        let isNewer = try queue.read { try migrator.hasBeenSuperseded($0) }
        guard !isNewer else { throw ArchiveError.newerSchema }
        try migrator.migrate(queue)
    }

    /// Refuses a database that is not on the newest schema, for connections that cannot change it.
    static func check(_ queue: DatabaseQueue, path: String) throws {
        let (isNewer, isComplete) = try queue.read {
            (try migrator.hasBeenSuperseded($0), try migrator.hasCompletedMigrations($0))
        }
        guard !isNewer else { throw ArchiveError.newerSchema }
        guard isComplete else {
            throw ArchiveError.cannotOpen(path: path, reason: "its schema is older; a build brings it up to date")
        }
    }
}
