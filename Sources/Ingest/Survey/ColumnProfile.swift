/// What a column looks like, judged by a sample of its texts.
struct ColumnProfile {
    let name: String
    /// Rows looked at.
    private(set) var rows = 0
    /// Texts that are neither absent nor a missing mark.
    private(set) var filled = 0
    private(set) var numbers = 0
    private(set) var wholeNumbers = 0
    private(set) var minimum = Double.infinity
    private(set) var maximum = -Double.infinity
    /// The smallest number above 0.
    private(set) var smallestPositive = Double.infinity
    /// Numbers from 0 to 1, the ends among them.
    private(set) var inUnit = 0
    private(set) var zeros = 0
    private(set) var truths = 0
    /// Numbers that are 0 or 1, as some exports write no and yes.
    private(set) var bits = 0
    /// Numbers from 1 to 5.
    private(set) var inFive = 0
    private(set) var ratings = 0
    private(set) var decimalCommas = 0
    /// Those of them whose comma might set thousands apart: 1,234.
    private var commaGroups = 0
    private(set) var distinct: Set<String> = []
    /// What time format most texts are in, with the share that it reads.
    private(set) var time: TimeFormatGuess?
    private var sample: [String] = []
    private let mark: UInt8
    private var repeated = 0
    private var bytes = 0

    /// The words of the rating scale that is recognised, from worst to best.
    static let ratingWords = ["poor", "not good", "passable", "good", "excellent"]
    private static let truthWords: Set<String> = ["true", "false", "yes", "no", "t", "f", "y", "n"]

    /// The profile of a column's texts, file by file: what is unique in each file may come again in another.
    ///
    /// - Parameter mark: what stands before the decimals of numbers.
    init(_ name: String, _ files: [[String?]], mark: UInt8 = Ascii.dot) {
        self.name = name
        self.mark = mark
        for texts in files {
            let before = filled
            for text in texts { add(text) }
            repeated += filled - before - Set(texts.compactMap { $0 }).subtracting(Self.marks).count
        }
        time = TimeFormatGuess(sample)
    }

    private static let marks = Set(SourceMapping.usualMissingNumbers)

    private mutating func add(_ text: String?) {
        rows += 1
        guard let text, !Self.marks.contains(text) else { return }
        self.bytes += text.utf8.count
        filled += 1
        distinct.insert(text)
        if sample.count < 200 { sample.append(text) }
        let lowered = text.lowercased()
        if Self.truthWords.contains(lowered) { truths += 1 }
        if Self.ratingWords.contains(lowered) { ratings += 1 }
        let bytes = Array(text.utf8)
        if let value = DecimalNumber.value(bytes.span, 0..<bytes.count, mark: mark) { addNumber(value) }
        if bytes.contains(Ascii.comma),
            DecimalNumber.value(bytes.span, 0..<bytes.count, mark: Ascii.comma) != nil
        {
            decimalCommas += 1
            if Self.mayGroup(bytes) { commaGroups += 1 }
        }
    }

    private mutating func addNumber(_ value: Double) {
        numbers += 1
        if value == value.rounded() { wholeNumbers += 1 }
        if value == 0 { zeros += 1 }
        if value == 0 || value == 1 { bits += 1 }
        if (1...5).contains(value) { inFive += 1 }
        if (0...1).contains(value) { inUnit += 1 }
        minimum = min(minimum, value)
        if value > 0 { smallestPositive = min(smallestPositive, value) }
        maximum = max(maximum, value)
    }

    /// One to three digits that do not begin with 0, a comma and three digits.
    private static func mayGroup(_ bytes: [UInt8]) -> Bool {
        let parts = bytes.drop { $0 == UInt8(ascii: "-") }.split(
            separator: Ascii.comma, omittingEmptySubsequences: false)
        return parts.count == 2 && (1...3).contains(parts[0].count) && parts[1].count == 3
            && parts[0].first != UInt8(ascii: "0") && parts.joined().allSatisfy { Ascii.digit($0) <= 9 }
    }

    /// Whether every comma in its numbers may as well set thousands apart.
    var mayGroupThousands: Bool { commaGroups > 0 && commaGroups == decimalCommas }

