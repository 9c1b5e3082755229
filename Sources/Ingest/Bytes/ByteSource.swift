/// Where the bytes of an export come from.
public enum ByteSource: Sendable, Hashable {
    /// A file by its path.
    case file(String)
    /// Standard input, read to its end.
    case standardInput
    /// Bytes in memory.
    case bytes([UInt8])
}

/// One stage on the way from a source to text: each call yields the next bytes.
protocol ByteStage: AnyObject {
    /// Fills a buffer from an offset on with at most `limit` bytes, which fit; 0 at the end. Never fewer than one
    /// byte before the end.
    func read(into buffer: inout [UInt8], at offset: Int, limit: Int) throws(IngestError) -> Int
}
