/// The test results in a JSON document of any nesting.
///
/// A result is an object with a name and a status or score (`ResultWords`) that holds no further results; objects around
/// it lend it their plain values, the inner ones first, and the name of the nearest one is its suite where it has none.
/// Objects that stand under keys of their own beside others of their kind have the key as their column `@key`.
enum ResultTree {
    /// The rows of a document, or the fault that makes it none.
    static func read(_ bytes: [UInt8]) -> LooseRows {
        var cursor = JSONCursor(line: 1, spansLines: true)
        let text = bytes.span
        guard cursor.next(text) != nil, let tree = JSONTree(text, &cursor), cursor.next(text) == nil else {
            let at = min(cursor.at, bytes.count)
            let start = bytes[..<at].lastIndex(of: Ascii.lineFeed).map { $0 + 1 } ?? 0
            let found = String(decoding: bytes[at...].prefix(80), as: UTF8.self)
            return LooseRows(fault: found, line: cursor.line, position: at - start + 1)
        }
        var reading = Reading(places: places(of: bytes))
        _ = reading.collect(tree, key: nil, lent: [])
        return LooseRows(listed: reading.rows)
    }

    /// The rows in the head of a document, without their places.
    static func head(_ bytes: [UInt8]) -> LooseRows {
        guard let tree = JSONTree(head: bytes) else { return LooseRows() }
        var reading = Reading(places: [])
        _ = reading.collect(tree, key: nil, lent: [])
        return LooseRows(listed: reading.rows)
    }

    /// The rows of NDJSON, a line at a time.
    static func readLines(_ bytes: [UInt8]) -> LooseRows {
        var all = LooseRows()
        for (index, line) in bytes.split(separator: Ascii.lineFeed, omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 > Ascii.space }) else { continue }
            let rows = read(Array(line))
            if rows.rows.isEmpty {
                let found = String(decoding: line.prefix(80), as: UTF8.self)
                all.append(LooseRows.Row(line: index + 1, position: 1, texts: [found], fault: .malformed))
            }
            all.append(rows, below: index)
        }
        return all
    }

    /// Where each object of a text begins, in the order of the text.
    private static func places(of bytes: [UInt8]) -> [(line: Int, position: Int)] {
        var found: [(Int, Int)] = []
        var (line, start) = (1, 0)
        var (isText, isEscaped) = (false, false)
        for (at, byte) in bytes.enumerated() {
            if byte == Ascii.lineFeed { (line, start) = (line + 1, at + 1) }
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5C {
                    isEscaped = true
                } else if byte == Ascii.quote {
                    isText = false
                }
            } else if byte == Ascii.quote {
                isText = true
            } else if byte == 0x7B {
                found.append((line, at - start + 1))
            }
        }
        return found
    }

    /// A walk through a tree; objects are met in the order of the text.
    private struct Reading {
        let places: [(line: Int, position: Int)]
        var rows: [ListedRow] = []
        private var met = 0

        init(places: [(line: Int, position: Int)]) { self.places = places }

        /// Adds the results below a value; says whether there were any.
        mutating func collect(_ tree: JSONTree, key: String?, lent: [(name: String, text: String)]) -> Bool {
            switch tree {
            case .array(let elements):
                var found = false
                for element in elements where collect(element, key: nil, lent: lent) { found = true }
                return found
            case .object(let members):
                let place = met
                met += 1
                var own = lent.filter { $0.name != "@key" && $0.name != "@group" }
                let group = lent.first { $0.name == "@group" }
                let name = ResultWords.group(members) ?? key ?? group?.text
                for member in members {
                    guard let text = member.value.scalarText else { continue }
                    own.removeAll { $0.name == member.key }
                    own.append((member.key, text))
                }
                var found = false
                // What names or judges the group does not name or judge its members.
                let handed = own.filter { !ResultWords.isOwn($0.name) } + (name.map { [("@group", $0)] } ?? [])
                let isList = ResultWords.areListed(members)
                for member in members
                where collect(member.value, key: isList ? member.key : nil, lent: handed) { found = true }
                guard !found, ResultWords.isResult(members, key: key) else { return found }
                add(members, own, key, group?.text, place)
                return true
            default: return false
            }
        }

        private mutating func add(
            _ members: [JSONTree.Member], _ own: [(name: String, text: String)], _ key: String?, _ group: String?,
            _ place: Int
        ) {
            let known = places.indices.contains(place) ? places[place] : nil
            var row = ListedRow(line: known?.line ?? 1, position: known?.position)
            if let group { row["@group"] = group }
            if let key { row["@key"] = key }
            for field in own { row[field.name] = field.text }
            for member in members {
                switch member.value {
                case .array(let parts):
                    let texts = parts.compactMap(\.scalarText)
                    if texts.count == parts.count, !texts.isEmpty { row[member.key] = texts.joined(separator: "; ") }
                case .object(let inner):
                    for part in inner { row["\(member.key).\(part.key)"] = part.value.scalarText }
                default: break
                }
            }
            rows.append(row)
        }
    }
}
