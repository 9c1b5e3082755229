/// What a preview answers.
public struct PreviewAnswer: Sendable, Hashable {
    /// The status's number.
    public var status: Int
    /// Fields in their order.
    public var fields: [(name: String, value: String)]
    /// The body; a `HEAD` request is answered without it.
    public var body: [UInt8]

    init(_ status: Int, _ type: String, _ body: [UInt8], _ more: [(name: String, value: String)] = []) {
        self.status = status
        self.body = body
        fields = [("Content-Type", type), ("Cache-Control", "no-cache"), ("X-Content-Type-Options", "nosniff")] + more
    }

    /// An answer of a few words.
    init(_ status: Int, words: String, _ more: [(name: String, value: String)] = []) {
        self.init(status, "text/plain; charset=utf-8", Array((words + "\n").utf8), more)
    }

    /// The value of a field.
    public subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Two answers are equal if every byte of them is.
    public static func == (a: PreviewAnswer, b: PreviewAnswer) -> Bool {
        a.bytes(hasBody: true) == b.bytes(hasBody: true)
    }

    /// The bytes decide.
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes(hasBody: true)) }

    /// The answer as bytes of HTTP/1.1.
    public func bytes(hasBody: Bool) -> [UInt8] {
        var head = "HTTP/1.1 \(status) \(PreviewAnswer.names[status] ?? "Status")\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if status != 304 { head += "Content-Length: \(body.count)\r\n" }
        return Array((head + "Connection: close\r\n\r\n").utf8) + (hasBody && status != 304 ? body : [])
    }

    private static let names = [
        200: "OK", 301: "Moved Permanently", 304: "Not Modified", 400: "Bad Request", 403: "Forbidden",
        404: "Not Found",
        405: "Method Not Allowed",
    ]

    /// The type of a file by the end of its name.
    static func contentType(of name: String) -> String {
        let end = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return types[end] ?? "application/octet-stream"
    }

    private static let types = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "json": "application/json", "csv": "text/csv; charset=utf-8", "md": "text/markdown; charset=utf-8",
        "txt": "text/plain; charset=utf-8", "prom": "text/plain; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "xml": "application/xml", "pdf": "application/pdf", "ico": "image/x-icon",
        "woff2": "font/woff2",
    ]
}
