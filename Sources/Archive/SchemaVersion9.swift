/// What each name of a file last held, so that the same bytes behind other ones are seen to be new; and the key of each erasure.
///
/// Bytes may be live more than once: delivered, replaced under their name, delivered again.
enum SchemaVersion9 {
    static let sql = """
        DROP INDEX delivery_files_live;
        CREATE UNIQUE INDEX delivery_files_live ON delivery_files (sha256, delivery, name) WHERE is_live = 1;
        CREATE INDEX delivery_files_name ON delivery_files (name);

        -- The bytes that a name stood for in the newest delivery that had it, whether they were read or known already.
        CREATE TABLE held_files (
          name TEXT PRIMARY KEY CHECK (name <> ''),
          sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
        ) STRICT, WITHOUT ROWID;
        -- A name that one delivery had for several files says nothing.
        INSERT INTO held_files (name, sha256)
          SELECT name, sha256 FROM delivery_files AS newest
          WHERE is_live = 1
            AND id = (SELECT max(id) FROM delivery_files WHERE name = newest.name AND is_live = 1)
            AND name NOT IN (SELECT name FROM delivery_files GROUP BY name, delivery HAVING count(*) > 1);

        -- Tables of which earlier programs may have passed over copies without a note of their names; the next delivery notes them.
        CREATE TABLE unnoted_tables (
          table_name TEXT PRIMARY KEY CHECK (table_name <> '')
        ) STRICT, WITHOUT ROWID;
        INSERT INTO unnoted_tables (table_name) SELECT DISTINCT table_name FROM delivery_files;

        -- The code of the key that a mark was made with; NULL where that was not noted.
        ALTER TABLE erasures ADD COLUMN key_code BLOB CHECK (length(key_code) = 32);
        UPDATE erasures SET key_code = (SELECT code FROM pseudonym_key);
        """
}