    /// Whether nearly every filled text is of a kind.
    func isMostly(_ count: Int, share: Double = 0.9) -> Bool { filled > 0 && Double(count) >= share * Double(filled) }

    /// Whether nearly every row of a file has a text of its own.
    var isUnique: Bool { filled * 50 >= rows * 49 && repeated * 50 <= filled }

    var isNumeric: Bool { isMostly(numbers) || isMostlyCommas }
    /// Whether its numbers can only be read with a decimal comma.
    var needsDecimalComma: Bool { !isMostly(numbers) && isMostlyCommas }
    /// Whether nearly all texts are numbers with a decimal comma, some of them perhaps whole ones without; beside whole numbers
    /// commas that may as well set thousands apart tell nothing.
    private var isMostlyCommas: Bool {
        isMostly(decimalCommas)
            || (decimalCommas > 0 && !mayGroupThousands && numbers == wholeNumbers
                && isMostly(decimalCommas + wholeNumbers))
    }
    /// Whether the texts say yes or no, some of them perhaps as 1 and 0.
    var isTruth: Bool {
        if truths > 0, distinct.count <= 8, isMostly(truths + bits, share: 0.95) { return true }
        // What is resolved or not is resolved in a share of sessions.
        return ColumnWords(name).has(["fcr", "resolution", "resolved", "solved"]) && isMostly(bits, share: 1)
    }
    var isRating: Bool { isMostly(ratings, share: 0.95) }

    /// Whether the texts are time stamps; numbers are only if the name says so.
    var isTime: Bool {
        guard let time, isMostly(time.read * filled / max(1, time.seen), share: 0.7) else { return false }
        return !isMostly(numbers)
            || ColumnWords(name).has(["time", "timestamp", "datetime", "date", "when", "ts", "created", "started"])
    }

    /// Whether the texts are sentences rather than words to group by: four words or more in most.
    var isProse: Bool {
        let long = distinct.count { $0.split(separator: " ").count >= 4 }
        return long * 2 > distinct.count
    }

    /// Few and short enough texts to group by.
    var isGroup: Bool {
        distinct.count >= 1 && distinct.count <= 40 && distinct.count * 3 <= max(filled, 6) && bytes <= 48 * filled
    }
}

/// The words in a column's name: `SttLatency_ms` is stt, latency, ms.
struct ColumnWords {
    let words: [String]

    init(_ name: String) {
        var words = [""]
        var wasLower = false
        for character in name {
            if !character.isLetter, !character.isNumber {
                words.append("")
                wasLower = false
                continue
            }
            if character.isUppercase, wasLower { words.append("") }
            wasLower = character.isLowercase || character.isNumber
            words[words.count - 1] += character.lowercased()
        }
        self.words = words.filter { !$0.isEmpty }
    }

    func has(_ some: Set<String>) -> Bool { words.contains { some.contains($0) } }

    /// Whether such a column may hold what somebody is called, where they are reached, or what they wrote.
    var nameSomebody: Bool {
        let texts: Set = [
            "note", "notes", "comment", "comments", "message", "messages", "text", "remark", "remarks", "transcript",
            "email", "mail", "address", "street", "birthday", "birthdate", "dob", "firstname", "lastname", "surname",
            "fullname", "nickname", "username", "author", "contact",
        ]
        if has(texts) || isNumberOfSomebody { return true }
        let whose: Set = [
            "first", "last", "full", "given", "family", "user", "person", "learner", "student", "patient", "client",
            "customer", "member", "participant", "caller", "contact", "author",
        ]
        return words == ["name"] || has(["name"]) && has(whose)
    }

    /// Whether its numbers, too, are those of somebody: of a telephone, of an insurance.
    var isNumberOfSomebody: Bool {
        let numbers: Set = ["phone", "telephone", "mobile", "fax", "ssn", "iban"]
        return words.last.map(numbers.contains) ?? false || words.last == "number" && has(numbers)
    }

    /// The name as the key of a metric or dimension.
    var key: String {
        let ascii = words.map { String($0.unicodeScalars.filter { $0.isASCII }) }.filter { !$0.isEmpty }
        let joined = ascii.joined(separator: "_")
        let safe = joined.first?.isLetter == true ? joined : "x_" + joined
        return String(safe.prefix(64))
    }
}
