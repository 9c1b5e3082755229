/// Reads what `ByteWriter` writes; every step is checked against the end.
public struct ByteReader: Sendable {
    /// The bytes.
    public let bytes: [UInt8]
    /// The place of the next byte.
    public private(set) var position: Int
    /// The place after the last byte that may be read.
    public let end: Int

    /// Reads from a part of an array, which must lie within it.
    public init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
        self.bytes = bytes
        position = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
    }

    /// Whether everything has been read.
    public var isAtEnd: Bool { position == end }

    /// Reads one byte.
    public mutating func byte() throws(DecodingFailure) -> UInt8 {
        guard position < end else { throw .truncated }
        position += 1
        return bytes[position - 1]
    }

    /// Reads a number of variable length.
    public mutating func number() throws(DecodingFailure) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || next <= 1 else { throw .invalid("number of more than 64 bits") }
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }

    /// Reads several numbers of variable length.
    mutating func numbers(_ count: Int) throws(DecodingFailure) -> [UInt64] {
        guard count <= end - position else { throw .truncated }
        var numbers: [UInt64] = []
        numbers.reserveCapacity(count)
        for _ in 0..<count {
            // Nearly all numbers are a single byte.
            if position < end, bytes[position] < 0x80 {
                numbers.append(UInt64(bytes[position]))
                position += 1
            } else {
                numbers.append(try number())
            }
        }
        return numbers
    }

    /// Reads a number that counts something, at most `limit`.
    public mutating func count(atMost limit: Int = .max) throws(DecodingFailure) -> Int {
        guard let value = Int(exactly: try number()), value <= limit else { throw .invalid("number too large") }
        return value
    }

    /// Reads a number with a sign.
    public mutating func signed() throws(DecodingFailure) -> Int64 {
        let value = try number()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// Reads eight bytes.
    public mutating func fixed() throws(DecodingFailure) -> UInt64 {
        guard end - position >= 8 else { throw .truncated }
        var value: UInt64 = 0
        for offset in 0..<8 { value |= UInt64(bytes[position + offset]) << UInt64(8 * offset) }
        position += 8
        return value
    }

    /// Reads a double.
    public mutating func double() throws(DecodingFailure) -> Double { Double(bitPattern: try fixed()) }

    /// Reads a text, which must be UTF-8.
    public mutating func text() throws(DecodingFailure) -> String {
        let range = try take(try count())
        guard let text = String(validating: bytes[range], as: UTF8.self) else { throw .invalid("text is not UTF-8") }
        return text
    }

    /// Steps over bytes and says where they are.
    public mutating func take(_ count: Int) throws(DecodingFailure) -> Range<Int> {
        guard count >= 0, end - position >= count else { throw .truncated }
        position += count
        return position - count..<position
    }
}
