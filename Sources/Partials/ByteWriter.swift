/// Collects bytes: numbers of variable length (LEB128), fixed numbers in little-endian order, texts with their length.
public struct ByteWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []

    /// An empty writer.
    public init() {}

    /// Writes one byte.
    public mutating func write(byte: UInt8) { bytes.append(byte) }

    /// Writes a number in 1 to 10 bytes, small ones short.
    public mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Writes a number that is not negative.
    public mutating func write(_ number: Int) { write(UInt64(number)) }

    /// Writes a number so that small ones are short whatever their sign.
    public mutating func write(signed number: Int64) { write(UInt64(bitPattern: (number << 1) ^ (number >> 63))) }

    /// Writes eight bytes.
    public mutating func write(fixed number: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    /// Writes a double as its bits.
    public mutating func write(_ value: Double) { write(fixed: value.bitPattern) }

    /// Writes bytes without their number.
    public mutating func write(raw others: some Collection<UInt8>) { bytes.append(contentsOf: others) }

    /// Writes a text's length in bytes and its UTF-8.
    public mutating func write(_ text: String) {
        write(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    /// Adds at most `limit` bytes that a closure puts there one by one.
    mutating func write(upTo limit: Int, _ fill: (inout ByteCursor) -> Void) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: limit))
        let used = unsafe bytes.withUnsafeMutableBytes { buffer in
            var cursor = unsafe ByteCursor(UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
            fill(&cursor)
            return cursor.count
        }
        bytes.removeLast(limit - used)
    }

    /// Adds `count` bytes that a closure fills.
    mutating func write(count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: count))
        unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe fill(UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
        }
    }
}

/// Puts bytes one after the other into room that was set aside for them.
@safe struct ByteCursor {
    private let buffer: UnsafeMutableRawBufferPointer
    /// How many bytes have been put.
    private(set) var count = 0

    init(_ buffer: UnsafeMutableRawBufferPointer) { unsafe self.buffer = buffer }

    /// Puts a number in 1 to 10 bytes, small ones short.
    mutating func put(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            unsafe buffer[count] = UInt8(truncatingIfNeeded: rest) | 0x80
            count &+= 1
            rest >>= 7
        }
        unsafe buffer[count] = UInt8(truncatingIfNeeded: rest)
        count &+= 1
    }
}
