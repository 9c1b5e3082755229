import CZstd
import Foundation

/// A zstd file could not be unpacked.
public struct UnpackingFailure: Error {}

/// Writes what a zstd file of known size holds.
public func unpackZstd(_ packed: URL, to target: URL) throws {
    let bytes = [UInt8](try Data(contentsOf: packed))
    let size = unsafe bytes.withUnsafeBytes { unsafe ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
    guard size < 1 << 30 else { throw UnpackingFailure() }
    var bare = [UInt8](repeating: 0, count: Int(size))
    let written = unsafe bare.withUnsafeMutableBytes { target in
        unsafe bytes.withUnsafeBytes { source in
            unsafe ZSTD_decompress(target.baseAddress, target.count, source.baseAddress, source.count)
        }
    }
    guard written == bare.count else { throw UnpackingFailure() }
    try Data(bare).write(to: target)
}
