/// The k elements with the smallest ranks, and the smallest rank that was left out.
///
/// With ranks that are a fixed hash of each record's key this is a uniform sample without replacement that any number
/// of parts, computed apart, can be merged into (Cohen and Kaplan, DOI 10.1145/1281100.1281133): every element with a
/// rank below `threshold` is in it. It is complete, hence exact, as long as nothing was left out.
public struct BottomK<Element> {
    /// How many elements it holds at most.
    public let capacity: Int
    /// The elements with their ranks, ascending; all ranks are below `threshold`.
    public private(set) var entries: [(rank: UInt64, element: Element)] = []
    /// The smallest rank that was left out; nil if nothing was.
    public private(set) var threshold: UInt64?

    /// An empty sample.
    public init(capacity: Int) { self.capacity = max(0, capacity) }

    /// Whether nothing was left out.
    public var isComplete: Bool { threshold == nil }

    /// Offers elements in any order, with the threshold of the sample they come from.
    ///
    /// Ranks must be distinct between calls; of equal ranks at the limit all are left out.
    public mutating func merge(_ others: [(rank: UInt64, element: Element)], threshold other: UInt64? = nil) {
        entries += others
        entries.sort { $0.rank < $1.rank }
        threshold = [threshold, other].compactMap { $0 }.min()
        if entries.count > capacity { lower(to: entries[capacity].rank) }
        if let threshold { lower(to: threshold) }
    }

    private mutating func lower(to rank: UInt64) {
        threshold = min(threshold ?? rank, rank)
        while let last = entries.last, last.rank >= rank { entries.removeLast() }
    }
}

extension BottomK: Sendable where Element: Sendable {}

/// Turns record keys into ranks.
public enum KeyRank {
    /// A one-to-one scrambling of the key (the finalizer of MurmurHash3, Appleby, public domain), so that the order of
    /// ranks has nothing to do with how keys were made.
    @inlinable public static func of(_ key: UInt64) -> UInt64 {
        var mixed = key
        mixed ^= mixed >> 33
        mixed = mixed &* 0xFF51_AFD7_ED55_8CCD
        mixed ^= mixed >> 33
        mixed = mixed &* 0xC4CE_B9FE_1A85_EC53
        mixed ^= mixed >> 33
        return mixed
    }
}
