import Crypto
import Glibc

/// The raw bytes of a source, counted and hashed as they pass. Owns the file descriptor.
final class RawInput: ByteStage {
    private let file: String
    private let descriptor: Int32
    private let ownsDescriptor: Bool
    private let memory: [UInt8]
    private var position = 0
    private var hash: SHA256?
    private var pending: [UInt8] = []
    /// How many bytes have been read.
    private(set) var count = 0

    /// Opens a source. Without `hashing` the bytes are only counted.
    init(_ source: ByteSource, file: String, hashing: Bool) throws(IngestError) {
        self.file = file
        hash = hashing ? SHA256() : nil
        switch source {
        case .bytes(let bytes): (descriptor, ownsDescriptor, memory) = (-1, false, bytes)
        case .standardInput: (descriptor, ownsDescriptor, memory) = (STDIN_FILENO, false, [])
        case .file(let path):
            let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
            guard opened >= 0 else { throw RawInput.openFailure(file: file, code: errno) }
            (descriptor, ownsDescriptor, memory) = (opened, true, [])
        }
    }

    deinit {
        if ownsDescriptor { close(descriptor) }
    }

    /// The first bytes without taking them; fewer than asked for only at the end.
    func peek(_ wanted: Int) throws(IngestError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: wanted)
        while pending.count < wanted {
            let got = try fetch(into: &buffer, at: 0, limit: wanted - pending.count)
            if got == 0 { break }
            pending += buffer.prefix(got)
        }
        return pending
    }

    func read(into buffer: inout [UInt8], at offset: Int, limit: Int) throws(IngestError) -> Int {
        if pending.isEmpty { return try fetch(into: &buffer, at: offset, limit: limit) }
        let got = min(limit, pending.count)
        for index in 0..<got { buffer[offset + index] = pending[index] }
        pending.removeFirst(got)
        return got
    }

    /// Reads to the end, so that count and hash are those of the whole source.
    func drain() throws(IngestError) {
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while try read(into: &buffer, at: 0, limit: buffer.count) > 0 {}
    }

    /// The SHA-256 of the bytes read so far in lower-case hexadecimal; nil without hashing.
    var digest: String? {
        let digits = Array("0123456789abcdef".utf8)
        guard let hash else { return nil }
        let text = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    private func fetch(into buffer: inout [UInt8], at offset: Int, limit: Int) throws(IngestError) -> Int {
        let got = descriptor < 0 ? copy(into: &buffer, at: offset, limit: limit) : transfer(&buffer, offset, limit)
        guard got >= 0 else {
            throw IngestError(.unreadable, "cannot be read: \(RawInput.message(errno))", file: file)
        }
        count += got
        if hash != nil {
            unsafe buffer.withUnsafeBytes {
                unsafe hash?.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + got]))
            }
        }
        return got
    }

    private func copy(into buffer: inout [UInt8], at offset: Int, limit: Int) -> Int {
        let got = min(limit, memory.count - position)
        for index in 0..<got { buffer[offset + index] = memory[position + index] }
        position += got
        return got
    }

    private func transfer(_ buffer: inout [UInt8], _ offset: Int, _ limit: Int) -> Int {
        while true {
            let got = unsafe buffer.withUnsafeMutableBytes {
                unsafe Glibc.read(descriptor, $0.baseAddress?.advanced(by: offset), limit)
            }
            if got >= 0 || errno != EINTR { return got }
        }
    }

    private static func openFailure(file: String, code: Int32) -> IngestError {
        code == ENOENT || code == ENOTDIR
            ? IngestError(.missing, "there is no such file", file: file)
            : IngestError(.unreadable, "cannot be opened: \(message(code))", file: file)
    }

    private static func message(_ code: Int32) -> String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}
