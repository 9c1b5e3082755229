/// Columns of doubles: as integers where every value is a decimal of at most six places, else as bits.
///
/// Layout: a byte that is the number of decimal places, or 7 for bits, plus 0x80 if values are missing; then the
/// bitmap of present values (only if some are missing); then the present values. Every finite value comes back
/// exactly, except that −0 comes back as 0; NaN stands for a missing value and infinities are not accepted.
enum NumberCoding {
    private static let bits: UInt8 = 7
    private static let gapsFlag: UInt8 = 0x80
    private static let powers: [Double] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

    static func write(_ values: [Double], to writer: inout ByteWriter) {
        let present = values.contains { $0.isNaN } ? values.filter { !$0.isNaN } : values
        let hasGaps = present.count < values.count
        let places = decimalPlaces(present)
        writer.write(byte: (places.map { UInt8($0) } ?? bits) | (hasGaps ? gapsFlag : 0))
        if hasGaps { writer.write(raw: bitmap(of: values)) }
        if let places {
            IntegerCoding.write(integers(present, places: places), to: &writer)
        } else {
            IntegerCoding.write(present.map { Int64(bitPattern: ($0 + 0).bitPattern) }, to: &writer)
        }
    }

    static func read(count: Int, from reader: inout ByteReader) throws(DecodingFailure) -> [Double] {
        let head = try reader.byte()
        let places = head & ~gapsFlag
        guard places <= bits else { throw .invalid("decimal places") }
        var gaps: Range<Int>?
        var presentCount = count
        if head & gapsFlag != 0 {
            let range = try reader.take((count + 7) / 8)
            presentCount = reader.bytes[range].reduce(0) { $0 + $1.nonzeroBitCount }
            guard presentCount <= count else { throw .invalid("bitmap of present values") }
            gaps = range
        }
        let integers = try IntegerCoding.read(count: presentCount, from: &reader)
        let present =
            places == bits
            ? integers.map { Double(bitPattern: UInt64(bitPattern: $0)) } : doubles(integers, places: Int(places))
        guard places < bits || present.allSatisfy(\.isFinite) else { throw .invalid("number that is not finite") }
        guard let gaps else { return present }
        return spread(present, over: reader.bytes[gaps], count: count)
    }

    /// The fewest decimal places with which every value round-trips; nil if six are not enough.
    ///
    /// A value that needs p places also round-trips with p + 1, because the quotients are correctly rounded; so one
    /// pass that only raises p decides.
    static func decimalPlaces(_ values: [Double]) -> Int? {
        var places = 0
        var power = powers[0]
        var largest = 0.0
        for value in values {
            largest = max(largest, value.magnitude)
            while rounded(value * power) / power != value {
                places += 1
                guard places < powers.count else { return nil }
                power = powers[places]
            }
        }
        return largest * power < 0x1p51 ? places : nil
    }

    /// `value · 10^places` of every value, as `decimalPlaces` allows it.
    static func integers(_ values: [Double], places: Int) -> [Int64] {
        let power = powers[places]
        return values.map { Int64(rounded($0 * power)) }
    }

    /// The nearest integer of a number below 2^51 in magnitude, without a call into libm.
    private static func rounded(_ value: Double) -> Double { (value + 0x1.8p52) - 0x1.8p52 }

    /// The inverse of `integers`.
    static func doubles(_ integers: [Int64], places: Int) -> [Double] {
        let power = powers[places]
        return integers.map { Double($0) / power }
    }

    private static func bitmap(of values: [Double]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (values.count + 7) / 8)
        for (index, value) in values.enumerated() where !value.isNaN { bytes[index >> 3] |= 1 << UInt8(index & 7) }
        return bytes
    }

    private static func spread(_ present: [Double], over bitmap: ArraySlice<UInt8>, count: Int) -> [Double] {
        var values = [Double](repeating: .nan, count: count)
        var next = 0
        for (offset, byte) in bitmap.enumerated() where byte != 0 {
            for bit in 0..<8 where byte & (1 << UInt8(bit)) != 0 && offset * 8 + bit < count {
                values[offset * 8 + bit] = present[next]
                next += 1
            }
        }
        return values
    }
}
