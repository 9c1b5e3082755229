/// A file known by its bytes, before anything in it is read.
public struct ExportDigest: Sendable, Hashable {
    /// The SHA-256 of the raw bytes.
    public let sha256: [UInt8]
    /// The number of raw bytes.
    public let bytes: Int

    /// A digest that is known.
    public init(sha256: [UInt8], bytes: Int) {
        self.sha256 = sha256
        self.bytes = bytes
    }

    /// Reads a source to its end and hashes it. Standard input can be read once only: load it first.
    ///
    /// - Throws: `IngestError` if it cannot be opened or read.
    public init(of file: ExportFile) throws(IngestError) {
        let input = try RawInput(file.source, file: file.name, hashing: true)
        try input.drain()
        bytes = input.count
        sha256 = ExportDigest.bytes(of: input.digest ?? "")
    }

    /// The bytes that lower-case hexadecimal digits stand for.
    public static func bytes(of digits: String) -> [UInt8] {
        let digits = Array(digits.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).map { at in
            value(digits[at]) << 4 | value(digits[at + 1])
        }
    }

    private static func value(_ digit: UInt8) -> UInt8 { digit <= 0x39 ? digit - 0x30 : digit - 0x57 }
}

extension ExportFile {
    /// The same file with its bytes in memory if it is standard input, so that it can be read more than once.
    public func loaded() throws(IngestError) -> ExportFile {
        guard source == .standardInput else { return self }
        let input = try RawInput(source, file: name, hashing: false)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let got = try input.read(into: &buffer, at: 0, limit: buffer.count)
            if got == 0 { break }
            bytes += buffer.prefix(got)
        }
        return ExportFile(source: .bytes(bytes), name: name)
    }
}
