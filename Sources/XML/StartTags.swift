/// Finds the start tags of a well-formed document in the order of the text: libxml2 keeps no column of an element.
enum StartTags {
    /// Where a tag begins, counted from 1; columns count bytes.
    struct Place {
        var line: Int
        var column: Int
    }

    /// One place for each element, in document order. O(n).
    static func places(_ bytes: [UInt8]) -> [Place] {
        var places: [Place] = []
        var (at, line, lineStart) = (0, 1, 0)
        func starts(_ text: StaticString) -> Bool {
            let count = text.utf8CodeUnitCount
            guard at + count <= bytes.count else { return false }
            return (0..<count).allSatisfy { unsafe bytes[at + $0] == text.utf8Start[$0] }
        }
        /// Goes behind the next place of an ending.
        func skip(to ending: [UInt8]) {
            while at < bytes.count {
                if bytes[at] == 0x0A { (line, lineStart) = (line + 1, at + 1) }
                at += 1
                if at >= ending.count, bytes[(at - ending.count)..<at].elementsEqual(ending) { return }
            }
        }
        /// Goes behind a tag; `>` may stand in attribute values.
        func skipTag() {
            var quote: UInt8 = 0
            while at < bytes.count {
                let byte = bytes[at]
                if byte == 0x0A { (line, lineStart) = (line + 1, at + 1) }
                at += 1
                if quote != 0 {
                    if byte == quote { quote = 0 }
                } else if byte == 0x22 || byte == 0x27 {
                    quote = byte
                } else if byte == 0x3E {
                    return
                }
            }
        }
        while at < bytes.count {
            guard bytes[at] == 0x3C else {
                if bytes[at] == 0x0A { (line, lineStart) = (line + 1, at + 1) }
                at += 1
                continue
            }
            if starts("<!--") {
                at += 4
                skip(to: Array("-->".utf8))
            } else if starts("<![CDATA[") {
                skip(to: Array("]]>".utf8))
            } else if starts("<?") {
                skip(to: Array("?>".utf8))
            } else if starts("</") || starts("<!") {
                skipTag()
            } else {
                places.append(Place(line: line, column: at - lineStart + 1))
                skipTag()
            }
        }
        return places
    }
}
