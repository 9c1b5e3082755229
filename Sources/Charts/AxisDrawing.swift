extension Layout {
    /// Grid, axis lines, tick labels and titles.
    mutating func drawAxes(_ frame: Frame) {
        guard !figure.x.scale.isHidden else { return }
        drawValueAxis(frame)
        drawBaseAxis(frame)
        let unit = { (axis: Axis) in axis.unit.isEmpty ? axis.title : "\(axis.title) (\(axis.unit))" }
        if !figure.y.title.isEmpty {
            items.append(.text(unit(figure.y), x: 0, y: 12, anchor: .start, role: .title))
        }
        if !figure.x.title.isEmpty {
            items.append(.text(unit(figure.x), x: frame.right, y: frame.bottom + 33, anchor: .end, role: .title))
        }
    }

    /// The y axis: horizontal grid lines with numbers, or names beside their rows.
    private mutating func drawValueAxis(_ frame: Frame) {
        if frame.isHorizontal {
            for (row, name) in frame.rowNames.enumerated() {
                guard let y = frame.y.pixel(Double(row)) else { continue }
                let text = measure.fitted(name, size: TextSize.tick, to: frame.left - 10)
                items.append(.text(text, x: frame.left - 8, y: y + 4, anchor: .end, role: .tick))
            }
            return
        }
        var grid: [Scene.Stretch] = []
        for tick in numericTicks(figure.y, frame.y, count: max(2, Int((frame.bottom - frame.top) / 48))) {
            guard let y = frame.y.pixel(tick.position) else { continue }
            grid.append(.init([.init(frame.left, y), .init(frame.right, y)]))
            items.append(.text(tick.label, x: frame.left - 6, y: y + 4, anchor: .end, role: .tick))
        }
        if !grid.isEmpty { items.append(.shape(.init(grid), .init(.hairline, .grid), text: nil)) }
    }

    /// The x axis: names below their columns, or ticks with a line.
    private mutating func drawBaseAxis(_ frame: Frame) {
        let line = Scene.Stretch([.init(frame.left, frame.bottom), .init(frame.right, frame.bottom)])
        if !frame.columnNames.isEmpty {
            drawColumnNames(frame)
            if !figure.marks.contains(where: { if case .cells = $0 { true } else { false } }) {
                items.append(.shape(.init([line]), .init(.hairline, .axis), text: nil))
            }
            return
        }
        let ticks = numericTicks(figure.x, frame.x, count: max(2, Int((frame.right - frame.left) / 90)))
        var strokes = frame.isHorizontal ? [] : [line]
        var lastEnd = -Double.infinity
        for tick in ticks {
            guard let x = frame.x.pixel(tick.position), x >= frame.left - 1, x <= frame.right + 1 else { continue }
            if frame.isHorizontal {
                strokes.append(.init([.init(x, frame.top), .init(x, frame.bottom)]))
            } else {
                strokes.append(.init([.init(x, frame.bottom), .init(x, frame.bottom + 4)]))
            }
            let half = measure.width(tick.label, TextSize.tick) / 2
            guard x - half > lastEnd + 8 else { continue }
            lastEnd = x + half
            items.append(.text(tick.label, x: x, y: frame.bottom + 17, anchor: .middle, role: .tick))
        }
        let ink: Scene.Ink = frame.isHorizontal ? .grid : .axis
        if !strokes.isEmpty { items.append(.shape(.init(strokes), .init(.hairline, ink), text: nil)) }
    }

    /// Names are thinned evenly where they would touch.
    private mutating func drawColumnNames(_ frame: Frame) {
        let widest = frame.columnNames.map { measure.width($0, TextSize.tick) }.max() ?? 0
        let every = frame.columnNames.count > 12 ? max(1, Int(((widest + 8) / frame.slotWidth).rounded(.up))) : 1
        for (column, name) in frame.columnNames.enumerated() where column % every == 0 {
            guard let x = frame.x.pixel(Double(column)) else { continue }
            let text = measure.fitted(name, size: TextSize.tick, to: frame.slotWidth * Double(every) - 4)
            items.append(.text(text, x: x, y: frame.bottom + 17, anchor: .middle, role: .tick))
        }
    }
}
