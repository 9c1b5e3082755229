import Foundation

/// Answers requests with the files of a site, which it never changes.
///
/// Pages get a script that the files do not have: it loads `reload.js` anew every second, as the pages' own policy permits,
/// and reloads the page when the site is another.
public struct SitePreview: Sendable {
    private let folder: String
    private let root: String

    /// The address of the script that pages get, and that of the script which tells the site's state.
    static let script = "/-/preview.js"
    static let state = "/-/state.js"

    /// A preview of a folder.
    public init(folder: String) {
        self.folder = folder
        root = URL(filePath: folder).resolvingSymlinksInPath().path
    }

    /// What is answered to a request. Only names of this machine are answered, so that no page from elsewhere can read the
    /// site under a name of its own that leads here.
    ///
    /// - Parameter port: where the preview listens.
    public func answer(_ request: PreviewRequest, port: UInt16) -> PreviewAnswer {
        guard ["127.0.0.1:\(port)", "localhost:\(port)"].contains(request.fields["host"]?.lowercased()) else {
            return PreviewAnswer(403, words: "This preview answers to 127.0.0.1:\(port) and localhost:\(port) only.")
        }
        guard request.method == "GET" || request.method == "HEAD" else {
            return PreviewAnswer(405, words: "A preview is only read.", [("Allow", "GET, HEAD")])
        }
        if request.path == Self.script {
            return PreviewAnswer(200, PreviewAnswer.contentType(of: ".js"), Self.reloading)
        }
        if request.path == Self.state {
            return PreviewAnswer(200, PreviewAnswer.contentType(of: ".js"), Array("assayState(\"\(version)\");\n".utf8))
        }
        guard let parts = request.parts else { return PreviewAnswer(400, words: "This is no address of a page.") }
        let path = parts.joined(separator: "/")
        let place = path.isEmpty ? folder : "\(folder)/\(path)"
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else { return missing(path) }
        if isFolder.boolValue, !request.path.hasSuffix("/") {
            // Its links are relative to it.
            return PreviewAnswer(301, words: "It is a folder.", [("Location", request.path + "/")])
        }
        return file(isFolder.boolValue ? place + "/index.html" : place, request)
    }

    private func file(_ path: String, _ request: PreviewRequest) -> PreviewAnswer {
        // A link in the folder may lead out of it.
        let real = URL(filePath: path).resolvingSymlinksInPath().path
        guard real.hasPrefix(root + "/"), let data = FileManager.default.contents(atPath: real) else {
            return missing(path)
        }
        var body = Array(data)
        if path.hasSuffix(".html") { body = Self.withScript(body) }
        let tag = "\"\(String(Self.fnv1a(body), radix: 16))\""
        let known = request.fields["if-none-match"]?.split(separator: ",").map { $0.filter { $0 != " " } } ?? []
        if known.contains(where: { $0 == tag || $0 == "W/" + tag || $0 == "*" }) {
            return PreviewAnswer(304, PreviewAnswer.contentType(of: path), [], [("ETag", tag)])
        }
        return PreviewAnswer(200, PreviewAnswer.contentType(of: path), body, [("ETag", tag)])
    }

    private func missing(_ path: String) -> PreviewAnswer {
        PreviewAnswer(404, words: "There is no such file in the site.")
    }

    /// What changes with every publication.
    private var version: String {
        let entrance = FileManager.default.contents(atPath: folder + "/index.html").map { Array($0) } ?? []
        let index = FileManager.default.contents(atPath: folder + "/search-index.js").map { Array($0) } ?? []
        let dates = ["runs", "archive", "assets", "index.html"].map { name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")  // may be missing
            return (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        }
        return String(Self.fnv1a(entrance + index + Array("\(dates)".utf8)), radix: 16)
    }

    /// A page with the preview's script in its head.
    static func withScript(_ page: [UInt8]) -> [UInt8] {
        guard let place = page.firstRange(of: Array("</head>".utf8))?.lowerBound else { return page }
        return page[..<place] + Array("<script src=\"\(script)\" defer></script>\n".utf8) + page[place...]
    }

    private static func fnv1a(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    private static let reloading = Array(
        """
        (function () {
          "use strict";
          var known, count = 0;
          window.assayState = function (state) {
            if (known && known !== state) { location.reload(); }
            known = state;
          };
          function ask() {
            var script = document.createElement("script");
            script.src = "\(state)?" + (count += 1);
            script.onload = script.onerror = function () { script.remove(); setTimeout(ask, 1000); };
            document.head.appendChild(script);
          }
          ask();
        }());

        """.utf8)
}
