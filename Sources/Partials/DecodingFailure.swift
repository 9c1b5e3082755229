/// Why bytes are not what an encoding of ours would have written.
public enum DecodingFailure: Error, Sendable, Hashable {
    /// The bytes end too early.
    case truncated
    /// The first byte names a version that this program does not know.
    case unknownVersion(UInt8)
    /// A part that cannot be true, such as counts that do not ascend.
    case invalid(String)
}
