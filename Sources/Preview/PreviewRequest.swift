/// The head of a request, as far as a preview reads it.
public struct PreviewRequest: Sendable, Hashable {
    /// `GET`, `HEAD` …
    public var method: String
    /// The address behind the host, percent-encoded, without what follows `?` or `#`.
    public var path: String
    /// Fields by their names in lower case.
    public var fields: [String: String]

    /// Names a request.
    public init(_ method: String, _ path: String, fields: [String: String] = [:]) {
        self.method = method
        self.path = path
        self.fields = fields
    }

    /// Reads the lines up to the first empty one; nil if they are no request of HTTP/1.
    public init?(head: String) {
        // A carriage return and a line feed are one Character.
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
        let parts = (lines.first ?? "").split(separator: " ")
        guard parts.count == 3, parts[2].hasPrefix("HTTP/1."), parts[1].hasPrefix("/") else { return nil }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            fields[line[..<colon].lowercased()] = String(value)
        }
        self.init(String(parts[0]), String(parts[1].prefix { $0 != "?" && $0 != "#" }), fields: fields)
    }

    /// The path with its percent-encoding undone, in parts; nil if it could lead out of a folder or to a hidden file.
    var parts: [String]? {
        var bytes: [UInt8] = []
        var rest = Array(path.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2 else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard !bytes.contains(0), !bytes.contains(0x5C), let text = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        let parts = text.split(separator: "/").map(String.init)
        return parts.contains { $0.hasPrefix(".") } ? nil : parts
    }
}
