extension Language {
    /// The settings that the file of a language may have.
    private static let settings = [
        "language", "decimal_mark", "group_mark", "full_day", "brief_day", "months", "short_months", "weekdays",
        "short_weekdays", "titles_within_sentences",
    ]

    /// A language from its files: the bundled one, then the user's, whose phrases and settings replace single ones.
    ///
    /// - Parameters:
    ///   - code: the tag of the language.
    ///   - files: the files in order; the last that has a phrase decides.
    ///   - known: the phrases that there are; nil to take every phrase, as the catalogue itself.
    /// - Throws: `WordFileError` with file, line and column for a phrase that no report has, a hole that the English phrase
    ///   has not, an unknown setting, and lists of the wrong length.
    public convenience init(code: String, files: [WordFile], known: Set<String>?) throws(WordFileError) {
        var formats = Formats.english
        for file in files {
            for (name, text) in file.settings.sorted(by: { $0.value.line < $1.value.line }) {
                try formats.set(name, text, of: file, allowed: Self.settings)
            }
        }
        var phrases: [String: Translation] = [:]
        for file in files {
            for (key, words) in file.entries {
                if let known, !known.contains(key.words) {
                    throw file.fault(
                        "no report has the phrase “\(key.words)”: take it as words/en.txt has it", at: key)
                }
                let holes = try Translation(key, in: file, formats).holes
                let translation = try Translation(words, in: file, formats)
                if let hole = translation.holes.subtracting(holes).min() {
                    throw file.fault("“\(key.words)” has no hole {\(hole)}", at: words)
                }
                phrases[key.words] = key.words == words.words ? nil : translation
            }
        }
        self.init(code: code, formats: formats, phrases: phrases)
    }
}

extension WordFile {
    func fault(_ what: String, at text: Text) -> WordFileError {
        WordFileError(description: "\(name):\(text.line):\(text.column): \(what)")
    }
}

extension Formats {
    fileprivate mutating func set(
        _ name: String, _ text: WordFile.Text, of file: WordFile, allowed: [String]
    ) throws(WordFileError) {
        func list(_ count: Int) throws(WordFileError) -> [String] {
            let items = text.words.split(separator: ",").map { String($0.trimmingBlanks) }
            guard items.count == count else {
                throw file.fault("\(name) has \(items.count) names, expected \(count) with commas between", at: text)
            }
            return items
        }
        switch name {
        case "language": break
        case "decimal_mark": decimalMark = text.words
        case "group_mark": groupMark = text.words
        case "full_day": fullDay = text.words
        case "brief_day": briefDay = text.words
        case "months": months = try list(12)
        case "short_months": shortMonths = try list(12)
        case "weekdays": weekdays = try list(7)
        case "short_weekdays": shortWeekdays = try list(7)
        case "titles_within_sentences":
            guard ["lower", "same"].contains(text.words) else {
                throw file.fault("\(name) is lower or same, found “\(text.words)”", at: text)
            }
            lowersTitles = text.words == "lower"
        case _ where name.hasPrefix("form "):
            var forms = inflections[String(name.dropFirst(5))] ?? [:]
            for pair in text.words.split(separator: ",") {
                let words = pair.split(separator: " ")
                guard words.count == 2 else {
                    throw file.fault("“\(pair)” is no pair of a word and its form", at: text)
                }
                forms[String(words[0])] = String(words[1])
            }
            inflections[String(name.dropFirst(5))] = forms
        default:
            throw file.fault(
                "there is no setting `\(name)`; there are \(allowed.joined(separator: ", ")) and form …", at: text)
        }
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        var text = drop { $0 == " " || $0 == "\n" }
        while text.last == " " || text.last == "\n" { text = text.dropLast() }
        return text
    }
}

extension Translation {
    /// The places of the arguments that it has holes for.
    var holes: Set<Int> {
        Set(
            pieces.compactMap { piece in
                if case .hole(let place, _) = piece { place } else { nil }
            })
    }

    /// Finds the holes in words.
    init(_ text: WordFile.Text, in file: WordFile, _ formats: Formats) throws(WordFileError) {
        var pieces: [Piece] = []
        var rest = text.words[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw file.fault("a brace is never closed", at: text)
            }
            let hole = rest[rest.index(after: open)..<close].split(separator: ":", maxSplits: 1)
            guard let first = hole.first, let place = Int(first), place >= 0 else {
                throw file.fault("expected the number of a hole between braces, such as {0}", at: text)
            }
            let form = hole.dropFirst().first.map(String.init)
            if let form, formats.inflections[form] == nil {
                throw file.fault("there is no form `\(form)`: declare it with form \(form) = \"…\"", at: text)
            }
            if open > rest.startIndex { pieces.append(.words(String(rest[..<open]))) }
            pieces.append(.hole(place, form: form))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.words(String(rest))) }
        self.pieces = pieces
    }
}
