/// Turns bytes in a known encoding into UTF-8 and takes the byte order mark away.
///
/// A mark wins over a declared encoding, because it cannot stand there by chance. UTF-16 that is not well-formed
/// gives the replacement character.
final class TextStage: ByteStage {
    /// The encoding in use.
    let encoding: TextEncoding
    private let input: any ByteStage
    private var head: [UInt8]
    private var packed: [UInt8]
    private var made: [UInt8] = []
    private var lowBytes: [UInt8] = []
    private var highSurrogate: UInt16?
    /// What went wrong before the first bytes were there.
    private var failure: IngestError?

    init(_ input: any ByteStage, declared: TextEncoding?, chunk: Int) {
        self.input = input
        packed = Array(repeating: 0, count: chunk)
        head = []
        var buffer: [UInt8] = [0, 0, 0]
        while head.count < 3 {
            do {
                let got = try input.read(into: &buffer, at: 0, limit: 3 - head.count)
                if got == 0 { break }
                head += buffer.prefix(got)
            } catch {
                failure = error
                break
            }
        }
        let announced = TextEncoding.announced(by: head)
        encoding = announced?.encoding ?? declared ?? .utf8
        head.removeFirst(announced?.length ?? 0)
    }

    func read(into buffer: inout [UInt8], at offset: Int, limit: Int) throws(IngestError) -> Int {
        if head.isEmpty, let failure { throw failure }
        if encoding == .utf8 {
            return head.isEmpty
                ? try input.read(into: &buffer, at: offset, limit: limit) : take(&head, &buffer, offset, limit)
        }
        while made.isEmpty {
            let bytes: [UInt8]
            if head.isEmpty {
                let got = try input.read(into: &packed, at: 0, limit: packed.count)
                if got == 0 {
                    finish()
                    break
                }
                bytes = Array(packed.prefix(got))
            } else {
                bytes = head
                head = []
            }
            for byte in bytes { decode(byte) }
        }
        return take(&made, &buffer, offset, limit)
    }

    private func take(_ from: inout [UInt8], _ buffer: inout [UInt8], _ offset: Int, _ limit: Int) -> Int {
        let got = min(limit, from.count)
        for index in 0..<got { buffer[offset + index] = from[index] }
        from.removeFirst(got)
        return got
    }

    private func decode(_ byte: UInt8) {
        if encoding == .latin1 { return emit(UInt32(byte)) }
        lowBytes.append(byte)
        guard lowBytes.count == 2 else { return }
        let (first, second) = (UInt16(lowBytes[0]), UInt16(lowBytes[1]))
        lowBytes.removeAll(keepingCapacity: true)
        unit(encoding == .utf16LittleEndian ? first | second << 8 : first << 8 | second)
    }

    private func unit(_ unit: UInt16) {
        if let high = highSurrogate {
            highSurrogate = nil
            if (0xDC00...0xDFFF).contains(unit) {
                return emit(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00))
            }
            emit(0xFFFD)
        }
        switch unit {
        case 0xD800...0xDBFF: highSurrogate = unit
        case 0xDC00...0xDFFF: emit(0xFFFD)
        default: emit(UInt32(unit))
        }
    }

    private func finish() {
        if highSurrogate != nil || !lowBytes.isEmpty { emit(0xFFFD) }
        highSurrogate = nil
        lowBytes = []
    }

    private func emit(_ value: UInt32) { UTF8Bytes.append(value, to: &made) }
}

/// Scalars as UTF-8.
enum UTF8Bytes {
    /// Adds the UTF-8 of a scalar value; a surrogate gives the replacement character.
    static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        bytes.append(contentsOf: Array(UTF8.encode(scalar).map { Array($0) } ?? []))
    }
}
