/// People by pseudonym: rows about them, which session records are theirs, who was erased, and what was published of them.
///
/// `content` holds numbers and words (`PersonCoding`); `code` tells keys of pseudonyms apart without telling one;
/// `mark` is what `PseudonymKey.erasureMark` makes of an erased pseudonym.
enum SchemaVersion6 {
    static let sql = """
        CREATE TABLE person_facts (
          person TEXT NOT NULL CHECK (length(person) = 16),
          kind TEXT NOT NULL CHECK (kind IN ('profile', 'session', 'progress', 'outcome')),
          key INTEGER NOT NULL,
          delivery INTEGER NOT NULL REFERENCES deliveries (id),
          day INTEGER NOT NULL,
          is_dated INTEGER NOT NULL CHECK (is_dated IN (0, 1)),
          content BLOB NOT NULL,
          PRIMARY KEY (person, kind, key, delivery)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX person_facts_delivery ON person_facts (delivery);
        CREATE INDEX person_facts_day ON person_facts (day);

        -- The session records of a person, by the hash of their ids.
        CREATE TABLE person_records (
          person TEXT NOT NULL CHECK (length(person) = 16),
          key INTEGER NOT NULL,
          delivery INTEGER NOT NULL REFERENCES deliveries (id),
          PRIMARY KEY (person, key, delivery)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX person_records_delivery ON person_records (delivery);

        -- How many rows about people a delivery brought that were not taken, or were dropped because of it.
        CREATE TABLE person_refusals (
          delivery INTEGER NOT NULL REFERENCES deliveries (id),
          reason TEXT NOT NULL CHECK (reason IN ('without_consent', 'past_retention', 'forgotten')),
          n INTEGER NOT NULL CHECK (n > 0),
          PRIMARY KEY (delivery, reason)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE pseudonym_key (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          code BLOB NOT NULL CHECK (length(code) = 32)
        ) STRICT;

        CREATE TABLE erasures (
          mark BLOB PRIMARY KEY CHECK (length(mark) = 32)
        ) STRICT, WITHOUT ROWID;

        -- What was published of people: tables as they stood, and numbers with noise and what they cost.
        CREATE TABLE table_releases (
          name TEXT NOT NULL CHECK (name <> ''),
          day INTEGER NOT NULL,
          content BLOB NOT NULL,
          PRIMARY KEY (name, day)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE noise_releases (
          query TEXT NOT NULL CHECK (query <> ''),
          day INTEGER NOT NULL,
          epsilon REAL NOT NULL CHECK (epsilon > 0),
          delta REAL NOT NULL CHECK (delta >= 0),
          value INTEGER NOT NULL,
          PRIMARY KEY (query, day)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE model_scores (
          name TEXT NOT NULL CHECK (name <> ''),
          version TEXT NOT NULL,
          day INTEGER NOT NULL,
          delivery INTEGER NOT NULL REFERENCES deliveries (id),
          purpose TEXT NOT NULL,
          true_positives INTEGER CHECK (true_positives >= 0),
          false_positives INTEGER CHECK (false_positives >= 0),
          false_negatives INTEGER CHECK (false_negatives >= 0),
          true_negatives INTEGER CHECK (true_negatives >= 0),
          accuracy REAL, precision REAL, recall REAL, f1 REAL,
          n INTEGER CHECK (n >= 0),
          PRIMARY KEY (name, version, day, delivery)
        ) STRICT, WITHOUT ROWID;
        """
}
