import Foundation
import TestSupport
import Testing

@testable import Preview

/// Requests and their answers, without a socket.
@Suite struct SitePreviewTests {
    private func site(_ body: (URL, (String, [String: String]) -> PreviewAnswer) throws -> Void) throws {
        try withTemporaryFolder { outer in
            let folder = outer.appending(path: "site")
            try FileManager.default.createDirectory(
                at: folder.appending(path: "runs/a b"), withIntermediateDirectories: true)
            try Data("<html><head></head><body>Hello.</body></html>".utf8).write(
                to: folder.appending(path: "index.html"))
            try Data("{}".utf8).write(to: folder.appending(path: "runs/a b/summary.json"))
            try Data("secret".utf8).write(to: folder.appending(path: ".hidden"))
            try Data("secret".utf8).write(to: outer.appending(path: "outside.txt"))
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: "link.txt").path, withDestinationPath: "../outside.txt")
            let preview = SitePreview(folder: folder.path)
            try body(folder) { path, fields in
                preview.answer(
                    PreviewRequest(
                        "GET", path, fields: fields.merging(["host": "127.0.0.1:8421"]) { given, _ in given }),
                    port: 8421)
            }
        }
    }

    @Test(arguments: [
        ("/", 200, "text/html; charset=utf-8"), ("/index.html", 200, "text/html; charset=utf-8"),
        ("/runs/a%20b/summary.json", 200, "application/json"), ("/nothing.html", 404, "text/plain; charset=utf-8"),
        ("/runs", 301, "text/plain; charset=utf-8"), ("/runs/", 404, "text/plain; charset=utf-8"),
        ("/../outside.txt", 400, "text/plain; charset=utf-8"),
        ("/%2e%2e/outside.txt", 400, "text/plain; charset=utf-8"),
        ("/..%2Foutside.txt", 400, "text/plain; charset=utf-8"), ("/.hidden", 400, "text/plain; charset=utf-8"),
        ("/a%00.html", 400, "text/plain; charset=utf-8"), ("/%zz", 400, "text/plain; charset=utf-8"),
        ("/..\\outside.txt", 400, "text/plain; charset=utf-8"), ("/link.txt", 404, "text/plain; charset=utf-8"),
        ("/-/preview.js", 200, "text/javascript; charset=utf-8"),
    ]) func anAddressHasItsAnswer(path: String, status: Int, type: String) throws {
        try site { _, get in
            let answer = get(path, [:])
            #expect(answer.status == status && answer["Content-Type"] == type, "\(answer.status)")
            #expect(!String(decoding: answer.body, as: UTF8.self).contains("secret"))
        }
    }

    @Test func aPageHasTheScriptAndItsFileHasNot() throws {
        try site { folder, get in
            let text = String(decoding: get("/", [:]).body, as: UTF8.self)
            #expect(text.contains("<script src=\"/-/preview.js\" defer></script>\n</head>"))
            let file = try String(contentsOf: folder.appending(path: "index.html"), encoding: .utf8)
            #expect(!file.contains("script"))
        }
    }

    @Test func whatIsKnownIsNotSentAgainUntilItChanges() throws {
        try site { folder, get in
            let tag = try #require(get("/", [:])["ETag"])
            #expect(get("/", ["if-none-match": "\"x\", \(tag)"]).status == 304)
            let before = get("/-/state.js", [:]).body
            try Data("<html><head></head><body>Other.</body></html>".utf8).write(
                to: folder.appending(path: "index.html"))
            #expect(get("/", ["if-none-match": tag]).status == 200)
            #expect(get("/-/state.js", [:]).body != before)
        }
    }

    /// A name of another site that leads to this machine must not read it.
    @Test func onlyNamesOfThisMachineAreAnswered() throws {
        try site { _, get in
            #expect(get("/", ["host": "localhost:8421"]).status == 200)
            #expect(get("/", ["host": "evil.example:8421"]).status == 403)
            #expect(get("/", ["host": "127.0.0.1:80"]).status == 403)
        }
    }

    @Test func onlyReadingIsAnswered() throws {
        try site { folder, _ in
            let preview = SitePreview(folder: folder.path)
            let answer = preview.answer(PreviewRequest("POST", "/", fields: ["host": "127.0.0.1:1"]), port: 1)
            #expect(answer.status == 405 && answer["Allow"] == "GET, HEAD")
        }
    }

    @Test(arguments: [
        ("GET /a?b HTTP/1.1\r\nHost: x:1\r\nIf-None-Match:  \"a\"", "/a"), ("GET http://x/ HTTP/1.1", nil), ("", nil),
        ("GET /\r\n", nil),
    ]) func aHeadIsRead(head: String, path: String?) {
        let request = PreviewRequest(head: head)
        #expect(request?.path == path)
        if path != nil { #expect(request?.fields["host"] == "x:1" && request?.fields["if-none-match"] == "\"a\"") }
    }

    @Test func aPortInUseIsAClearError() throws {
        let first = try Loopback(port: 0)
        #expect { try Loopback(port: first.port) } throws: {
            "\($0)".contains("port \(first.port) of 127.0.0.1") && "\($0)".contains("in use")
        }
        withExtendedLifetime(first) {}
    }
}
