/// Sessions of learners and their goals.
///
/// `started` and `ended` are in seconds since 1970-01-01T00:00Z, `utc_offset` in seconds east of UTC, `parts` are six numbers from
/// 0 to 1 as text with semicolons, an empty one where there is none; topics are separated by U+001F. A goal of every
/// learner has an empty one.
enum SchemaVersion5 {
    static let sql = """
        CREATE TABLE learning_sessions (
          learner TEXT NOT NULL CHECK (learner <> ''),
          session TEXT NOT NULL CHECK (session <> ''),
          delivery INTEGER NOT NULL REFERENCES deliveries (id),
          day INTEGER NOT NULL,
          started INTEGER NOT NULL,
          ended INTEGER CHECK (ended IS NULL OR ended >= started),
          utc_offset INTEGER NOT NULL CHECK (utc_offset BETWEEN -86400 AND 86400),
          zone TEXT,
          minutes REAL CHECK (minutes IS NULL OR minutes >= 0),
          exchanges INTEGER CHECK (exchanges IS NULL OR exchanges >= 0),
          questions INTEGER CHECK (questions IS NULL OR questions >= 0),
          clarifications INTEGER CHECK (clarifications IS NULL OR clarifications >= 0),
          quality REAL CHECK (quality IS NULL OR quality BETWEEN 0 AND 1),
          lowest_quality REAL CHECK (lowest_quality IS NULL OR lowest_quality BETWEEN 0 AND 1),
          highest_quality REAL CHECK (highest_quality IS NULL OR highest_quality BETWEEN 0 AND 1),
          parts TEXT NOT NULL,
          topics TEXT NOT NULL,
          primary_topic TEXT,
          positive INTEGER NOT NULL CHECK (positive >= 0),
          negative INTEGER NOT NULL CHECK (negative >= 0),
          is_success INTEGER CHECK (is_success IN (0, 1)),
          is_completed INTEGER CHECK (is_completed IN (0, 1)),
          PRIMARY KEY (learner, session, delivery)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX learning_sessions_delivery ON learning_sessions (delivery);
        CREATE INDEX learning_sessions_day ON learning_sessions (day);

        CREATE TABLE learning_goals (
          id TEXT NOT NULL CHECK (id <> ''),
          learner TEXT NOT NULL,
          delivery INTEGER NOT NULL REFERENCES deliveries (id),
          title TEXT NOT NULL,
          body TEXT NOT NULL,
          kind TEXT NOT NULL,
          target REAL NOT NULL CHECK (target > 0),
          start_day INTEGER NOT NULL,
          deadline INTEGER,
          declared TEXT NOT NULL CHECK (declared IN ('active', 'paused', 'abandoned')),
          supplied REAL,
          PRIMARY KEY (id, learner, delivery)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX learning_goals_delivery ON learning_goals (delivery);
        """
}
