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
    /// The ticks of the axes with numbers or worded ticks.
    var xTicks: [Axis.Tick]
    var yTicks: [Axis.Tick]
    /// The pixels between neighbouring slots.
    var slotWidth: Double
    /// Whether the picture has no axes and no words.
    var isBare = false

    var clip: Clip { Clip(left: left, top: top, right: right, bottom: bottom) }

    /// The scale along which values run, where marks stand on slots.
    var values: Scale { isHorizontal ? x : y }

    /// Where a slot and a value meet, the value moved to the nearer end where it lies outside.
    func corner(slot: Double, value: Double, offset: Double = 0) -> Scene.Corner? {
        if isHorizontal {
            guard let across = x.clamped(value), let down = y.pixel(slot) else { return nil }
            return Scene.Corner(across, down + offset)
        }
        guard let across = x.pixel(slot), let down = y.clamped(value) else { return nil }
        return Scene.Corner(across + offset, down)
    }

    /// A rectangle that reaches `half` to both sides of the way from one value to another in a slot.
    func block(slot: Double, from: Double, to: Double, half: Double, offset: Double) -> Scene.Stretch? {
        guard let a = corner(slot: slot, value: from, offset: offset),
            let b = corner(slot: slot, value: to, offset: offset)
        else { return nil }
        let (dx, dy) = isHorizontal ? (0.0, half) : (half, 0.0)
        return .init(
            [
                .init(a.x - dx, a.y - dy), .init(b.x - dx, b.y - dy), .init(b.x + dx, b.y + dy),
                .init(a.x + dx, a.y + dy),
            ],
            isClosed: true)
    }

    /// A short line across the direction of values; nil where the value lies outside the domain, because a line there
    /// would say that it ends at the edge.
    func cross(slot: Double, at value: Double, half: Double, offset: Double) -> Scene.Stretch? {
        guard values.domain.contains(value), let at = corner(slot: slot, value: value, offset: offset) else {
            return nil
        }
        let (dx, dy) = isHorizontal ? (0.0, half) : (half, 0.0)
        return .init([.init(at.x - dx, at.y - dy), .init(at.x + dx, at.y + dy)])
    }
}

extension Axis.Scale {
    var names: [String] { if case .names(let names) = self { names } else { [] } }
    var hasNames: Bool { !names.isEmpty }
    var isHidden: Bool { self == .hidden }
}

extension Axis {
    /// The title with the unit in parentheses; the unit alone where there is no title.
    var heading: String { unit.isEmpty ? title : title.isEmpty ? unit : "\(title) (\(unit))" }
}
