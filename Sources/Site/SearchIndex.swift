import Report

/// What the search looks through: a script file, because a page that was opened from a disk may load no other.
///
/// It is loaded when a reader begins to search and not before, so that it costs no page anything.
enum SearchIndex {
    /// Where it lies.
    static let path = "search-index.js"

    /// A page's path, its title, the names above it and its sentence.
    static func entry(of page: Page) -> JSONValue {
        let above = page.crumbs.dropFirst().map(\.text).joined(separator: " › ")
        return .array([
            .string(page.path), .string(page.title), .string(above), .string(String(page.lead.plain.prefix(160))),
        ])
    }

    /// A call of the search's function with the run's folder and the pages. Folding of letters is left to the script,
    /// which has to fold what is typed by the same rule.
    static func bytes(of entries: [JSONValue], run: SiteRun) -> [UInt8] {
        let call = [.string("runs/\(run.folder)/"), JSONValue.array(entries)].map(\.compact).joined(separator: ",")
        // A line separator ends a line of script in older readers.
        let safe = call.replacing("\u{2028}", with: " ").replacing("\u{2029}", with: " ").replacing("</", with: "<\\/")
        return Array("assaySearch(\(safe));\n".utf8)
    }
}
