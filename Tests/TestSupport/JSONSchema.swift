import Foundation

/// A validator of JSON Schema (draft 2020-12), as small as the keywords that our schemas use.
///
/// A keyword that it does not know is a fault, so that no schema is believed that was not checked.
public struct JSONSchema {
    private let schema: [String: Any]

    /// A schema from its parsed document.
    public init(_ schema: [String: Any]) { self.schema = schema }

    /// A schema from its text.
    public init(_ bytes: Data) throws {
        schema = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:]
    }

    /// Where a document breaks the schema, each with its path; empty where it holds.
    public func faults(of value: Any, at path: String = "$") -> [String] {
        schema.keys.sorted().flatMap { keyword -> [String] in
            guard let argument = schema[keyword] else { return [] }
            switch keyword {
            case "$schema", "$id", "title", "description", "format": return []
            case "type": return typeFaults(argument, value, path)
            case "enum":
                let isMember = (argument as? [NSObject])?.contains { $0.isEqual(value) } ?? false
                return isMember ? [] : ["\(path): \(value) is not one of \(argument)"]
            case "const": return (argument as? NSObject)?.isEqual(value) == true ? [] : ["\(path): is not \(argument)"]
            case "anyOf":
                let all = (argument as? [[String: Any]] ?? []).map { JSONSchema($0).faults(of: value, at: path) }
                return all.contains(where: \.isEmpty)
                    ? [] : ["\(path): fits none of \(all.count): \(all.compactMap(\.first).joined(separator: "; "))"]
            case "required":
                guard let object = value as? [String: Any] else { return [] }
                return (argument as? [String] ?? []).filter { object[$0] == nil }.map { "\(path): lacks `\($0)`" }
            case "properties":
                guard let object = value as? [String: Any] else { return [] }
                let properties = argument as? [String: [String: Any]] ?? [:]
                return properties.keys.sorted().flatMap { key -> [String] in
                    guard let inner = properties[key], let value = object[key] else { return [] }
                    return JSONSchema(inner).faults(of: value, at: "\(path).\(key)")
                }
            case "additionalProperties":
                guard let object = value as? [String: Any], let inner = argument as? [String: Any] else { return [] }
                let known = (schema["properties"] as? [String: Any] ?? [:]).keys
                return object.keys.filter { !known.contains($0) }.sorted().flatMap { key in
                    object[key].map { JSONSchema(inner).faults(of: $0, at: "\(path).\(key)") } ?? []
                }
            case "items":
                guard let array = value as? [Any], let inner = argument as? [String: Any] else { return [] }
                return array.enumerated().flatMap {
                    JSONSchema(inner).faults(of: $0.element, at: "\(path)[\($0.offset)]")
                }
            case "minItems": return compare((value as? [Any]).map { Double($0.count) }, argument, path) { $0 >= $1 }
            case "maxItems": return compare((value as? [Any]).map { Double($0.count) }, argument, path) { $0 <= $1 }
            case "minimum": return compare(number(value), argument, path) { $0 >= $1 }
            case "maximum": return compare(number(value), argument, path) { $0 <= $1 }
            case "pattern":
                guard let text = value as? String, let pattern = argument as? String else { return [] }
                return text.range(of: pattern, options: .regularExpression) == nil
                    ? ["\(path): `\(text)` does not match \(pattern)"] : []
            default: return ["\(path): the schema has the unknown keyword `\(keyword)`"]
            }
        }
    }

    private func typeFaults(_ argument: Any, _ value: Any, _ path: String) -> [String] {
        let types = argument as? [String] ?? [argument as? String].compactMap { $0 }
        let found = JSONSchema.type(of: value)
        let fits = types.contains { $0 == found || $0 == "number" && found == "integer" }
        return fits ? [] : ["\(path): is \(found), expected \(types.joined(separator: " or "))"]
    }

    private func compare(
        _ found: Double?, _ bound: Any, _ path: String, _ holds: (Double, Double) -> Bool
    ) -> [String] {
        guard let found, let bound = number(bound) else { return [] }
        return holds(found, bound) ? [] : ["\(path): \(found) is beyond \(bound)"]
    }

    private func number(_ value: Any) -> Double? { value as? Double ?? (value as? Int).map(Double.init) }

    /// The JSON type of a parsed value.
    private static func type(of value: Any) -> String {
        switch value {
        case is NSNull: return "null"
        case is String: return "string"
        case is [Any]: return "array"
        case is [String: Any]: return "object"
        case let number as NSNumber:
            // Foundation keeps what was written: `c` is the type of truth values.
            let kind = unsafe String(cString: number.objCType)
            if kind == "c" || kind == "B" { return "boolean" }
            return number.doubleValue == number.doubleValue.rounded() ? "integer" : "number"
        default: return "unknown"
        }
    }
}
