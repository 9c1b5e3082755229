import Foundation
import TestSupport
import Testing

/// A value of a reference file; a missing key or another kind of value reads as nil.
struct JSON: @unchecked Sendable {
    // The tree comes from JSONSerialization and is never changed.
    private let raw: Any?

    init(_ raw: Any?) { self.raw = raw }

    subscript(key: String) -> JSON { JSON((raw as? [String: Any])?[key]) }
    subscript(index: Int) -> JSON { JSON((raw as? [Any])?[index]) }
    var number: Double? { (raw as? NSNumber)?.doubleValue }
    var integer: Int? { (raw as? NSNumber)?.intValue }
    var text: String? { raw as? String }
    var numbers: [Double]? { (raw as? [Any])?.compactMap { ($0 as? NSNumber)?.doubleValue } }
    var list: [JSON] { (raw as? [Any] ?? []).map { JSON($0) } }
    var keys: [String] { (raw as? [String: Any] ?? [:]).keys.sorted() }
    var exists: Bool { raw != nil && !(raw is NSNull) }
}

extension JSON: CustomTestStringConvertible {
    /// The name of a case, not the whole tree.
    var testDescription: String { self["name"].text ?? self["id"].text ?? self["file"].text ?? "JSON" }
}

/// Reference numbers that may lie beside the project.
enum ReferenceFile {
    /// Why a test is skipped without them.
    static let absence = "the reference data are not beside the project"

    static func exists(_ name: String) -> Bool { Repository.shared("data/reference/\(name)") != nil }

    static func read(_ name: String) throws -> JSON {
        guard let url = Repository.shared("data/reference/\(name)") else { return JSON(nil) }
        return JSON(try JSONSerialization.jsonObject(with: Data(contentsOf: url)))
    }

    /// The lines of a file below `data/`, without a byte-order mark.
    static func lines(_ path: String) throws -> [String] {
        guard let url = Repository.shared("data/\(path)") else { return [] }
        let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).map(String.init)
    }

    /// The records of an NDJSON file below `data/`.
    static func records(_ path: String) throws -> [JSON] {
        try lines(path).map { JSON(try JSONSerialization.jsonObject(with: Data($0.utf8))) }
    }
}
