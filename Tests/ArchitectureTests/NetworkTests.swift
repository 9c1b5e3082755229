import Foundation
import TestSupport
import Testing

/// Nothing of ours reaches a network, and what we are made with is listed. `assay serve` listens on this machine's own
/// address: `CLoopback` is the only code with a socket, and only the preview has it.
@Suite struct NetworkTests {
    private static let modules: Set<String> = [
        "FoundationNetworking", "Network", "NIO", "NIOCore", "NIOPosix", "AsyncHTTPClient", "CFNetwork", "WinSDK",
    ]

    @Test func noNetworkingModuleIsImported() {
        for file in SourceTree.files {
            #expect(Set(file.imports).isDisjoint(with: Self.modules), "\(file.path)")
        }
    }

    /// Calls through which a process reaches another machine, in Swift and in our C.
    @Test(arguments: [
        "URLSession", "URLRequest", "NSURLConnection", "CFSocket", "getaddrinfo(", "gethostbyname(", "socket(",
        "connect(",
        "sendto(", "NWConnection", "curl_", "xmlNanoHTTP", "xmlNanoFTP", "http_open",
    ]) func noNetworkIsCalled(word: String) throws {
        for file in SourceTree.files {
            for (number, text) in file.code() {
                #expect(!text.contains(word), "\(file.path):\(number) uses \(word)")
            }
        }
        let sources = Repository.root.appending(path: "Sources")
        let paths = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
        for path in paths where (path.hasSuffix(".c") || path.hasSuffix(".h")) && !path.hasPrefix("CLoopback/") {
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            #expect(!text.contains(word), "\(path) uses \(word)")
        }
    }

    /// The nightly run has no way to a socket: the room of the preview is imported by the executable alone.
    @Test func onlyThePreviewListens() throws {
        #expect(SourceTree.files.filter { $0.imports.contains("CLoopback") }.allSatisfy { $0.room == "Preview" })
        #expect(SourceTree.files.filter { $0.imports.contains("Preview") }.map(\.room) == ["assay"])
        let shim = Repository.root.appending(path: "Sources/CLoopback/CLoopback.c")
        let text = try String(contentsOf: shim, encoding: .utf8)
        #expect(text.contains("INADDR_LOOPBACK") && !text.contains("INADDR_ANY") && !text.contains("connect("))
    }

    /// Files are read from paths; an address would be fetched.
    @Test func contentsAreReadFromFilesOnly() {
        for file in SourceTree.files {
            for (number, text) in file.code() where text.contains("URL(string:") {
                Issue.record("\(file.path):\(number) makes an address from a text")
            }
        }
    }

    /// Every package with its version, and every system library.
    @Test func whatWeAreMadeWithIsListed() throws {
        let list = try String(contentsOf: Repository.root.appending(path: "THIRD_PARTY.md"), encoding: .utf8)
        let manifest = try String(contentsOf: Repository.root.appending(path: "Package.swift"), encoding: .utf8)
        for match in manifest.matches(of: /url: "https:\/\/github.com\/[^\/]+\/([^"]+)"/) {
            #expect(list.contains("[\(match.1)]"), "\(match.1)")
        }
        for match in manifest.matches(of: /pkgConfig: "([^"]+)"/) {
            let name = match.1.replacing("-2.0", with: "2").replacing("libxml2", with: "libxml2")
            #expect(list.lowercased().contains(name.lowercased()), "\(name)")
        }
        // A checkout that has been resolved knows the versions; a fresh one does not yet.
        let resolved = Repository.root.appending(path: "Package.resolved")
        guard FileManager.default.fileExists(atPath: resolved.path) else { return }
        let text = try String(contentsOf: resolved, encoding: .utf8)
        for match in text.matches(of: /"identity" : "([^"]+)"[\s\S]*?"version" : "([^"]+)"/) {
            let row = list.split(separator: "\n").first { $0.lowercased().contains("[\(match.1)]") }
            #expect(row?.contains("| \(match.2) |") == true, "\(match.1) \(match.2): \(row ?? "not listed")")
        }
    }
}
