/// Where runs were published, and which learners had pages.
///
/// Of runs that were written before it is not known where their pages lie: the place '' stands for that.
enum SchemaVersion10 {
    static let sql = """
        -- The folders that runs were published in.
        CREATE TABLE published_folders (
          folder TEXT PRIMARY KEY
        ) STRICT, WITHOUT ROWID;
        INSERT INTO published_folders (folder) SELECT '' WHERE EXISTS (SELECT 1 FROM runs);

        -- The newest day on which a learner had pages, which tell of everything up to it.
        CREATE TABLE shown_learners (
          learner TEXT PRIMARY KEY CHECK (learner <> ''),
          day INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
