/// A day's partials as bytes, in three parts so that a reader can leave out what it does not need.
public struct EncodedDay: Sendable, Hashable {
    /// Names, groups, records, hours, moments and extremes.
    public let cells: [UInt8]
    /// The counts of every cell.
    public let counts: [UInt8]
    /// The sample.
    public let sample: [UInt8]

    /// Puts the parts together.
    public init(cells: [UInt8], counts: [UInt8], sample: [UInt8]) {
        self.cells = cells
        self.counts = counts
        self.sample = sample
    }
}
