import CZstd
import Partials

/// Stored blobs: a byte for the kind, then the bytes.
///
/// Kind 0 is bare bytes; 1 is a bare length and zstd; 2 is how many bytes stand bare at the front, the bare length of the
/// rest, the bare bytes and zstd of the rest.
enum Frame {
    /// What a damaged length may ask for at most.
    private static let largest = 1 << 31

    /// Compressed where that saves at least an eighth, so that reading what hardly shrinks costs nothing. The first
    /// `bare` bytes are known not to shrink and stay as they are.
    static func wrap(_ bytes: [UInt8], bare: Int = 0, level: Int32 = 1) -> [UInt8] {
        let rest = bytes.count - bare
        let bound = ZSTD_compressBound(rest)
        var head = ByteWriter()
        head.write(byte: bare == 0 ? 1 : 2)
        if bare > 0 { head.write(bare) }
        head.write(rest)
        var framed = head.bytes
        framed.reserveCapacity(framed.count + bare + bound)
        framed += bytes[..<bare]
        let start = framed.count
        framed.append(contentsOf: repeatElement(0, count: bound))
        let size = unsafe framed.withUnsafeMutableBytes { target in
            unsafe bytes.withUnsafeBytes { source in
                let room = unsafe UnsafeMutableRawBufferPointer(rebasing: target[start...])
                let tail = unsafe UnsafeRawBufferPointer(rebasing: source[bare...])
                return unsafe ZSTD_compress(room.baseAddress, bound, tail.baseAddress, rest, level)
            }
        }
        guard ZSTD_isError(size) == 0, size < rest - rest / 8 else { return [0] + bytes }
        framed.removeLast(bound - size)
        return framed
    }

    /// The bare bytes.
    static func unwrap(_ framed: [UInt8]) throws -> [UInt8] {
        var reader = ByteReader(framed)
        switch try reader.byte() {
        case 0: return Array(framed.dropFirst())
        case 1: return try unpack(framed, bare: 0, &reader)
        case 2: return try unpack(framed, bare: reader.count(atMost: framed.count), &reader)
        default: throw DecodingFailure.invalid("frame")
        }
    }

    private static func unpack(_ framed: [UInt8], bare: Int, _ reader: inout ByteReader) throws -> [UInt8] {
        let size = try reader.count(atMost: largest)
        let start = try reader.take(bare)
        var written = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: bare + size) { target, filled in
            written = unsafe framed.withUnsafeBytes { source in
                let room = UnsafeMutableRawBufferPointer(target)
                unsafe room.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[start]))
                let packed = unsafe UnsafeRawBufferPointer(rebasing: source[start.upperBound...])
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: room[bare..<bare + size])
                return unsafe ZSTD_decompress(rest.baseAddress, size, packed.baseAddress, packed.count)
            }
            filled = ZSTD_isError(written) == 0 ? bare + written : 0
        }
        guard written == size else { throw DecodingFailure.invalid("compressed bytes") }
        return bytes
    }
}
