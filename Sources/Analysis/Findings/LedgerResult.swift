/// The account of every test that a report made, so that many tests do not make chance look like news.
public struct LedgerResult: Sendable, Hashable {
    /// Tests that entered the correction.
    public var tests: Int
    /// Tests whose adjusted p is below α.
    public var rejected: Int
    /// The level that the share of false findings is held at.
    public var alpha: Double
    /// The largest raw p that is still below α after correction; nil if none is.
    public var largestRejectedP: Double?
    /// Tests and rejections of each family, in a fixed order.
    public var families: [Family]

    /// The tests that answer one kind of question.
    public struct Family: Sendable, Hashable {
        /// The kind of finding that the family feeds.
        public var kind: Finding.Kind
        /// Its tests.
        public var tests: Int
        /// Those with adjusted p below α.
        public var rejected: Int
    }
}
