import XML

/// The test cases of a JUnit report as rows, whatever program wrote it.
///
/// What is understood: `testsuites` or `testsuite` as the root, suites inside suites, `testcase` with `failure`, `error`,
/// `skipped`; attributes `status` and `result` of GoogleTest; the repeated attempts of Surefire (`flakyFailure`,
/// `flakyError`, `rerunFailure`, `rerunError`); `properties` of a suite or case as columns of their own name, which is how
/// pytest and others hand on scores and categories. Times are in seconds. The columns are those of `usual`. A suite that counts
/// failures or errors of which no case shows one broke off before or between its cases: it is a row of its own, of the name of
/// the suite, that broke off.
enum JUnitRows {
    /// The columns that a row may have besides those of properties.
    static let usual = ["suite", "test", "status", "seconds", "timestamp", "message", "attempts", "failed_attempts"]

    /// Whether a text begins like a JUnit report: its first element is `testsuites` or `testsuite`.
    static func isReport(_ head: Span<UInt8>) -> Bool {
        var text = String(decoding: (0..<min(head.count, 4_096)).map { head[$0] }, as: UTF8.self)[...]
        while let open = text.firstIndex(of: "<") {
            text = text[open...]
            let ending = text.hasPrefix("<!--") ? "-->" : text.hasPrefix("<?") || text.hasPrefix("<!") ? ">" : nil
            guard let ending else {
                let name = text.dropFirst().prefix { $0.isLetter || $0 == ":" }
                return ["testsuite", "testsuites"].contains(String(name.split(separator: ":").last ?? ""))
            }
            guard let end = text.firstRange(of: ending) else { return false }
            text = text[end.upperBound...]
        }
        return false
    }

    /// The rows of a report, or the fault that makes it none.
    static func read(_ bytes: [UInt8]) -> LooseRows {
        let root: XMLElement
        do {
            root = try XMLElement(xml: bytes, limits: XMLLimits(depth: 64), withPlaces: true)
        } catch {
            return LooseRows(fault: error.message, line: error.line ?? 1, position: error.column)
        }
        guard root.name == "testsuites" || root.name == "testsuite" else {
            return LooseRows(
                fault: "<\(root.name)> is no report of tests", line: max(1, root.line), position: root.column)
        }
        var listed: [ListedRow] = []
        _ = collect(root, Inherited(), into: &listed)
        // A report is of one run: what says no time is of the time of the others, not of another day.
        if let time = listed.compactMap({ $0["timestamp"] }).first {
            for place in listed.indices where listed[place]["timestamp"] == nil { listed[place]["timestamp"] = time }
        }
        return LooseRows(listed: listed)
    }

    /// What cases take over from the suites around them.
    private struct Inherited {
        var suite: String?
        var timestamp: String?
        var properties: [(name: String, value: String)] = []
    }

    /// Adds the cases of a suite; says whether one of them, or a suite inside, did not end well.
    private static func collect(_ element: XMLElement, _ outer: Inherited, into rows: inout [ListedRow]) -> Bool {
        var inherited = outer
        var isBad = false
        if element.name == "testsuite", let name = element.attributes["name"], !name.isEmpty { inherited.suite = name }
        inherited.timestamp = element.attributes["timestamp"] ?? outer.timestamp
        inherited.properties += properties(of: element)
        for child in element.elements {
            switch child.name {
            case "testsuite": if collect(child, inherited, into: &rows) { isBad = true }
            case "testcase":
                rows.append(row(child, inherited))
                if let status = rows.last?["status"], ["errored", "failed"].contains(status) { isBad = true }
                // A test that was saved by another attempt may be counted as well.
                if rows.last?["failed_attempts"] != "0" { isBad = true }
            default: break
            }
        }
        let counted = ["errors", "failures"].compactMap { name in
            element.attributes[name].flatMap { Int($0) }.map { (name, $0) }
        }.filter { $0.1 > 0 }
        guard !isBad, !counted.isEmpty else { return isBad }
        rows.append(brokenSuite(element, inherited, counted))
        return true
    }

    /// The row of a suite that counts what none of its cases shows.
    private static func brokenSuite(
        _ element: XMLElement, _ inherited: Inherited, _ counted: [(name: String, count: Int)]
    ) -> ListedRow {
        var row = ListedRow(line: max(1, element.line), position: element.column > 0 ? element.column : nil)
        for property in inherited.properties { row[property.name] = property.value }
        let name = element.attributes["name"].flatMap { $0.isEmpty ? nil : $0 } ?? inherited.suite ?? element.name
        (row["suite"], row["test"], row["status"]) = (inherited.suite ?? name, name, "errored")
        row["timestamp"] = inherited.timestamp
        let counts = counted.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
        let said = element.elements.first { $0.name == "system-err" }?.text ?? ""
        row["message"] = "the suite counts \(counts), of which no case shows any" + (said.isEmpty ? "" : ": \(said)")
        return row
    }

    private static func properties(of element: XMLElement) -> [(name: String, value: String)] {
        element.elements.filter { $0.name == "properties" }.flatMap(\.elements).compactMap { property in
            guard property.name == "property", let name = property.attributes["name"] else { return nil }
            return (name, property.attributes["value"] ?? property.text)
        }
    }

    private static func row(_ element: XMLElement, _ inherited: Inherited) -> ListedRow {
        var row = ListedRow(line: max(1, element.line), position: element.column > 0 ? element.column : nil)
        for property in inherited.properties + properties(of: element) { row[property.name] = property.value }
        let named = { (name: String) in element.elements.filter { $0.name == name } }
        let again = named("rerunFailure") + named("rerunError") + named("flakyFailure") + named("flakyError")
        let fault = (named("error") + named("failure")).first
        row["status"] = status(element, row["status"])
        row["suite"] = element.attributes["classname"].flatMap { $0.isEmpty ? nil : $0 } ?? inherited.suite
        row["test"] = element.attributes["name"]
        // Surefire groups thousands: 1,204.5.
        row["seconds"] = element.attributes["time"].map { $0.contains(".") ? String($0.filter { $0 != "," }) : $0 }
        row["timestamp"] = element.attributes["timestamp"] ?? inherited.timestamp
        row["attempts"] = String(1 + again.count)
        row["failed_attempts"] = String(again.count + (fault == nil ? 0 : 1))
        let told = fault ?? again.first ?? named("skipped").first
        let message = told.flatMap { $0.attributes["message"] ?? $0.attributes["type"] } ?? ""
        row["message"] = message.isEmpty ? told?.text ?? "" : message
        return row
    }

    /// What a case's children say, which no attribute overrules; then its own words; else it passed.
    private static func status(_ element: XMLElement, _ property: String?) -> String {
        let names = Set(element.elements.map(\.name))
        if names.contains("error") { return "errored" }
        if names.contains("failure") { return "failed" }
        if names.contains("skipped") { return "skipped" }
        let words = [element.attributes["result"], element.attributes["status"], property].compactMap { $0 }
        // GoogleTest: a disabled test has status "notrun" and result "suppressed".
        if words.contains(where: { ["notrun", "suppressed", "skipped", "disabled"].contains($0.lowercased()) }) {
            return "skipped"
        }
        // "run" and "completed" say that it ran, not how it ended.
        let ends = words.filter { !["run", "completed"].contains($0.lowercased()) }
        return ends.first ?? "passed"
    }
}
