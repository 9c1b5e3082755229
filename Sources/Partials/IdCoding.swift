import Model

/// Columns of ids: as 16 bytes where all are UUIDs, as numbers where all are a shared prefix with digits, as half the
/// bytes where all are a shared prefix with as many lower-case hexadecimal digits, else as text.
///
/// Modes: 0 no ids; 1 lengths and bytes; 2 canonical lower-case UUIDs; 3 a prefix, the number of digits (0 where the
/// numbers are not padded) and the numbers; 4 a prefix, the number of bytes and the bytes. Every column comes back byte
/// for byte.
enum IdCoding {
    static func write(_ ids: TextColumn, to writer: inout ByteWriter) {
        if ids.count == 0 {
            writer.write(byte: 0)
        } else if let packed = packedUUIDs(ids) {
            writer.write(byte: 2)
            writer.write(raw: packed)
        } else if let numbered = Numbered(ids) {
            writer.write(byte: 3)
            writer.write(numbered.prefix.count)
            writer.write(raw: numbered.prefix)
            writer.write(numbered.digits)
            IntegerCoding.write(numbered.numbers, allowingSteps: true, to: &writer)
        } else if let hexadecimal = HexadecimalIds(ids) {
            writer.write(byte: 4)
            hexadecimal.write(to: &writer)
        } else {
            writer.write(byte: 1)
            var lengths: [Int64] = []
            lengths.reserveCapacity(ids.count)
            for index in 0..<ids.count { lengths.append(Int64(ids.utf8(at: index).count)) }
            IntegerCoding.write(lengths, to: &writer)
            writer.write(raw: ids.bytes)
        }
    }

    static func read(count: Int, from reader: inout ByteReader) throws(DecodingFailure) -> TextColumn {
        switch try reader.byte() {
        case 0: return TextColumn()
        case 1: return try readTexts(count, from: &reader)
        case 2: return try readUUIDs(count, from: &reader)
        case 3: return try readNumbered(count, from: &reader)
        case 4: return try HexadecimalIds.read(count, from: &reader)
        default: throw .invalid("mode of ids")
        }
    }

    /// Passes over what `read` reads.
    static func skip(count: Int, in reader: inout ByteReader) throws(DecodingFailure) {
        switch try reader.byte() {
        case 0: return
        case 1:
            var bytes = 0
            for length in try IntegerCoding.read(count: count, from: &reader) {
                guard length >= 0, length <= Int64(UInt32.max) else { throw .invalid("length of an id") }
                bytes += Int(length)
            }
            _ = try reader.take(bytes)
        case 2: _ = try reader.take(count * 16)
        case 3:
            _ = try reader.take(try reader.count())
            _ = try reader.count(atMost: 18)
            try IntegerCoding.skip(count: count, in: &reader)
        case 4: try HexadecimalIds.skip(count, in: &reader)
        default: throw .invalid("mode of ids")
        }
    }

    private static func readTexts(_ count: Int, from reader: inout ByteReader) throws(DecodingFailure) -> TextColumn {
        var ends: [UInt32] = []
        ends.reserveCapacity(count)
        var end: Int64 = 0
        for length in try IntegerCoding.read(count: count, from: &reader) {
            guard length >= 0, length <= Int64(UInt32.max) - end else { throw .invalid("length of an id") }
            end += length
            ends.append(UInt32(end))
        }
        let range = try reader.take(Int(end))
        guard let column = TextColumn(bytes: Array(reader.bytes[range]), ends: ends) else { throw .invalid("ids") }
        return column
    }

    // MARK: UUIDs

    private static let hyphens: Set<Int> = [8, 13, 18, 23]

    private static func packedUUIDs(_ ids: TextColumn) -> [UInt8]? {
        guard ids.bytes.count == ids.count * 36 else { return nil }
        var packed: [UInt8] = []
        packed.reserveCapacity(ids.count * 16)
        for index in 0..<ids.count {
            let text = ids.utf8(at: index)
            guard text.count == 36 else { return nil }
            var high: UInt8?
            for (offset, byte) in text.enumerated() {
                if offset == 8 || offset == 13 || offset == 18 || offset == 23 {
                    guard byte == 0x2D else { return nil }
                    continue
                }
                guard let nibble = nibble(byte) else { return nil }
                if let first = high {
                    packed.append(first << 4 | nibble)
                    high = nil
                } else {
                    high = nibble
                }
            }
        }
        return packed
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    private static func readUUIDs(_ count: Int, from reader: inout ByteReader) throws(DecodingFailure) -> TextColumn {
        let range = try reader.take(count * 16)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * 36)
        for (offset, byte) in reader.bytes[range].enumerated() {
            if [4, 6, 8, 10].contains(offset & 15) { bytes.append(0x2D) }
            for nibble in [byte >> 4, byte & 15] { bytes.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble) }
        }
        guard let column = TextColumn(bytes: bytes, ends: (0..<count).map { UInt32(36 * ($0 + 1)) }) else {
            throw .invalid("ids")
        }
        return column
    }

    // MARK: A prefix with numbers

    private struct Numbered {
        var prefix: ArraySlice<UInt8>
        var digits = 0
        var numbers: [Int64] = []

        /// Nil unless every id is the prefix of the first followed by digits, all unpadded or all of one length.
        init?(_ ids: TextColumn) {
            let first = ids.utf8(at: 0)
            let tail = first.reversed().prefix { (0x30...0x39).contains($0) }.count
            prefix = first.dropLast(min(tail, 18))
            numbers.reserveCapacity(ids.count)
            var isPadded = false
            var isUneven = false
            for index in 0..<ids.count {
                let text = ids.utf8(at: index)
                let tailStart = text.startIndex + prefix.count
                guard text.count > prefix.count, text.count - prefix.count <= 18, text[..<tailStart] == prefix else {
                    return nil
                }
                var number: Int64 = 0
                for byte in text[tailStart...] {
                    guard (0x30...0x39).contains(byte) else { return nil }
                    number = number * 10 + Int64(byte - 0x30)
                }
                numbers.append(number)
                isPadded = isPadded || (text[tailStart] == 0x30 && text.count - prefix.count > 1)
                isUneven = isUneven || text.count != first.count
            }
            if isPadded, isUneven { return nil }
            digits = isPadded ? first.count - prefix.count : 0
        }
    }

    private static func readNumbered(
        _ count: Int, from reader: inout ByteReader
    ) throws(DecodingFailure) -> TextColumn {
        let prefix = try reader.take(try reader.count())
        let digits = try reader.count(atMost: 18)
        var bytes: [UInt8] = []
        var ends: [UInt32] = []
        bytes.reserveCapacity(count * (prefix.count + 8))
        ends.reserveCapacity(count)
        for number in try IntegerCoding.read(count: count, from: &reader) {
            guard number >= 0 else { throw .invalid("number of an id") }
            bytes.append(contentsOf: reader.bytes[prefix])
            append(number, digits: digits, to: &bytes)
            guard let end = UInt32(exactly: bytes.count) else { throw .invalid("length of an id") }
            ends.append(end)
        }
        guard let column = TextColumn(bytes: bytes, ends: ends) else { throw .invalid("ids") }
        return column
    }

    /// Writes a number that is not negative in decimal, with zeros before it up to so many digits.
    private static func append(_ number: Int64, digits: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        var rest = number
        repeat {
            bytes.append(0x30 + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        while bytes.count - start < digits { bytes.append(0x30) }
        bytes[start...].reverse()
    }
}
