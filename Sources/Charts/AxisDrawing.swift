extension Layout {
    /// Grid, axis lines and tick labels.
    mutating func drawAxes(_ frame: Frame) {
        guard !figure.x.scale.isHidden else { return }
        if frame.isHorizontal { drawRowNames(frame) } else { drawValueGrid(frame) }
        if frame.columnNames.isEmpty { drawPositionAxis(frame) } else { drawColumnNames(frame) }
        drawBase(frame)
        if !figure.x.title.isEmpty {
            write(
                figure.x.heading, x: frame.right, y: size.height - 5, .end, .title, size: TextSize.title,
                within: frame.right)
        }
    }

    /// Horizontal grid lines with their numbers.
    private mutating func drawValueGrid(_ frame: Frame) {
        var grid: [Scene.Stretch] = []
        for tick in frame.yTicks {
            guard let y = frame.y.pixel(tick.position) else { continue }
            grid.append(.init([.init(frame.left, onPixel(y)), .init(frame.right, onPixel(y))]))
        }
        add(grid, .hairline, .grid)
        for tick in frame.yTicks {
            guard let y = frame.y.pixel(tick.position) else { continue }
            write(tick.label, x: frame.left - 6, y: y + 4, .end, .tick, size: TextSize.tick)
        }
    }

    /// Ticks along the bottom; on a horizontal figure they are grid lines.
    private mutating func drawPositionAxis(_ frame: Frame) {
        let placed = frame.xTicks.compactMap { tick in frame.x.pixel(tick.position).map { (x: $0, label: tick.label) } }
            .sorted { $0.x < $1.x }
        let lines = placed.map { tick in
            let from = frame.isHorizontal ? frame.top : frame.bottom
            let to = frame.isHorizontal ? frame.bottom : frame.bottom + 4
            return Scene.Stretch([.init(onPixel(tick.x), from), .init(onPixel(tick.x), to)])
        }
        add(lines, .hairline, frame.isHorizontal ? .grid : .axis)
        for tick in thinned(placed) {
            let half = measure.width(tick.label, TextSize.tick) / 2
            let x = max(half, min(tick.x, size.width - half))
            write(tick.label, x: x, y: frame.bottom + 16, .middle, .tick, size: TextSize.tick)
        }
    }

    /// Every k-th tick with the smallest k at which no two labels touch.
    private func thinned(_ ticks: [(x: Double, label: String)]) -> [(x: Double, label: String)] {
        let halves = ticks.map { measure.width($0.label, TextSize.tick) / 2 }
        for every in 1...max(1, ticks.count) {
            let kept = Array(stride(from: 0, to: ticks.count, by: every))
            let isClear = zip(kept, kept.dropFirst()).allSatisfy { before, after in
                ticks[after].x - halves[after] - (ticks[before].x + halves[before]) >= 8
            }
            if isClear { return kept.map { ticks[$0] } }
        }
        return ticks
    }

    /// The line from which values are read: at zero where the axis shows it, else along the bottom.
    private mutating func drawBase(_ frame: Frame) {
        let isGrid = figure.marks.contains { if case .cells = $0 { true } else { false } }
        guard !isGrid else { return }
        let zero = frame.values.kind == .linear && frame.values.domain.contains(0) ? frame.values.pixel(0) : nil
        if frame.isHorizontal {
            guard let zero else { return }
            add([.init([.init(onPixel(zero), frame.top), .init(onPixel(zero), frame.bottom)])], .hairline, .axis)
        } else {
            let isInside = zero.map { $0 < frame.bottom - 1 && frame.columnNames.isEmpty == false } ?? false
            let y = onPixel(isInside ? zero ?? frame.bottom : frame.bottom)
            add([.init([.init(frame.left, y), .init(frame.right, y)])], .hairline, .axis)
            if let zero, !isInside, zero < frame.bottom - 1 {
                add([.init([.init(frame.left, onPixel(zero)), .init(frame.right, onPixel(zero))])], .hairline, .axis)
            }
        }
    }

    /// Names under their columns.
    private mutating func drawColumnNames(_ frame: Frame) {
        let fit = NameFit(frame.columnNames, slot: frame.slotWidth(columns: frame.columnNames.count), measure)
        for (column, name) in frame.columnNames.enumerated() where column % fit.every == 0 {
            guard let x = frame.x.pixel(Double(column)) else { continue }
            writeName(name, x: x, y: frame.bottom + 16, .middle, lines: fit.lines, width: fit.width)
        }
    }

    /// Names beside their rows.
    private mutating func drawRowNames(_ frame: Frame) {
        let height = (frame.bottom - frame.top) / Double(max(1, frame.rowNames.count))
        let every = max(1, Int((12 / height).rounded(.up)))
        for (row, name) in frame.rowNames.enumerated() where row % every == 0 {
            guard let y = frame.y.pixel(Double(row)) else { continue }
            let lines = height >= 28 ? 2 : 1
            writeName(name, x: frame.left - 8, y: y + 4, .end, lines: lines, width: frame.left - 8, centred: true)
        }
    }

    private mutating func writeName(
        _ name: String, x: Double, y: Double, _ anchor: Scene.Anchor, lines: Int, width: Double, centred: Bool = false
    ) {
        let shown =
            lines > 1
            ? measure.wrapped(name, size: TextSize.tick, to: width)
            : [measure.fitted(name, size: TextSize.tick, to: width)]
        let isWhole = shown.joined(separator: " ") == name
        let lift = centred ? Double(shown.count - 1) * TextSize.line / 2 : 0
        for (index, line) in shown.enumerated() {
            let y = y - lift + Double(index) * TextSize.line
            items.append(.text(.init(line, x: x, y: y, anchor: anchor, role: .tick, whole: isWhole ? nil : name)))
        }
    }

    /// The nearest middle of a pixel, where a thin line is sharp.
    func onPixel(_ value: Double) -> Double { value.rounded(.down) + 0.5 }
}

extension Frame {
    func slotWidth(columns: Int) -> Double { (right - left) / Double(max(1, columns)) }
}
