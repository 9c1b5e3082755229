import GRDB

/// What the third schema adds: the audit trail, what pruning leaves behind, and what was said when a file was read.
enum SchemaVersion3 {
    static let sql = """
        -- What was done to the archive, each entry with a SHA-256 over itself and the one before it.
        CREATE TABLE audit (
          sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
          at TEXT NOT NULL,
          kind TEXT NOT NULL CHECK (kind <> ''),
          subject TEXT NOT NULL,
          detail TEXT NOT NULL,
          previous BLOB NOT NULL CHECK (length(previous) = 32),
          hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32)
        ) STRICT;
        CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit
          BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
        CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
          BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;

        -- The first day whose rows are kept; the partials of the days before it are all that is left of them.
        CREATE TABLE retention (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          first_day INTEGER NOT NULL
        ) STRICT;
        ALTER TABLE deliveries ADD COLUMN pruned_rows INTEGER NOT NULL DEFAULT 0 CHECK (pruned_rows >= 0);

        -- One line for each remark on a file when it was read, so that a later run can repeat them.
        ALTER TABLE delivery_files ADD COLUMN notes TEXT NOT NULL DEFAULT '';
        """

    /// Adds the tables; an archive that holds something already gets a trail that begins with a statement of it.
    static func migrate(_ db: Database, at moment: String) throws {
        try db.execute(sql: sql)
        try AuditTrail(db, at: moment).begin()
    }
}
