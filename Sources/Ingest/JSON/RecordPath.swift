/// Where the records of a JSON text are.
///
/// Written as keys with dots, `[]` for the elements of an array and `{}` for the values of an object, such as
/// `data.items[]`, `{}` or `[].recordings{}`. In NDJSON the path begins inside each line. What the first `[]` or `{}`
/// yields is read one at a time, whatever the size of the document; what stands beside it is not reachable. Further
/// ones explode each of those into several records, which still see the fields around them. Shares and means over
/// arrays inside a record are not computed: explode the array instead.
public struct RecordPath: Sendable, Hashable, CustomStringConvertible {
    /// One step down.
    public enum Step: Sendable, Hashable {
        /// Into the value of a key.
        case key(String)
        /// Into each element of an array; also into each value of an object, because some exports use both.
        case elements
        /// Into each value of an object; also into each element of an array.
        case values
    }

    /// The steps from the top.
    public let steps: [Step]

    /// A path of steps.
    public init(steps: [Step]) { self.steps = steps }

    /// Reads the notation above; nil if it is not well-formed.
    public init?(_ text: String) {
        var steps: [Step] = []
        for part in RecordPath.keys(of: text) {
            var name = part
            var marks: [Step] = []
            while name.hasSuffix("[]") || name.hasSuffix("{}") {
                marks.append(name.hasSuffix("[]") ? .elements : .values)
                name.removeLast(2)
            }
            guard !name.isEmpty || !marks.isEmpty, !name.contains("["), !name.contains("{") else { return nil }
            if !name.isEmpty { steps.append(.key(name)) }
            steps += marks.reversed()
        }
        self.steps = steps
    }

    /// The notation.
    public var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .key(let key): text += (text.isEmpty ? "" : ".") + key.split(separator: ".").joined(separator: "\\.")
            case .elements: text += "[]"
            case .values: text += "{}"
            }
        }
        return text
    }

    /// Splits at dots that no backslash stands before.
    static func keys(of text: String) -> [String] {
        var keys = [""]
        var isEscaped = false
        for character in text {
            if isEscaped {
                keys[keys.count - 1].append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "." {
                keys.append("")
            } else {
                keys[keys.count - 1].append(character)
            }
        }
        return keys.filter { !$0.isEmpty }
    }
}
