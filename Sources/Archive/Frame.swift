import CZstd
import Partials

/// Stored blobs: a byte that is 0 for bare bytes or 1 for zstd, then (zstd only) the bare length, then the bytes.
enum Frame {
    /// What a damaged length may ask for at most.
    private static let largest = 1 << 31

    /// Compressed where that saves at least an eighth, so that reading what hardly shrinks costs nothing.
    static func wrap(_ bytes: [UInt8], level: Int32 = 1) -> [UInt8] {
        let bound = ZSTD_compressBound(bytes.count)
        var head = ByteWriter()
        head.write(byte: 1)
        head.write(bytes.count)
        var framed = head.bytes
        framed.reserveCapacity(framed.count + bound)
        framed.append(contentsOf: repeatElement(0, count: bound))
        let start = head.bytes.count
        let size = unsafe framed.withUnsafeMutableBytes { target in
            unsafe bytes.withUnsafeBytes { source in
                let room = unsafe UnsafeMutableRawBufferPointer(rebasing: target[start...])
                return unsafe ZSTD_compress(room.baseAddress, bound, source.baseAddress, source.count, level)
            }
        }
        guard ZSTD_isError(size) == 0, size < bytes.count - bytes.count / 8 else { return [0] + bytes }
        framed.removeLast(bound - size)
        return framed
    }

    /// The bare bytes.
    static func unwrap(_ framed: [UInt8]) throws -> [UInt8] {
        var reader = ByteReader(framed)
        switch try reader.byte() {
        case 0: return Array(framed.dropFirst())
        case 1:
            let size = try reader.count(atMost: largest)
            let start = reader.position
            var written = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { target, filled in
                written = unsafe framed.withUnsafeBytes { source in
                    let packed = unsafe UnsafeRawBufferPointer(rebasing: source[start...])
                    return unsafe ZSTD_decompress(target.baseAddress, size, packed.baseAddress, packed.count)
                }
                filled = ZSTD_isError(written) == 0 ? written : 0
            }
            guard written == size else { throw DecodingFailure.invalid("compressed bytes") }
            return bytes
        default: throw DecodingFailure.invalid("frame")
        }
    }
}
