/// The first published schema.
///
/// Days are days since 1970-01-01; hashes of keys are 64 bits read as a signed integer. Blobs that name an `encoding`
/// are framed by `Frame` (bare or zstd).
enum SchemaVersion1 {
    static let sql = """
        CREATE TABLE catalogue (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          snapshot BLOB NOT NULL
        ) STRICT;

        -- Metrics and dimensions by a number that never changes: what columns of segments are called.
        CREATE TABLE columns (
          id INTEGER PRIMARY KEY,
          kind TEXT NOT NULL CHECK (kind IN ('metric', 'dimension')),
          name TEXT NOT NULL CHECK (name <> ''),
          UNIQUE (kind, name)
        ) STRICT;

        CREATE TABLE dimension_values (
          column_id INTEGER NOT NULL REFERENCES columns (id),
          code INTEGER NOT NULL CHECK (code > 0),
          value BLOB NOT NULL,
          PRIMARY KEY (column_id, code),
          UNIQUE (column_id, value)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE deliveries (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          as_of INTEGER NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('live', 'undone')),
          inserted INTEGER NOT NULL DEFAULT 0 CHECK (inserted >= 0),
          replaced INTEGER NOT NULL DEFAULT 0 CHECK (replaced >= 0),
          unchanged INTEGER NOT NULL DEFAULT 0 CHECK (unchanged >= 0),
          moved INTEGER NOT NULL DEFAULT 0 CHECK (moved >= 0),
          pending INTEGER NOT NULL DEFAULT 0 CHECK (pending >= 0)
        ) STRICT;

        CREATE TABLE delivery_files (
          id INTEGER PRIMARY KEY,
          delivery INTEGER NOT NULL REFERENCES deliveries (id),
          sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
          name TEXT NOT NULL CHECK (name <> ''),
          table_name TEXT NOT NULL CHECK (table_name <> ''),
          bytes INTEGER NOT NULL CHECK (bytes >= 0),
          rows INTEGER NOT NULL DEFAULT 0 CHECK (rows >= 0),
          accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted BETWEEN 0 AND rows),
          is_live INTEGER NOT NULL DEFAULT 1 CHECK (is_live IN (0, 1))
        ) STRICT;
        CREATE UNIQUE INDEX delivery_files_live ON delivery_files (sha256) WHERE is_live = 1;
        CREATE INDEX delivery_files_delivery ON delivery_files (delivery);

        CREATE TABLE reject_counts (
          file INTEGER NOT NULL REFERENCES delivery_files (id),
          cause TEXT NOT NULL,
          whole_row INTEGER NOT NULL CHECK (whole_row IN (0, 1)),
          n INTEGER NOT NULL CHECK (n > 0),
          PRIMARY KEY (file, cause, whole_row)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE rejects (
          id INTEGER PRIMARY KEY,
          file INTEGER NOT NULL REFERENCES delivery_files (id),
          line INTEGER NOT NULL CHECK (line >= 0),
          column_name TEXT,
          cause TEXT NOT NULL,
          found TEXT NOT NULL,
          whole_row INTEGER NOT NULL CHECK (whole_row IN (0, 1))
        ) STRICT;
        CREATE INDEX rejects_file ON rejects (file);

        -- Rows of one delivery and table that were stored under one day; day is NULL while it is not known.
        CREATE TABLE segments (
          id INTEGER PRIMARY KEY,
          delivery INTEGER NOT NULL REFERENCES deliveries (id),
          table_name TEXT NOT NULL CHECK (table_name <> ''),
          table_place INTEGER NOT NULL CHECK (table_place >= 0),
          ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
          day INTEGER,
          n INTEGER NOT NULL CHECK (n > 0),
          records BLOB NOT NULL
        ) STRICT;
        CREATE INDEX segments_day ON segments (day);
        CREATE INDEX segments_delivery ON segments (delivery);

        -- Keys written together: the order of a record's days within and between deliveries.
        CREATE TABLE key_chunks (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          delivery INTEGER NOT NULL REFERENCES deliveries (id)
        ) STRICT;

        -- Which days a key was delivered for, as sorted runs that are merged into longer ones now and then.
        CREATE TABLE key_runs (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          n INTEGER NOT NULL CHECK (n > 0)
        ) STRICT;

        CREATE TABLE key_pages (
          run INTEGER NOT NULL REFERENCES key_runs (id),
          place INTEGER NOT NULL CHECK (place >= 0),
          first_hash INTEGER NOT NULL,
          last_hash INTEGER NOT NULL,
          entries BLOB NOT NULL,
          PRIMARY KEY (run, place)
        ) STRICT;

        -- Keys whose rows are stored under another day than the one that they now belong to (NULL: none known).
        CREATE TABLE strays (
          hash INTEGER NOT NULL,
          stored_day INTEGER NOT NULL,
          home_day INTEGER CHECK (home_day IS NULL OR home_day <> stored_day),
          PRIMARY KEY (hash, stored_day)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX strays_home ON strays (home_day);
        CREATE INDEX strays_stored ON strays (stored_day);

        CREATE TABLE day_partials (
          day INTEGER PRIMARY KEY,
          records INTEGER NOT NULL CHECK (records > 0),
          revision INTEGER NOT NULL CHECK (revision > 0),
          hash INTEGER NOT NULL,
          cells BLOB NOT NULL,
          counts BLOB NOT NULL,
          sample BLOB NOT NULL
        ) STRICT;

        CREATE TABLE interventions (
          id TEXT NOT NULL CHECK (id <> ''),
          delivery INTEGER NOT NULL REFERENCES deliveries (id),
          name TEXT NOT NULL,
          kind TEXT NOT NULL,
          metric TEXT,
          scope BLOB NOT NULL,
          start_day INTEGER NOT NULL,
          end_day INTEGER CHECK (end_day IS NULL OR end_day >= start_day),
          expected_change REAL,
          status TEXT NOT NULL CHECK (status IN ('planned', 'active', 'completed', 'cancelled')),
          PRIMARY KEY (id, delivery)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE measurements (
          id TEXT NOT NULL CHECK (id <> ''),
          delivery INTEGER NOT NULL REFERENCES deliveries (id),
          intervention TEXT NOT NULL,
          day INTEGER NOT NULL,
          baseline REAL,
          current REAL,
          change REAL,
          sample_size INTEGER CHECK (sample_size IS NULL OR sample_size >= 0),
          PRIMARY KEY (id, delivery)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE runs (
          id TEXT PRIMARY KEY CHECK (id <> ''),
          sequence INTEGER NOT NULL UNIQUE,
          as_of INTEGER NOT NULL,
          started TEXT NOT NULL,
          inputs BLOB NOT NULL,
          outcome TEXT NOT NULL CHECK (outcome <> ''),
          summary BLOB NOT NULL,
          manifest_hash BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX runs_as_of ON runs (as_of, sequence);
        """
}
