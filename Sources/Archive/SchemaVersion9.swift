/// What each place of a file last held, so that the same bytes after other ones are seen to be new; and the key of each erasure.
///
/// Bytes may be live more than once: delivered, replaced in their place, delivered again.
enum SchemaVersion9 {
    static let sql = """
        DROP INDEX delivery_files_live;
        CREATE UNIQUE INDEX delivery_files_live ON delivery_files (sha256, delivery, name) WHERE is_live = 1;
        CREATE INDEX delivery_files_name ON delivery_files (name);

        -- The bytes that lay at a path in the newest delivery that had it, whether they were read or known already.
        CREATE TABLE held_files (
          place TEXT PRIMARY KEY CHECK (place <> ''),
          sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
        ) STRICT, WITHOUT ROWID;

        -- Tables of which earlier programs may have passed over copies without a note of their places; the next delivery notes them.
        CREATE TABLE unnoted_tables (
          table_name TEXT PRIMARY KEY CHECK (table_name <> '')
        ) STRICT, WITHOUT ROWID;
        INSERT INTO unnoted_tables (table_name) SELECT DISTINCT table_name FROM delivery_files;

        -- The code of the key that a mark was made with; NULL where that was not noted.
        ALTER TABLE erasures ADD COLUMN key_code BLOB CHECK (length(key_code) = 32);
        UPDATE erasures SET key_code = (SELECT code FROM pseudonym_key);
        """
}
