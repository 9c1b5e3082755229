import CBytes

/// Where the fields of the records at the head of a text end. The scan stands in CBytes, which also says how quotes
/// are read and what becomes of those that do not fit.
struct CSVIndex {
    private let ends: PlainArray<UInt32>
    private let records: PlainArray<assay_csv_record>
    private var result = assay_csv_index_result()

    /// Room for that many fields at a time; a record with more cannot be read.
    init(capacity: Int) {
        ends = PlainArray(repeating: 0, count: max(128, capacity))
        records = PlainArray(repeating: assay_csv_record(), count: max(128, capacity / 2))
    }

    /// Scans as many whole records as there is room for, from the first byte on.
    mutating func scan(_ bytes: Span<UInt8>, dialect: ResolvedDialect, isLast: Bool) {
        result = unsafe bytes.withUnsafeBufferPointer { text in
            let text = unsafe assay_csv_text(
                bytes: text.baseAddress, length: text.count, delimiter: dialect.delimiter,
                line_break: dialect.lineBreak, quote: dialect.quote, is_last: isLast)
            return unsafe ends.withMemory { ends in
                unsafe records.withMemory { records in
                    unsafe assay_csv_index(text, ends, self.ends.count, records, self.records.count)
                }
            }
        }
    }

    /// The bytes and line breaks of the whole records at the front of a text, without noting their fields.
    static func whole(_ bytes: Span<UInt8>, dialect: ResolvedDialect, isLast: Bool) -> (bytes: Int, lines: Int) {
        let found = unsafe bytes.withUnsafeBufferPointer { text in
            unsafe assay_csv_whole(
                assay_csv_text(
                    bytes: text.baseAddress, length: text.count, delimiter: dialect.delimiter,
                    line_break: dialect.lineBreak, quote: dialect.quote, is_last: isLast))
        }
        return (found.consumed, Int(found.lines))
    }

    /// How many whole records were found.
    var recordCount: Int { result.records }
    /// How many bytes they take, with their line breaks.
    var consumed: Int { result.consumed }
    /// How many line breaks they hold.
    var lines: Int { Int(result.lines) }
    /// Whether there was no room for more.
    var isFull: Bool { result.is_full }

    /// The places in `ends` of a record's fields.
    @inline(__always)
    func fields(of record: Int) -> Range<Int> {
        (record == 0 ? 0 : Int(records[record - 1].fields_end))..<Int(records[record].fields_end)
    }

    /// The line breaks before a record.
    @inline(__always)
    func line(of record: Int) -> Int { Int(records[record].line) }

    /// Whether the quotes of a record did not fit.
    @inline(__always)
    func isBroken(_ record: Int) -> Bool { records[record].is_broken != 0 }

    /// The first record that is not an empty line; nil if there is none.
    func firstFilled(_ bytes: Span<UInt8>) -> Int? {
        (0..<recordCount).first { !isBlank(fields(of: $0), bytes) }
    }

    /// The bytes and line breaks up to and with a record.
    func extent(through record: Int, _ bytes: Span<UInt8>) -> (bytes: Int, lines: Int) {
        let end = min(bytes.count, self.end(fields(of: record).upperBound - 1) + 1)
        return (end, record + 1 < recordCount ? line(of: record + 1) : lines)
    }

    /// Where a field, given by its place in `ends`, begins.
    @inline(__always)
    func start(_ place: Int) -> Int { place == 0 ? 0 : Int(ends[place - 1]) + 1 }

    /// Where a field ends.
    @inline(__always)
    func end(_ place: Int) -> Int { Int(ends[place]) }

    /// Where a record's last field ends, without the carriage return of a CRLF.
    @inline(__always)
    func lastEnd(_ fields: Range<Int>, _ bytes: Span<UInt8>) -> Int {
        let place = fields.upperBound - 1
        let end = self.end(place)
        return end > start(place) && bytes[end - 1] == Ascii.carriageReturn ? end - 1 : end
    }

    /// Whether a record is an empty line.
    @inline(__always)
    func isBlank(_ fields: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        fields.count == 1 && lastEnd(fields, bytes) == start(fields.lowerBound)
    }
}

/// Single bytes in long stretches.
enum ByteScan {
    /// The place of the first such byte at or behind `from`; the number of bytes if there is none.
    @inline(__always)
    static func find(_ byte: UInt8, _ bytes: Span<UInt8>, from: Int) -> Int {
        unsafe bytes.withUnsafeBufferPointer { unsafe assay_find_byte($0.baseAddress, from, $0.count, byte) }
    }

    /// How often a byte stands in a range.
    static func count(_ byte: UInt8, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
        unsafe bytes.extracting(range).withUnsafeBufferPointer {
            unsafe assay_count_byte($0.baseAddress, 0, $0.count, byte)
        }
    }
}
