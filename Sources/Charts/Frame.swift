/// The plot's rectangle with its scales.
struct Frame {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double
    var x: Scale
    var y: Scale
    /// Whether the names stand on the y axis, so that values run from left to right.
    var isHorizontal: Bool
    var columnNames: [String]
    var rowNames: [String]

    /// The width of a slot on the axis with names.
    var slotWidth: Double {
        if isHorizontal { return rowNames.isEmpty ? 0 : (bottom - top) / Double(rowNames.count) }
        return columnNames.isEmpty ? 0 : (right - left) / Double(columnNames.count)
    }

    /// Where a slot and a value meet.
    func corner(slot: Double, value: Double) -> Scene.Corner? {
        if isHorizontal {
            guard let across = x.clamped(value), let down = y.pixel(slot) else { return nil }
            return Scene.Corner(across, down)
        }
        guard let across = x.pixel(slot), let down = y.clamped(value) else { return nil }
        return Scene.Corner(across, down)
    }
}

extension Axis.Scale {
    var names: [String] { if case .names(let names) = self { names } else { [] } }
    var isHidden: Bool { self == .hidden }
}
