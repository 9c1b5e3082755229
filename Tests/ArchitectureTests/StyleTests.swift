import Testing

/// Sizes, names and habits that keep the house small.
@Suite struct StyleTests {
    /// Words that say nothing about what a thing is.
    static let emptyWords = [
        "Manager", "Engine", "System", "Service", "Handler", "Processor", "Helper", "Util", "Analyzer", "Reporter",
        "Launcher", "Enhanced", "Advanced", "Comprehensive", "Simple", "V2",
    ]

    @Test func filesAreShort() {
        let sizes = SourceTree.files.map(\.lines.count).sorted()
        for file in SourceTree.files { #expect(file.lines.count <= 400, "\(file.path) has \(file.lines.count) lines") }
        #expect(sizes[sizes.count / 2] <= 160)
    }

    @Test func functionsAreShort() {
        var long: [String] = []
        var count = 0
        for file in SourceTree.files {
            for (start, length) in functions(of: file) {
                count += 1
                if length > 35 { long.append("\(file.path):\(start) has \(length) lines") }
                #expect(length <= 80, "\(file.path):\(start) has \(length) lines")
            }
        }
        #expect(count > 100)
        #expect(long.count * 25 <= count, "more than 4 % of \(count) functions are over 35 lines: \(long)")
    }

    @Test(arguments: emptyWords) func namesSaySomething(word: String) {
        for file in SourceTree.files {
            #expect(!file.name.contains(word), "\(file.path)")
            for (number, text) in file.code() {
                guard let name = declaredType(in: text) else { continue }
                #expect(!name.contains(word), "\(file.path):\(number) declares \(name)")
            }
        }
    }

    /// Each of these may hide a failure; it stands only with its reason beside it.
    @Test(arguments: ["try?", "try!", "fatalError(", "as!", "preconditionFailure(", "catch {}"])
    func nothingIsSwallowed(word: String) {
        for file in SourceTree.files {
            for (number, text) in file.code(keepingComments: true) where " \(text)".contains(" \(word)") {
                #expect(text.contains(" // "), "\(file.path):\(number) has \(word) without a reason")
            }
        }
    }

    private func declaredType(in line: String) -> String? {
        let words = line.split { $0 == " " || $0 == ":" || $0 == "<" || $0 == "{" }
        guard let keyword = words.firstIndex(where: { ["struct", "class", "enum", "actor", "protocol"].contains($0) }),
            words.indices.contains(keyword + 1), line.contains("{")
        else { return nil }
        return String(words[keyword + 1])
    }

    /// The functions of a file by indentation: from `func` or `init` to the brace in the same column.
    private func functions(of file: SourceFile) -> [(start: Int, length: Int)] {
        var found: [(Int, Int)] = []
        for (index, line) in file.lines.enumerated() {
            let indent = line.prefix { $0 == " " }.count
            let words = line.split(separator: " ")
            guard words.contains("func") || words.contains(where: { $0.hasPrefix("init(") || $0.hasPrefix("init?(") }),
                !line.trimmingPrefix(while: { $0 == " " }).hasPrefix("//")
            else { continue }
            let closing = String(repeating: " ", count: indent) + "}"
            guard let end = file.lines[index...].firstIndex(where: { $0 == closing }),
                line.contains("{") || file.lines[index...].prefix(12).contains(where: { $0.hasSuffix("{") })
            else { continue }
            if line.hasSuffix("}") { continue }
            found.append((index + 1, end - index + 1))
        }
        return found
    }
}
