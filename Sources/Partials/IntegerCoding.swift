/// Columns of integers at the smallest whole number of bytes that their range or their steps need.
///
/// Layout: a byte `width | steps << 7`; the smallest value (or step) as a signed number; with steps, the first value;
/// then `width` little-endian bytes per value. All arithmetic wraps, so every column of 64-bit integers round-trips.
public enum IntegerCoding {
    private static let stepsFlag: UInt8 = 0x80

    /// Writes a column; `allowingSteps` tries differences of neighbours, which suits ascending times.
    public static func write(_ values: [Int64], allowingSteps: Bool = false, to writer: inout ByteWriter) {
        let plain = Frame(values)
        guard allowingSteps, values.count > 1, plain.width > 1 else { return write(values, plain, 0, to: &writer) }
        var steps = values
        for index in 1..<values.count { steps[index] = values[index] &- values[index - 1] }
        steps[0] = steps[1]
        let stepped = Frame(steps)
        guard stepped.width < plain.width else { return write(values, plain, 0, to: &writer) }
        write(steps, stepped, stepsFlag, first: values[0], to: &writer)
    }

    /// Writes a column at eight bytes a value, without a head, for numbers that fill them anyway.
    static func write(fixed values: [UInt64], to writer: inout ByteWriter) {
        unsafe writer.write(count: values.count * 8) { buffer in
            for (index, value) in values.enumerated() {
                unsafe buffer.storeBytes(of: value.littleEndian, toByteOffset: index * 8, as: UInt64.self)
            }
        }
    }

    /// Reads what `write(fixed:to:)` writes.
    static func readFixed(count: Int, from reader: inout ByteReader) throws(DecodingFailure) -> [UInt64] {
        let range = try reader.take(count * 8)
        return unsafe reader.bytes.withUnsafeBytes { bytes in
            (0..<count).map { index in
                unsafe UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: range.lowerBound + index * 8, as: UInt64.self))
            }
        }
    }

    /// The smallest value and the bytes that the distance to the largest needs.
    private struct Frame {
        var low: Int64 = 0
        var width = 0

        init(_ values: [Int64]) {
            guard var low = values.first else { return }
            var high = low
            for value in values {
                low = min(low, value)
                high = max(high, value)
            }
            self.low = low
            width = (64 - UInt64(bitPattern: high &- low).leadingZeroBitCount + 7) / 8
        }
    }

    private static func write(
        _ values: [Int64], _ frame: Frame, _ flag: UInt8, first: Int64 = 0, to writer: inout ByteWriter
    ) {
        writer.write(byte: UInt8(frame.width) | flag)
        writer.write(signed: frame.low)
        if flag == stepsFlag { writer.write(signed: first) }
        guard frame.width > 0 else { return }
        unsafe writer.write(count: values.count * frame.width) { buffer in
            unsafe values.withUnsafeBufferPointer { source in
                unsafe PackedIntegers.store(source, minus: frame.low, width: frame.width, into: buffer)
            }
        }
    }

    /// Passes over a column of `count` values.
    static func skip(count: Int, in reader: inout ByteReader) throws(DecodingFailure) {
        let (width, _, _) = try readHead(from: &reader)
        let (size, overflow) = count.multipliedReportingOverflow(by: width)
        guard !overflow else { throw .truncated }
        _ = try reader.take(size)
    }

    /// The bytes of a value, the smallest value (or step) and, with steps, the first value.
    private static func readHead(
        from reader: inout ByteReader
    ) throws(DecodingFailure) -> (width: Int, low: Int64, first: Int64?) {
        let head = try reader.byte()
        let width = Int(head & 0x0F)
        guard width <= 8, head & 0x70 == 0 else { throw .invalid("width of an integer column") }
        let low = try reader.signed()
        return (width, low, head & stepsFlag != 0 ? try reader.signed() : nil)
    }

    /// Reads a column of `count` values.
    public static func read(count: Int, from reader: inout ByteReader) throws(DecodingFailure) -> [Int64] {
        let (width, low, first) = try readHead(from: &reader)
        guard width > 0 else {
            var values = [Int64](repeating: low, count: count)
            if let first { accumulate(&values, from: first) }
            return values
        }
        let (size, overflow) = count.multipliedReportingOverflow(by: width)
        guard !overflow else { throw .truncated }
        let range = try reader.take(size)
        var values = unsafe [Int64](unsafeUninitializedCapacity: count) { target, filled in
            unsafe reader.bytes.withUnsafeBytes { bytes in
                unsafe PackedIntegers.load(
                    UnsafeRawBufferPointer(rebasing: bytes[range]), plus: low, width: width, into: target)
            }
            filled = count
        }
        if let first { accumulate(&values, from: first) }
        return values
    }

    private static func accumulate(_ values: inout [Int64], from first: Int64) {
        guard !values.isEmpty else { return }
        values[0] = first
        for index in 1..<max(1, values.count) { values[index] = values[index - 1] &+ values[index] }
    }
}
