import Foundation
import Testing

@testable import Pipeline

@Suite("The key of pseudonyms")
struct PrivacyKeyTests {
    private func mode(_ path: String) throws -> Int {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }

    @Test("`assay init` makes one that only its owner may read, says so, and keeps it out of repositories")
    func made() async throws {
        try await inWorkshop { shop in
            _ = await shop.sample(sessions: 60, days: 5)
            #expect(await shop.propose() == .done)
            let path = shop.folder.appending(path: ".assay/privacy.key").path
            #expect(try mode(path) == 0o600)
            let digits = String(decoding: try shop.read(".assay/privacy.key"), as: UTF8.self)
            #expect(digits.wholeMatch(of: /[0-9a-f]{64}\n/) != nil)
            #expect(shop.messages.contains { $0.contains("key of pseudonyms") })
            #expect(!shop.messages.contains { $0.contains(digits.dropLast()) })
            #expect(String(decoding: try shop.read(".assay/.gitignore"), as: UTF8.self) == "*\n")
        }
    }

    @Test("A key that others may read is refused, and what is no key")
    func refused() async throws {
        try await inWorkshop { shop in
            let place = PrivacyKeyPlace(path: shop.folder.appending(path: "privacy.key").path, isNamed: true)
            #expect(throws: Failure.self) { try place.key(in: shop.surroundings) }
            try shop.write(String(repeating: "a", count: 64), to: "privacy.key")
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: place.path)
            #expect {
                try place.key(in: shop.surroundings)
            } throws: { error in
                (error as? Failure)?.diagnostics.first?.message.contains("mode 640") == true
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place.path)
            #expect(try place.key(in: shop.surroundings) != nil)
            try shop.write("my pass phrase", to: "privacy.key")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place.path)
            #expect(throws: Failure.self) { try place.key(in: shop.surroundings) }
        }
    }

    @Test("A link to a key, as secrets are mounted, is as closed as the file that it leads to")
    func link() async throws {
        try await inWorkshop { shop in
            let place = PrivacyKeyPlace(path: shop.folder.appending(path: "privacy.key").path, isNamed: true)
            try shop.write(String(repeating: "a", count: 64), to: "secret")
            let secret = shop.folder.appending(path: "secret").path
            try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: secret)
            for (mode, isClosed) in [(0o600, true), (0o644, false)] {
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: secret)
                if isClosed {
                    #expect(try place.key(in: shop.surroundings) != nil)
                } else {
                    #expect(throws: Failure.self) { try place.key(in: shop.surroundings) }
                }
            }
        }
    }

    @Test("The environment's key wins over the file's, and a made key stays")
    func order() async throws {
        try await inWorkshop { shop in
            let place = PrivacyKeyPlace(path: shop.folder.appending(path: "deep/privacy.key").path, isNamed: false)
            #expect(try place.make() != nil)
            let made = try #require(try place.key(in: shop.surroundings))
            #expect(try place.make() == nil)
            #expect(try place.key(in: shop.surroundings)?.pseudonym(of: "u1") == made.pseudonym(of: "u1"))
            var surroundings = shop.surroundings
            surroundings.privacyKey = String(repeating: "0b", count: 20)
            // The first test case of RFC 4231.
            #expect(try place.key(in: surroundings)?.pseudonym(of: "Hi There") == "b0344c61d8db3853")
            surroundings.privacyKey = "none"
            #expect(throws: Failure.self) { try place.key(in: surroundings) }
        }
    }
}
