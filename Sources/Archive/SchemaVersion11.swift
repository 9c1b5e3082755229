/// What is made of the sessions of learners and kept, so that a night reads what is new and not the whole log.
///
/// A row that is there was made of all rows that are live: whatever adds, changes or takes out a session takes out what was made of it.
enum SchemaVersion11 {
    static let sql = """
        -- What tables of all learners need of one. `rules` stands for everything besides the log that it was made with.
        CREATE TABLE kept_learners (
          learner TEXT PRIMARY KEY CHECK (learner <> ''),
          zone TEXT NOT NULL,
          rules BLOB NOT NULL CHECK (length(rules) = 32),
          content BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- What all learners together did on a day.
        CREATE TABLE kept_learning_days (
          day INTEGER PRIMARY KEY,
          rules BLOB NOT NULL CHECK (length(rules) = 32),
          content BLOB NOT NULL
        ) STRICT;

        -- A row of another delivery may be on another day, which no longer has the session, or has it again.
        CREATE TRIGGER learner_gets_a_session AFTER INSERT ON learning_sessions
          WHEN EXISTS (SELECT 1 FROM kept_learners)
          BEGIN DELETE FROM kept_learners WHERE learner = NEW.learner; END;
        CREATE TRIGGER learner_loses_a_session AFTER DELETE ON learning_sessions
          WHEN EXISTS (SELECT 1 FROM kept_learners)
          BEGIN DELETE FROM kept_learners WHERE learner = OLD.learner; END;
        CREATE TRIGGER learner_has_another_session AFTER UPDATE ON learning_sessions
          WHEN EXISTS (SELECT 1 FROM kept_learners)
          BEGIN DELETE FROM kept_learners WHERE learner IN (OLD.learner, NEW.learner); END;
        CREATE TRIGGER day_gets_a_session AFTER INSERT ON learning_sessions
          WHEN EXISTS (SELECT 1 FROM kept_learning_days)
          BEGIN
            DELETE FROM kept_learning_days WHERE day IN
              (SELECT day FROM learning_sessions WHERE learner = NEW.learner AND session = NEW.session);
          END;
        CREATE TRIGGER day_loses_a_session AFTER DELETE ON learning_sessions
          WHEN EXISTS (SELECT 1 FROM kept_learning_days)
          BEGIN
            DELETE FROM kept_learning_days WHERE day = OLD.day OR day IN
              (SELECT day FROM learning_sessions WHERE learner = OLD.learner AND session = OLD.session);
          END;
        CREATE TRIGGER day_has_another_session AFTER UPDATE ON learning_sessions
          WHEN EXISTS (SELECT 1 FROM kept_learning_days)
          BEGIN
            DELETE FROM kept_learning_days WHERE day = OLD.day OR day IN (
              SELECT day FROM learning_sessions WHERE learner = OLD.learner AND session = OLD.session
              UNION SELECT day FROM learning_sessions WHERE learner = NEW.learner AND session = NEW.session);
          END;
        """
}
