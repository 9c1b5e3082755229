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

    /// What programs, devices and kinds of people are called where a column says by which or whom a session was held.
    private static let kinds: Set = [
        "android", "api", "app", "basic", "bot", "browser", "business", "chrome", "cli", "desktop", "edge",
        "enterprise", "existing", "external", "firefox", "free", "internal", "ios", "ipad", "iphone", "kiosk", "linux",
        "mac", "macos", "mobile", "native", "new", "old", "opera", "paid", "phone", "premium", "private", "public",
        "registered", "returning", "safari", "sdk", "staff", "standard", "tablet", "trial", "tv", "voice", "watch",
        "web", "website", "windows",
    ]
    /// What stands where nobody is named.
    private static let nobody: Set = ["anonymous", "guest", "none", "other", "test", "unknown"]

    /// Whether the texts of a column are kinds of programs, devices or people and name nobody: `client` of ios, android and web.
    ///
    /// Each text must be of such words alone, two of them or more must say a kind, and texts come three times in the mean. A
    /// first name cannot be told from any other word, so that a column with a single text beyond them names people.
    static func isOfKinds(_ column: ColumnProfile) -> Bool {
        let words = column.distinct.map { $0.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init) }
        return column.isGroup
            && words.allSatisfy { !$0.isEmpty && $0.allSatisfy { kinds.contains($0) || nobody.contains($0) } }
            && words.count { $0.contains { kinds.contains($0) } } >= 2
    }
}
