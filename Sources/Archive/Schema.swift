import GRDB

/// The schema as a list of changes that is only ever added to.
enum Schema {
    /// Every change in the order in which it was published. A published change is never edited.
    ///
    /// `moment` is what the audit trail says of when it began.
    static func migrator(at moment: String) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { try $0.execute(sql: SchemaVersion1.sql) }
        // Runs that were written before have no filters and are read page by page.
        migrator.registerMigration("2") { try $0.execute(sql: "ALTER TABLE key_runs ADD COLUMN filters BLOB") }
        migrator.registerMigration("3") { try SchemaVersion3.migrate($0, at: moment) }
        migrator.registerMigration("4") { try $0.execute(sql: SchemaVersion4.sql) }
        migrator.registerMigration("5") { try $0.execute(sql: SchemaVersion5.sql) }
        migrator.registerMigration("6") { try $0.execute(sql: SchemaVersion6.sql) }
        migrator.registerMigration("7") { try $0.execute(sql: SchemaVersion7.sql) }
        migrator.registerMigration("8") { try SchemaVersion8.migrate($0) }
        migrator.registerMigration("9") { try $0.execute(sql: SchemaVersion9.sql) }
        migrator.registerMigration("10") { try $0.execute(sql: SchemaVersion10.sql) }
        migrator.registerMigration("11") { try $0.execute(sql: SchemaVersion11.sql) }
        migrator.registerMigration("12") { try $0.execute(sql: SchemaVersion12.sql) }
        migrator.registerMigration("13") { try $0.execute(sql: SchemaVersion13.sql) }
        return migrator
    }

    /// Brings a database to the newest schema; refuses one that a later program has changed.
    static func migrate(_ queue: DatabaseQueue, at moment: String) throws {
        let migrator = migrator(at: moment)
        let isNewer = try queue.read { try migrator.hasBeenSuperseded($0) }
        guard !isNewer else { throw ArchiveError.newerSchema }
        try migrator.migrate(queue)
    }

    /// Whether a database is on an earlier schema.
    static func isEarlier(_ queue: DatabaseQueue) throws -> Bool {
        try queue.read { try !migrator(at: "").hasCompletedMigrations($0) && !migrator(at: "").hasBeenSuperseded($0) }
    }

    /// Refuses a database that is not on the newest schema, for connections that cannot change it.
    static func check(_ queue: DatabaseQueue, path: String) throws {
        let migrator = migrator(at: "")
        let (isNewer, isComplete) = try queue.read {
            (try migrator.hasBeenSuperseded($0), try migrator.hasCompletedMigrations($0))
        }
        guard !isNewer else { throw ArchiveError.newerSchema }
        guard isComplete else {
            throw ArchiveError.cannotOpen(path: path, reason: "its schema is older; a build brings it up to date")
        }
    }
}
