import Model
import Yams

/// A setting that `assay.yaml` may change: its key and where it goes.
///
/// A further setting is a row in the list of its table; its default stands in the settings themselves.
struct SettingKey<Settings>: Sendable {
    let name: String
    let apply: @Sendable (inout Settings, Node, inout YAMLReader) -> Void

    static func whole(
        _ name: String, _ path: any WritableKeyPath<Settings, Int> & Sendable, _ range: ClosedRange<Int>
    ) -> SettingKey {
        SettingKey(name: name) { settings, node, reader in
            if let value = reader.integer(node, of: "`\(name)`", in: range) { settings[keyPath: path] = value }
        }
    }

    static func number(
        _ name: String, _ path: any WritableKeyPath<Settings, Double> & Sendable, _ range: ClosedRange<Double>
    ) -> SettingKey {
        SettingKey(name: name) { settings, node, reader in
            if let value = reader.number(node, of: "`\(name)`", in: range) { settings[keyPath: path] = value }
        }
    }

    /// A list of days, each once and in order; an empty one leaves the default.
    static func days(
        _ name: String, _ path: any WritableKeyPath<Settings, [Int]> & Sendable, _ range: ClosedRange<Int>
    ) -> SettingKey {
        SettingKey(name: name) { settings, node, reader in
            let found = reader.list(node).compactMap { reader.integer($0, of: "a day of `\(name)`", in: range) }
            if !found.isEmpty { settings[keyPath: path] = Array(Set(found)).sorted() }
        }
    }
}
