/// How much of a document is read at most: exports come from outside.
public struct XMLLimits: Sendable, Hashable {
    /// Bytes of the document.
    public var bytes: Int
    /// Elements inside elements.
    public var depth: Int

    /// Limits; the defaults are 64 MiB and 256 levels.
    public init(bytes: Int = 64 << 20, depth: Int = 256) {
        self.bytes = bytes
        self.depth = depth
    }
}
