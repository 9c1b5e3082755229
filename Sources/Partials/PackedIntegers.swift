/// Integers of 1 to 8 bytes, one after the other, little-endian, without alignment.
enum PackedIntegers {
    /// Stores `source[i] − low` for every i; the buffer has `source.count · width` bytes.
    static func store(
        _ source: UnsafeBufferPointer<Int64>, minus low: Int64, width: Int, into buffer: UnsafeMutableRawBufferPointer
    ) {
        switch width {
        case 1: unsafe store(source, minus: low, as: UInt8.self, into: buffer)
        case 2: unsafe store(source, minus: low, as: UInt16.self, into: buffer)
        case 4: unsafe store(source, minus: low, as: UInt32.self, into: buffer)
        case 8: unsafe store(source, minus: low, as: UInt64.self, into: buffer)
        default:
            for index in source.indices {
                let value = unsafe UInt64(bitPattern: source[index] &- low)
                for byte in 0..<width {
                    unsafe buffer[index * width + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))
                }
            }
        }
    }

    private static func store<Word: FixedWidthInteger & BitwiseCopyable>(
        _ source: UnsafeBufferPointer<Int64>, minus low: Int64, as type: Word.Type,
        into buffer: UnsafeMutableRawBufferPointer
    ) {
        let size = MemoryLayout<Word>.size
        for index in source.indices {
            let word = unsafe Word(truncatingIfNeeded: source[index] &- low).littleEndian
            unsafe buffer.storeBytes(of: word, toByteOffset: index * size, as: Word.self)
        }
    }

    /// Loads `target.count` integers and adds `low` to each.
    static func load(
        _ buffer: UnsafeRawBufferPointer, plus low: Int64, width: Int, into target: UnsafeMutableBufferPointer<Int64>
    ) {
        let count = buffer.count / width
        switch width {
        case 1: unsafe load(buffer, plus: low, as: UInt8.self, count, into: target)
        case 2: unsafe load(buffer, plus: low, as: UInt16.self, count, into: target)
        case 4: unsafe load(buffer, plus: low, as: UInt32.self, count, into: target)
        case 8: unsafe load(buffer, plus: low, as: UInt64.self, count, into: target)
        default:
            for index in 0..<count {
                var value: UInt64 = 0
                for byte in 0..<width { unsafe value |= UInt64(buffer[index * width + byte]) << UInt64(8 * byte) }
                unsafe target.initializeElement(at: index, to: Int64(bitPattern: value) &+ low)
            }
        }
    }

    private static func load<Word: FixedWidthInteger & BitwiseCopyable>(
        _ buffer: UnsafeRawBufferPointer, plus low: Int64, as type: Word.Type, _ count: Int,
        into target: UnsafeMutableBufferPointer<Int64>
    ) {
        let size = MemoryLayout<Word>.size
        for index in 0..<count {
            let word = unsafe Word(littleEndian: buffer.loadUnaligned(fromByteOffset: index * size, as: Word.self))
            unsafe target.initializeElement(at: index, to: Int64(truncatingIfNeeded: word) &+ low)
        }
    }
}
