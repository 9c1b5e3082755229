import Model
import Partials

/// Numbers and words of a row about a person as bytes.
enum PersonCoding {
    static func encode(_ fact: PersonFact) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(fact.measures.count)
        for (measure, value) in fact.measures.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            writer.write(measure.rawValue)
            writer.write(fixed: value.bitPattern)
        }
        writer.write(fact.words.count)
        for (word, text) in fact.words.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            writer.write(word.rawValue)
            writer.write(text)
        }
        // Earlier versions wrote nothing here.
        if let time = fact.consentTime {
            writer.write(signed: Int64(time.day.number))
            writer.write(byte: time.second == nil ? 0 : 1)
            if let second = time.second { writer.write(signed: second) }
        }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8], into fact: inout PersonFact) throws {
        var reader = ByteReader(bytes)
        for _ in 0..<(try reader.count(atMost: bytes.count)) {
            let name = try reader.text()
            let value = Double(bitPattern: try reader.fixed())
            guard let measure = PersonFact.Measure(rawValue: name), value.isFinite else {
                throw ArchiveError.damaged("unknown number of a row about a person")
            }
            fact.measures[measure] = value
        }
        for _ in 0..<(try reader.count(atMost: bytes.count)) {
            let name = try reader.text()
            guard let word = PersonFact.Word(rawValue: name) else {
                throw ArchiveError.damaged("unknown word of a row about a person")
            }
            fact.words[word] = try reader.text()
        }
        guard !reader.isAtEnd else { return }
        guard let day = Int32(exactly: try reader.signed()) else {
            throw ArchiveError.damaged("a time of agreement that is none")
        }
        let second: Int64? = try reader.byte() == 0 ? nil : reader.signed()
        fact.consentTime = ConsentTime(day: Day(number: day), second: second)
    }
}
