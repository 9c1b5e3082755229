/// Learners whose sessions have changed since something was made of them, by name: what was made stands until it is made anew, so that a
/// night writes it once and looks for nobody among all sessions.
///
/// Whoever has sessions is marked here or kept, and whoever is kept without a mark was made of all rows that are live. Who loses the last
/// session is in neither.
enum SchemaVersion13 {
    static let sql = """
        CREATE TABLE changed_learners (
          learner TEXT PRIMARY KEY CHECK (learner <> '')
        ) STRICT, WITHOUT ROWID;
        INSERT INTO changed_learners
          \(Archive.learnerNames) AND learner NOT IN (SELECT learner FROM kept_learners);

        -- A conflict clause here would give way to that of the statement outside.
        DROP TRIGGER learner_gets_a_session;
        CREATE TRIGGER learner_gets_a_session AFTER INSERT ON learning_sessions
          WHEN NOT EXISTS (SELECT 1 FROM changed_learners WHERE learner = NEW.learner)
          BEGIN INSERT INTO changed_learners VALUES (NEW.learner); END;
        DROP TRIGGER learner_loses_a_session;
        CREATE TRIGGER learner_loses_a_session AFTER DELETE ON learning_sessions
          BEGIN
            DELETE FROM kept_learners WHERE learner = OLD.learner;
            DELETE FROM changed_learners WHERE learner = OLD.learner;
            INSERT INTO changed_learners
              SELECT OLD.learner WHERE EXISTS (SELECT 1 FROM learning_sessions WHERE learner = OLD.learner);
          END;
        DROP TRIGGER learner_has_another_session;
        CREATE TRIGGER learner_has_another_session AFTER UPDATE ON learning_sessions
          BEGIN
            DELETE FROM kept_learners WHERE learner IN (OLD.learner, NEW.learner);
            DELETE FROM changed_learners WHERE learner IN (OLD.learner, NEW.learner);
            INSERT INTO changed_learners
              SELECT DISTINCT learner FROM learning_sessions WHERE learner IN (OLD.learner, NEW.learner);
          END;
        """
}
