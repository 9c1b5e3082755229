import GRDB
import Model

extension Archive {
    /// The folders that runs were published in, by name; the empty one stands for folders of runs of earlier versions, which nobody
    /// noted.
    public func publishedFolders() throws -> [String] {
        try access { db in try String.fetchAll(db, sql: "SELECT folder FROM published_folders ORDER BY folder") }
    }

    /// Notes a folder before a run is published in it, with the learners who have pages there.
    ///
    /// - Parameter day: the day of the run: pages tell of everything up to it.
    public func notePublication(in folder: String, showing learners: [String], on day: Day) throws {
        try transaction {
            try access { db in
                try db.execute(
                    sql: "INSERT OR IGNORE INTO published_folders (folder) VALUES (?)", arguments: [folder.storable])
                let statement = try db.cachedStatement(
                    sql: """
                        INSERT INTO shown_learners (learner, day) VALUES (?, ?)
                        ON CONFLICT (learner) DO UPDATE SET day = max(day, excluded.day)
                        """)
                for learner in learners { try statement.execute(arguments: [learner.storable, day.number]) }
            }
        }
    }

    /// The newest day on which each learner had pages.
    public func shownLearners() throws -> [String: Day] {
        try access { db in
            let rows = try Row.fetchAll(db, sql: "SELECT learner, day FROM shown_learners")
            return Dictionary(rows.map { ($0[0], Day(number: $0[1])) }) { first, _ in first }
        }
    }
}
