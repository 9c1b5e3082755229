extension Layout {
    mutating func drawBoxes(_ boxes: [Mark.Box], _ tone: Tone, _ frame: Frame) {
        let half = max(3, min(14, frame.slotWidth * 0.3))
        for box in boxes {
            drawBox(box, half, tone, frame)
            let beyond = box.outliers.compactMap { frame.corner(slot: box.slot, value: $0) }.map { Scene.Stretch([$0]) }
            add(beyond, .dot, .tone(.muted))
        }
    }

    private mutating func drawBox(_ box: Mark.Box, _ half: Double, _ tone: Tone, _ frame: Frame) {
        let values = [box.low, box.q1, box.median, box.q3, box.high]
        let at = values.compactMap { frame.corner(slot: box.slot, value: $0) }
        guard at.count == values.count else { return }
        let (dx, dy) = frame.isHorizontal ? (0.0, half) : (half, 0.0)
        let across = { (point: Scene.Corner, share: Double) in
            Scene.Stretch([
                .init(point.x - dx * share, point.y - dy * share), .init(point.x + dx * share, point.y + dy * share),
            ])
        }
        let body = Scene.Stretch(
            [
                .init(at[1].x - dx, at[1].y - dy), .init(at[1].x + dx, at[1].y + dy), .init(at[3].x + dx, at[3].y + dy),
                .init(at[3].x - dx, at[3].y - dy),
            ], isClosed: true)
        add([.init([at[0], at[1]]), .init([at[3], at[4]]), across(at[0], 0.5), across(at[4], 0.5)], .hairline, .axis)
        add([body], .band, .tone(tone))
        add([body], .outline, .tone(tone))
        add([across(at[2], 1)], .line, .tone(tone))
        if let mean = box.mean, let point = frame.corner(slot: box.slot, value: mean) {
            add([.init([point])], .dot, .tone(.accent))
        }
    }

    mutating func drawCells(_ cells: [Mark.Cell], _ frame: Frame) {
        guard !frame.columnNames.isEmpty, !frame.rowNames.isEmpty else { return }
        let width = (frame.right - frame.left) / Double(frame.columnNames.count)
        let height = (frame.bottom - frame.top) / Double(frame.rowNames.count)
        for cell in cells {
            let left = frame.left + Double(cell.column) * width
            let top = frame.top + Double(cell.row) * height
            let corners: [Scene.Corner] = [
                .init(left + 0.5, top + 0.5), .init(left + width - 0.5, top + 0.5),
                .init(left + width - 0.5, top + height - 0.5), .init(left + 0.5, top + height - 0.5),
            ]
            guard let tone = cell.tone else {
                add([.init(corners, isClosed: true)], .outline, .grid, text: cell.text)
                continue
            }
            let fits = cell.text.map { measure.width($0, TextSize.tick) <= width - 4 } ?? false
            add([.init(corners, isClosed: true)], .fill, .tone(tone), text: fits ? nil : cell.text)
            if let text = cell.text, fits {
                items.append(
                    .text(
                        text, x: left + width / 2, y: top + height / 2 + 4, anchor: .middle,
                        role: .cell(onDark: tone.isStrong)))
            }
        }
    }
}

extension Tone {
    /// Whether words on this colour must be light (in the light scheme).
    fileprivate var isStrong: Bool {
        switch self {
        case .sequential(let share): share > 0.55
        case .diverging(let share): abs(share) > 0.6
        default: true
        }
    }
}
