import Model

/// Ids that are a shared prefix with an even number of lower-case hexadecimal digits, as many in each.
struct HexadecimalIds {
    private let prefix: ArraySlice<UInt8>
    private let width: Int
    private var packed: [UInt8] = []

    /// Nil unless every id is the prefix of the first followed by as many digits.
    init?(_ ids: TextColumn) {
        let first = ids.utf8(at: 0)
        let digits = first.reversed().prefix { HexadecimalIds.value($0) < 16 }.count & ~1
        guard digits > 0, ids.bytes.count == first.count * ids.count else { return nil }
        prefix = first.dropLast(digits)
        width = digits / 2
        let head = prefix.count
        packed.reserveCapacity(ids.count * width)
        for start in stride(from: 0, to: ids.bytes.count, by: first.count) {
            guard ids.ends[start / first.count] == start + first.count, ids.bytes[start..<start + head] == prefix else {
                return nil
            }
            for at in stride(from: start + head, to: start + first.count, by: 2) {
                let (high, low) = (HexadecimalIds.value(ids.bytes[at]), HexadecimalIds.value(ids.bytes[at + 1]))
                guard high | low < 16 else { return nil }
                packed.append(high << 4 | low)
            }
        }
    }

    func write(to writer: inout ByteWriter) {
        writer.write(prefix.count)
        writer.write(raw: prefix)
        writer.write(width)
        writer.write(raw: packed)
    }

    static func read(_ count: Int, from reader: inout ByteReader) throws(DecodingFailure) -> TextColumn {
        let prefix = reader.bytes[try reader.take(try reader.count())]
        let width = try reader.count(atMost: 1 << 24)
        guard width > 0, count == 0 || prefix.count + 2 * width <= Int(UInt32.max) / count else {
            throw .invalid("length of an id")
        }
        let range = try reader.take(count * width)
        let length = prefix.count + 2 * width
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * length)
        for start in stride(from: range.lowerBound, to: range.upperBound, by: width) {
            bytes.append(contentsOf: prefix)
            for byte in reader.bytes[start..<start + width] {
                bytes.append(digit(byte >> 4))
                bytes.append(digit(byte & 15))
            }
        }
        guard let column = TextColumn(bytes: bytes, ends: (0..<count).map { UInt32(length * ($0 + 1)) }) else {
            throw .invalid("ids")
        }
        return column
    }

    /// Passes over what `read` reads.
    static func skip(_ count: Int, in reader: inout ByteReader) throws(DecodingFailure) {
        _ = try reader.take(try reader.count())
        let width = try reader.count(atMost: 1 << 24)
        guard width > 0, width <= Int(UInt32.max) / max(1, count) else { throw .invalid("length of an id") }
        _ = try reader.take(count * width)
    }

    /// The value of a digit; 16 or more for any other byte.
    private static func value(_ byte: UInt8) -> UInt8 {
        if byte &- 0x30 < 10 { return byte &- 0x30 }
        let letter = byte &- 0x61
        return letter < 6 ? letter + 10 : 0xFF
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
