/// The usual names of columns that say whose a row is, the surest first: one table for every reader and for what is proposed.
enum PersonWords {
    /// The names in small letters with low lines between their words.
    static let columns = [
        "user_id", "userid", "learner_id", "student_id", "patient_id", "participant_id", "person_id", "client_id",
        "customer_id", "member_id", "caller_id", "learner", "student", "patient", "participant", "person", "client",
        "customer", "member", "caller", "user", "uid",
    ]

    /// The names where learners are looked for: theirs come before those of any user of a service.
    static let learners = ["learner_id", "learner", "student_id"] + columns

    /// Whether a column is called so, in any case of letters: `user_id`, `userId`, `USER-ID`.
    static func name(_ column: String) -> Bool {
        columns.contains(column.lowercased()) || columns.contains(ColumnWords(column).words.joined(separator: "_"))
    }
}
