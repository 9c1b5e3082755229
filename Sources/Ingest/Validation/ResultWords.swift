import Model

/// How exports name the columns of test results, and what their words for a status mean.
enum ResultWords {
    /// The usual columns of a field, the surest first. `SourceMapping.fields` names others.
    static let columns: [String: [String]] = [
        "test": [
            "test_id", "testid", "test", "test_name", "testname", "testcase", "case", "id", "nodeid", "name", "title",
            "@key",
        ],
        "title": ["test_name", "testname", "title", "name", "description"],
        "suite": ["suite", "test_suite", "classname", "class", "module", "scenario", "group", "@group"],
        "category": ["category", "area", "test_category"],
        "status": ["status", "result", "outcome", "verdict", "test_result", "state", "passed", "success"],
        "score": ["score", "score_percent", "percentage"],
        "seconds": ["seconds", "duration_s", "execution_time", "duration_seconds", "elapsed", "duration"],
        "milliseconds": ["milliseconds", "duration_ms", "execution_time_ms", "elapsed_ms", "time_ms"],
        "time": ["run_at", "timestamp", "started_at", "start_time", "executed_at", "run_time", "date", "time"],
        "run": ["run_id", "run", "build_id", "build", "execution_id"],
        "source": ["source", "environment", "mode"],
        "cases": ["cases", "case_count", "cases_total", "sample_size", "n", "total"],
        "cases_passed": ["cases_passed", "passed_cases", "n_passed", "successes"],
        "attempts": ["attempts"],
        "failed_attempts": ["failed_attempts"],
        "message": ["message", "details", "evidence", "reason", "failure_message"],
        "error": ["error", "error_message", "exception", "traceback"],
    ]

    /// The fields that a configuration may name a column for.
    static let fields = columns.keys.sorted()

    private static let statuses: [TestResult.Status: Set<String>] = [
        .passed: ["passed", "pass", "ok", "success", "successful", "succeeded", "true", "green", "xfail", "xfailed"],
        .warned: ["warned", "warning", "warn", "conditional", "yellow", "partial", "unstable"],
        .failed: ["failed", "fail", "failure", "false", "red", "xpass", "xpassed"],
        .skipped: ["skipped", "skip", "ignored", "disabled", "pending", "notrun", "not_run", "not run", "todo"],
        .errored: ["errored", "error", "broken", "crashed", "crash", "timeout", "timed_out", "aborted"],
    ]

    /// What a word for a status means; nil for one that is not known.
    static func status(_ word: String) -> TestResult.Status? {
        let word = word.lowercased()
        return TestResult.Status.allCases.first { statuses[$0]?.contains(word) ?? false }
    }

    /// Whether a text is a word for a status or a number.
    private static func judges(_ tree: JSONTree) -> Bool {
        switch tree {
        case .bool, .number: true
        case .text(let text): !text.isEmpty
        default: false
        }
    }

    /// Whether an object looks like the result of a test.
    static func isResult(_ members: [JSONTree.Member], key: String?) -> Bool {
        let named = { (field: String) in
            members.filter { (columns[field] ?? []).contains($0.key.lowercased()) }
        }
        let isNamed = key != nil || named("test").contains { $0.value.scalarText?.isEmpty == false }
        return isNamed && (named("status") + named("score")).contains { judges($0.value) }
    }

    /// Whether the members of an object are results by their keys: nothing but objects, each with a status or score.
    static func areListed(_ members: [JSONTree.Member]) -> Bool {
        let judging = Set((columns["status"] ?? []) + (columns["score"] ?? []))
        return !members.isEmpty
            && members.allSatisfy { member in
                guard case .object(let inner) = member.value else { return false }
                return inner.contains { judging.contains($0.key.lowercased()) && judges($0.value) }
            }
    }

    /// Whether rows of these columns look like results of tests, and their texts like states.
    static func areResults(_ names: [String], values: (String) -> [String]) -> Bool {
        let found = { (field: String) -> String? in
            let usual = (columns[field] ?? []).filter { !$0.hasPrefix("@") }
            return usual.lazy.compactMap { word in names.first { $0.lowercased() == word } }.first
        }
        // A table of sessions may have an id and an outcome; a table of results says "test" somewhere.
        let isTold = names.contains { $0.lowercased().contains("test") || $0.lowercased() == "suite" }
        guard isTold, found("test") != nil, let status = found("status") else { return false }
        let texts = values(status).filter { !$0.isEmpty }
        return !texts.isEmpty && texts.count(where: { self.status($0) != nil }) * 2 >= texts.count
    }

    /// The name of an object that groups results.
    static func group(_ members: [JSONTree.Member]) -> String? {
        for name in ["name", "suite", "category", "scenario", "title", "id"] {
            if let text = members.first(where: { $0.key.lowercased() == name })?.value.scalarText, !text.isEmpty {
                return text
            }
        }
        return nil
    }

    /// Whether a column says something of the object itself that its members do not inherit: its name, state, score,
    /// duration and counts. Runs, sources, categories and times are inherited.
    static func isOwn(_ column: String) -> Bool {
        let inherited = ["run", "source", "category", "time", "suite"].flatMap { columns[$0] ?? [] }
        return !inherited.contains(column.lowercased())
    }
}
