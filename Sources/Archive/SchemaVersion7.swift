/// Points of health metrics and stages of pipelines.
///
/// The points of a series, day and delivery are one blob, framed by `Frame`: how many, then for each the time as the difference
/// to the one before (signed, microseconds) and the value. Times are in microseconds since 1970-01-01T00:00Z.
enum SchemaVersion7 {
    static let sql = """
        CREATE TABLE metric_points (
          name TEXT NOT NULL CHECK (name <> ''),
          context TEXT NOT NULL,
          day INTEGER NOT NULL,
          delivery INTEGER NOT NULL REFERENCES deliveries (id),
          file INTEGER NOT NULL,
          unit TEXT NOT NULL,
          kind TEXT NOT NULL CHECK (kind IN ('gauge', 'counter')),
          n INTEGER NOT NULL CHECK (n > 0),
          points BLOB NOT NULL,
          PRIMARY KEY (name, context, day, delivery, file, unit)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX metric_points_day ON metric_points (day);
        CREATE INDEX metric_points_delivery ON metric_points (delivery);

        CREATE TABLE stage_runs (
          stage TEXT NOT NULL CHECK (stage <> ''),
          item TEXT NOT NULL CHECK (item <> ''),
          started INTEGER NOT NULL,
          delivery INTEGER NOT NULL REFERENCES deliveries (id),
          day INTEGER NOT NULL,
          ended INTEGER CHECK (ended IS NULL OR ended >= started),
          status TEXT NOT NULL,
          PRIMARY KEY (stage, item, started, delivery)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX stage_runs_day ON stage_runs (day);
        CREATE INDEX stage_runs_delivery ON stage_runs (delivery);
        """
}
