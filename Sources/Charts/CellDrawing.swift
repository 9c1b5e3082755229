extension Layout {
    /// Cells of a grid. Words stand inside where all of them fit, otherwise each is read out; empty cells are outlines
    /// struck through, so that they are no colour of the ramp.
    mutating func drawCells(_ cells: [Mark.Cell], _ frame: Frame) {
        let (columns, rows) = (frame.columnNames.count, frame.rowNames.count)
        guard columns > 0, rows > 0 else { return }
        let (width, height) = ((frame.right - frame.left) / Double(columns), (frame.bottom - frame.top) / Double(rows))
        let inside = cells.filter { (0..<columns).contains($0.column) && (0..<rows).contains($0.row) }
        let fits = height >= 13 && measure.widest(inside.compactMap(\.text), size: TextSize.note) <= width - 4
        var areas: [(tone: Tone?, text: String?, parts: [Scene.Stretch])] = []
        for cell in inside {
            let left = frame.left + Double(cell.column) * width
            let top = frame.top + Double(cell.row) * height
            let tone = cell.tone.flatMap(\.onStep)
            let text = fits ? nil : cell.text
            let parts = tone == nil ? empty(left, top, width, height) : [box(left, top, width, height, gap: 0.5)]
            if text == nil, let same = areas.firstIndex(where: { $0.text == nil && $0.tone == tone }) {
                areas[same].parts += parts
            } else {
                areas.append((tone, text, parts))
            }
        }
        for area in areas {
            add(
                area.parts, area.tone == nil ? .outline : .fill, area.tone.map { .tone($0) } ?? .grid, text: area.text)
        }
        if fits { writeCells(inside, width, height, frame) }
    }

    private mutating func writeCells(_ cells: [Mark.Cell], _ width: Double, _ height: Double, _ frame: Frame) {
        for cell in cells {
            guard let text = cell.text, !text.isEmpty else { continue }
            let x = frame.left + (Double(cell.column) + 0.5) * width
            let y = frame.top + (Double(cell.row) + 0.5) * height + 4
            let role = Scene.TextRole.cell(onDark: cell.tone?.isStrong ?? false)
            write(text, x: x, y: y, .middle, role, size: TextSize.note)
        }
    }

    private func box(_ left: Double, _ top: Double, _ width: Double, _ height: Double, gap: Double) -> Scene.Stretch {
        let (x, y) = (left + gap, top + gap)
        let (right, bottom) = (left + width - gap, top + height - gap)
        return .init([.init(x, y), .init(right, y), .init(right, bottom), .init(x, bottom)], isClosed: true)
    }

    private func empty(_ left: Double, _ top: Double, _ width: Double, _ height: Double) -> [Scene.Stretch] {
        let strike = min(4, width / 4, height / 4)
        let (x, y) = (left + width / 2, top + height / 2)
        return [
            box(left, top, width, height, gap: 1),
            .init([.init(x - strike, y + strike), .init(x + strike, y - strike)]),
        ]
    }
}
