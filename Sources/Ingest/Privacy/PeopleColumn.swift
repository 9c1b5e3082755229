/// The people of the rows that are being read: ids come in, pseudonyms go out.
struct PeopleColumn {
    private let key: PseudonymKey?
    private var numbers: [UInt64] = []
    private var known: [[UInt8]: UInt64] = [:]

    /// A column; without a key it stays empty.
    init(key: PseudonymKey?) { self.key = key }

    /// The ids as they stood in the rows.
    var raw: Set<[UInt8]> { Set(known.keys) }

    /// Notes the person of the next row; nil for nobody.
    mutating func append(_ id: [UInt8]?) {
        guard key != nil else { return }
        numbers.append(id.map { number(of: $0) } ?? 0)
    }

    /// The pseudonym of an id as its 16 digits, for rows whose id is that of a person.
    mutating func digits(of id: [UInt8]) -> [UInt8] {
        let digits = Array(String(number(of: id), radix: 16).utf8)
        return Array(repeating: UInt8(ascii: "0"), count: 16 - digits.count) + digits
    }

    private mutating func number(of id: [UInt8]) -> UInt64 {
        if let number = known[id] { return number }
        let number = key?.number(of: id) ?? 0
        known[id] = number
        return number
    }

    /// The people of the rows since the last time.
    mutating func take() -> [UInt64] {
        defer { numbers.removeAll(keepingCapacity: true) }
        return numbers
    }
}
