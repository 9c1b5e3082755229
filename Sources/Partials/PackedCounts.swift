import Statistics

/// The counts of many cells, one after the other, each as `CountsCoding` writes it; an empty cell has no bytes.
struct PackedCounts: Sendable, Hashable {
    /// The bytes of all cells.
    private(set) var bytes: [UInt8]
    /// Where each cell ends.
    private(set) var ends: [Int]

    /// Packs cells that were written one after the other.
    ///
    /// What is packed here has been written or checked by `CountsCoding`.
    init(bytes: [UInt8], ends: [Int]) {
        self.bytes = bytes
        self.ends = ends
    }

    /// Checks every cell against its metric and its number of values.
    init(
        checking bytes: [UInt8], ends: [Int], expecting cells: [(bins: Bins, n: Int)?]
    ) throws(DecodingFailure) {
        self.init(bytes: bytes, ends: ends)
        guard ends.count == cells.count, (ends.last ?? 0) == bytes.count else { throw .truncated }
        for (place, cell) in cells.enumerated() {
            guard let cell else {
                guard range(at: place).isEmpty else { throw .invalid("counts of an empty cell") }
                continue
            }
            var reader = ByteReader(bytes, in: range(at: place))
            let counts = try CountsCoding.read(bins: cell.bins, from: &reader)
            guard reader.isAtEnd, counts.n == cell.n else { throw .invalid("counts of a cell") }
        }
    }

    /// The counts of the first cells alone.
    func prefix(_ cells: Int) -> PackedCounts {
        let ends = ends.prefix(cells)
        return PackedCounts(bytes: Array(bytes.prefix(ends.last ?? 0)), ends: Array(ends))
    }

    func range(at place: Int) -> Range<Int> { (place == 0 ? 0 : ends[place - 1])..<ends[place] }

    func unpacked(at place: Int, bins: Bins) -> BinnedCounts {
        var reader = ByteReader(bytes, in: range(at: place))
        do {
            return try CountsCoding.read(bins: bins, from: &reader)
        } catch {
            preconditionFailure("packed counts do not unpack: \(error)")  // written by us or checked when decoded
        }
    }
}
