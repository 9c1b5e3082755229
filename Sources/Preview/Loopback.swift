import CLoopback
import Foundation
import Glibc

/// Why there is no preview.
public struct PreviewError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was found and what to do.
    public let description: String
}

/// Listens on this machine's own address, 127.0.0.1, which no other machine reaches.
public final class Loopback: Sendable {
    private let listener: Int32
    /// The port.
    public let port: UInt16
    /// The longest head of a request.
    private static let longestHead = 16_384

    /// Listens on a port; 0 picks a free one.
    public init(port wanted: UInt16) throws(PreviewError) {
        let found = assay_listen(wanted)
        guard found >= 0 else {
            let reason = -found == EADDRINUSE ? "it is in use" : "\(unsafe String(cString: strerror(-found)))"
            throw PreviewError(description: "port \(wanted) of 127.0.0.1 cannot be listened on: \(reason)")
        }
        listener = found
        port = assay_port(found)
    }

    deinit { assay_close(listener) }

    /// Answers until it is told to end, each connection on a thread of its own because browsers keep some open unused.
    public func serve(_ preview: SitePreview, until hasEnded: @Sendable () -> Bool) {
        let port = port
        while !hasEnded() {
            let connection = assay_next(listener, 200)
            guard connection >= 0 else { continue }
            Thread.detachNewThread {
                defer { assay_close(connection) }
                guard let head = Self.head(of: connection) else { return }
                let request = PreviewRequest(head: head)
                let answer = request.map { preview.answer($0, port: port) } ?? .init(400, words: "This is no request.")
                let bytes = answer.bytes(hasBody: request?.method != "HEAD")
                unsafe bytes.withUnsafeBytes { bytes in
                    // A reader who has gone needs no answer.
                    if let start = bytes.baseAddress { _ = unsafe assay_send(connection, start, bytes.count) }
                }
            }
        }
    }

    private static func head(of connection: Int32) -> String? {
        var head: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while head.count < longestHead {
            let count = unsafe piece.withUnsafeMutableBytes { bytes in
                unsafe bytes.baseAddress.map { unsafe assay_receive(connection, $0, bytes.count) } ?? 0
            }
            guard count > 0 else { return nil }
            head += piece.prefix(count)
            if let end = head.firstRange(of: Array("\r\n\r\n".utf8)) {
                return String(decoding: head[..<end.lowerBound], as: UTF8.self)
            }
        }
        return nil
    }
}
