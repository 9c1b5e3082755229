import Model
import Statistics

extension DayPartials {
    /// Reads partials back and checks all of them, so that nothing can fail when they are asked.
    public init(_ encoded: EncodedDay) throws(DecodingFailure) { try self.init(encoded, isTrusted: false) }

    /// Reads partials back whose counts and sample are known to be the bytes that were written, for instance by their
    /// hash, and need no check.
    public init(trusted encoded: EncodedDay) throws(DecodingFailure) { try self.init(encoded, isTrusted: true) }

    /// Reads back no more than series, from cells that are known to be the bytes that were written.
    public init(trustedSeries bytes: [UInt8]) throws(DecodingFailure) {
        var reader = ByteReader(bytes)
        let head = try Head(from: &reader)
        let shape = head.shape.withoutPairs
        var cells: [Cell?] = []
        for _ in 0..<shape.groups.count * shape.metrics.count {
            let size = try reader.count()
            cells.append(size == 0 ? nil : try Self.readCell(from: &reader))
        }
        self.init(
            day: head.day, shape: shape, valuesLeftOut: head.valuesLeftOut,
            tallies: Array(head.tallies.prefix(shape.groups.count)), cells: cells, counts: nil, sample: nil)
    }

    /// What stands before the cells.
    private struct Head {
        let day: Day
        let shape: DayShape
        let valuesLeftOut: [Int]
        let tallies: [Tally]

        init(from reader: inout ByteReader) throws(DecodingFailure) {
            let version = try reader.byte()
            guard version == DayPartials.version else { throw .unknownVersion(version) }
            guard let number = Int32(exactly: try reader.signed()) else { throw .invalid("day") }
            let sizes = SampleSizes(
                all: try reader.count(), group: try reader.count(), valuesPerDimension: try reader.count())
            let metrics = try DayPartials.readMetrics(from: &reader)
            let (dimensions, leftOut) = try DayPartials.readDimensions(from: &reader)
            let (groups, tallies) = try DayPartials.readGroups(from: &reader)
            day = Day(number: number)
            shape = DayShape(metrics: metrics, dimensions: dimensions, sizes: sizes, groups: groups)
            valuesLeftOut = leftOut
            self.tallies = tallies
        }
    }

    private init(_ encoded: EncodedDay, isTrusted: Bool) throws(DecodingFailure) {
        var reader = ByteReader(encoded.cells)
        let head = try Head(from: &reader)
        let metrics = head.shape.metrics
        var cells: [Cell?] = []
        var expected: [(bins: Bins, n: Int)?] = []
        var ends: [Int] = []
        for tally in head.tallies {
            for metric in metrics {
                let size = try reader.count(atMost: encoded.counts.count)
                ends.append((ends.last ?? 0) + size)
                let cell = size == 0 ? nil : try Self.readCell(from: &reader)
                guard cell.map({ $0.moments.n > 0 && $0.moments.n <= tally.records }) ?? true else {
                    throw .invalid("number of values")
                }
                cells.append(cell)
                expected.append(cell.map { (Bins(metric.bins), $0.moments.n) })
            }
        }
        guard reader.isAtEnd, ends.last ?? 0 == encoded.counts.count else { throw .invalid("length of the cells") }
        self.init(
            day: head.day, shape: head.shape, valuesLeftOut: head.valuesLeftOut, tallies: head.tallies, cells: cells,
            counts: isTrusted
                ? PackedCounts(bytes: encoded.counts, ends: ends)
                : try PackedCounts(checking: encoded.counts, ends: ends, expecting: expected),
            sample: isTrusted
                ? PackedSample(trusted: encoded.sample)
                : try PackedSample(
                    checking: encoded.sample, metrics: metrics.count, dimensions: head.shape.dimensions.count))
    }

    private static func readMetrics(from reader: inout ByteReader) throws(DecodingFailure) -> [Column] {
        var metrics: [Column] = []
        for _ in 0..<(try reader.count(atMost: reader.end)) {
            let name = try reader.text()
            metrics.append(Column(name: name, bins: try reader.bins()))
        }
        return metrics
    }

    private static func readDimensions(
        from reader: inout ByteReader
    ) throws(DecodingFailure) -> (names: [String], leftOut: [Int]) {
        var names: [String] = []
        var leftOut: [Int] = []
        for _ in 0..<(try reader.count(atMost: reader.end)) {
            names.append(try reader.text())
            leftOut.append(try reader.count())
        }
        return (names, leftOut)
    }

    private static func readGroups(
        from reader: inout ByteReader
    ) throws(DecodingFailure) -> ([Group], [Tally]) {
        var groups: [Group] = []
        var tallies: [Tally] = []
        for _ in 0..<(try reader.count(atMost: reader.end)) {
            groups.append(try reader.group())
            tallies.append(try readTally(from: &reader))
        }
        guard zip(groups, groups.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .invalid("order of groups") }
        return (groups, tallies)
    }

    private static func readTally(from reader: inout ByteReader) throws(DecodingFailure) -> Tally {
        let records = try reader.count()
        var hours: [Int] = []
        for _ in 0..<24 { hours.append(try reader.count(atMost: records)) }
        guard records < 1 << 53 else { throw .invalid("number of records") }
        let threshold = try reader.byte() == 0 ? nil : try reader.fixed()
        return Tally(records: records, hours: hours, threshold: threshold)
    }

    private static func readCell(from reader: inout ByteReader) throws(DecodingFailure) -> Cell {
        let n = try reader.count()
        let moments = Moments(
            n: n, mean: try reader.double(), m2: try reader.double(), m3: try reader.double(),
            m4: try reader.double())
        return Cell(moments: moments, minimum: try reader.double(), maximum: try reader.double())
    }
}
