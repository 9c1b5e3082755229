/// Test results of validation runs, and where on its line a refused row begins.
///
/// `run` holds the export's id of the run, or `started` as a number behind an `@` where there is none, so that either
/// tells results apart; `started` is in microseconds since 1970-01-01T00:00Z.
enum SchemaVersion4 {
    static let sql = """
        ALTER TABLE rejects ADD COLUMN position INTEGER CHECK (position IS NULL OR position > 0);

        CREATE TABLE test_results (
          source TEXT NOT NULL,
          run TEXT NOT NULL CHECK (run <> ''),
          is_named INTEGER NOT NULL CHECK (is_named IN (0, 1)),
          suite TEXT NOT NULL,
          test TEXT NOT NULL CHECK (test <> ''),
          delivery INTEGER NOT NULL REFERENCES deliveries (id),
          day INTEGER NOT NULL,
          started INTEGER NOT NULL,
          title TEXT NOT NULL,
          category TEXT,
          status TEXT CHECK (status IN ('passed', 'warned', 'failed', 'skipped', 'errored')),
          score REAL CHECK (score IS NULL OR score BETWEEN 0 AND 100),
          seconds REAL CHECK (seconds IS NULL OR seconds >= 0),
          cases INTEGER CHECK (cases IS NULL OR cases > 0),
          cases_passed INTEGER CHECK (cases_passed IS NULL OR cases_passed BETWEEN 0 AND cases),
          attempts INTEGER NOT NULL CHECK (attempts > 0),
          failed_attempts INTEGER NOT NULL CHECK (failed_attempts BETWEEN 0 AND attempts),
          message TEXT NOT NULL,
          CHECK (status IS NOT NULL OR score IS NOT NULL),
          PRIMARY KEY (source, run, suite, test, delivery)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX test_results_day ON test_results (day);
        CREATE INDEX test_results_delivery ON test_results (delivery);
        """
}
