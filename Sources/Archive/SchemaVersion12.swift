/// Codes of the ids of people, for the check that none is published; and deliveries that this check stopped.
enum SchemaVersion12 {
    static let sql = """
        -- A code of each written form of an id under the key of pseudonyms: of the whole, of its first word, and its number of words.
        CREATE TABLE known_ids (
          code INTEGER PRIMARY KEY,
          head INTEGER NOT NULL,
          words INTEGER NOT NULL CHECK (words BETWEEN 1 AND 63),
          -- Whether it was met as the id of a learner alone, which a setting may publish.
          is_learner INTEGER NOT NULL CHECK (is_learner IN (0, 1)),
          -- The delivery that named the id first.
          delivery INTEGER NOT NULL REFERENCES deliveries (id)
        ) STRICT;

        -- Deliveries that were taken out because what would have been published named a person: their files are read again.
        CREATE TABLE stopped_deliveries (
          delivery INTEGER PRIMARY KEY REFERENCES deliveries (id)
        ) STRICT;
        """
}
