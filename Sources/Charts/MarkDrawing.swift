extension Layout {
    /// Draws a mark; rules and stretches have their own turn, above and below all others.
    mutating func draw(_ mark: Mark, _ frame: Frame) {
        switch mark {
        case .line(let points, let tone, let dashed, let label): drawLine(points, tone, dashed, label, frame)
        case .band(let spans, let tone, _): drawBand(spans, tone, frame)
        case .dots(let points, let tone, _): drawDots(points, tone, frame)
        case .bars(let rows, let tone): drawBars(rows, tone, frame)
        case .bins(let bins, let tone): drawBins(bins, tone, frame)
        case .boxes(let boxes, let tone): drawBoxes(boxes, tone, frame)
        case .intervals(let rows, let tone): drawIntervals(rows, tone, frame)
        case .cells(let cells): drawCells(cells, frame)
        case .rule, .stretch: break
        }
    }

    mutating func add(_ stretches: [Scene.Stretch], _ form: Scene.Form, _ ink: Scene.Ink, text: String? = nil) {
        let filled = stretches.filter { !$0.corners.isEmpty }
        if !filled.isEmpty { items.append(.shape(.init(filled), .init(form, ink), text: text)) }
    }

    private mutating func drawLine(
        _ points: [Mark.Point], _ tone: Tone, _ dashed: Bool, _ label: String?, _ frame: Frame
    ) {
        var stretches: [Scene.Stretch] = [.init([])]
        for point in points {
            if let y = point.y, let across = frame.x.pixel(point.x), let down = frame.y.clamped(y) {
                stretches[stretches.count - 1].corners.append(.init(across, down))
            } else if stretches.last?.corners.isEmpty == false {
                stretches.append(.init([]))
            }
        }
        // A value between two gaps has no line to be on: it is shown as a dot.
        add(stretches.filter { $0.corners.count == 1 }, .dot, .tone(tone))
        add(
            stretches.filter { $0.corners.count > 1 }.map { .init(Downsampling.keepingExtremes($0.corners)) },
            dashed ? .dashed : .line, .tone(tone))
        if let label, let end = stretches.last(where: { !$0.corners.isEmpty })?.corners.last {
            labels.append(DirectLabel(text: label, tone: tone, at: end))
        }
    }

    private mutating func drawBand(_ spans: [Mark.Span], _ tone: Tone, _ frame: Frame) {
        var stretches: [Scene.Stretch] = []
        var (above, below): ([Scene.Corner], [Scene.Corner]) = ([], [])
        func close() {
            let upper = Downsampling.keepingExtremes(above)
            let lower = Downsampling.keepingExtremes(below)
            if above.count > 1 { stretches.append(.init(upper + lower.reversed(), isClosed: true)) }
            (above, below) = ([], [])
        }
        for span in spans {
            if let low = span.low, let high = span.high, let across = frame.x.pixel(span.x),
                let upper = frame.y.clamped(high), let lower = frame.y.clamped(low)
            {
                above.append(.init(across, upper))
                below.append(.init(across, lower))
            } else {
                close()
            }
        }
        close()
        add(stretches, .band, .tone(tone))
    }

    private mutating func drawDots(_ points: [Mark.Point], _ tone: Tone, _ frame: Frame) {
        var plain: [Scene.Stretch] = []
        for point in points {
            guard let y = point.y, let across = frame.x.pixel(point.x), let down = frame.y.clamped(y) else { continue }
            let dot = Scene.Stretch([.init(across, down)])
            if let text = point.text { add([dot], .dot, .tone(tone), text: text) } else { plain.append(dot) }
        }
        add(plain, .dot, .tone(tone))
    }

    private mutating func drawBars(_ rows: [Mark.Estimate], _ tone: Tone, _ frame: Frame) {
        let half = max(1, min(18, frame.slotWidth * 0.36))
        var whiskers: [Scene.Stretch] = []
        for row in rows {
            guard let value = row.value, let end = frame.corner(slot: row.slot, value: value),
                let base = frame.corner(slot: row.slot, value: max(0, zero(frame)))
            else { continue }
            let corners: [Scene.Corner] =
                frame.isHorizontal
                ? [
                    .init(base.x, end.y - half), .init(end.x, end.y - half), .init(end.x, end.y + half),
                    .init(base.x, end.y + half),
                ]
                : [
                    .init(end.x - half, base.y), .init(end.x - half, end.y), .init(end.x + half, end.y),
                    .init(end.x + half, base.y),
                ]
            add([.init(corners, isClosed: true)], .fill, .tone(row.tone ?? tone), text: row.text)
            whiskers += whisker(row, frame)
        }
        add(whiskers, .hairline, .axis)
    }

    private func zero(_ frame: Frame) -> Double {
        let domain = frame.isHorizontal ? frame.x.domain : frame.y.domain
        return domain.contains(0) ? 0 : domain.lowerBound
    }

    /// The line of an interval with short ends across.
    private func whisker(_ row: Mark.Estimate, _ frame: Frame) -> [Scene.Stretch] {
        guard let low = row.low, let high = row.high, let from = frame.corner(slot: row.slot, value: low),
            let to = frame.corner(slot: row.slot, value: high)
        else { return [] }
        let (dx, dy) = frame.isHorizontal ? (0.0, 4.0) : (4.0, 0.0)
        let end = { (at: Scene.Corner) in
            Scene.Stretch([.init(at.x - dx, at.y - dy), .init(at.x + dx, at.y + dy)])
        }
        return [.init([from, to]), end(from), end(to)]
    }

    private mutating func drawBins(_ bins: [Mark.Bin], _ tone: Tone, _ frame: Frame) {
        guard let base = frame.y.clamped(0) else { return }
        var stretches: [Scene.Stretch] = []
        for bin in bins where bin.height > 0 {
            guard let left = frame.x.clamped(bin.from), let right = frame.x.clamped(bin.to),
                let top = frame.y.clamped(bin.height)
            else { continue }
            let gap = right - left > 4 ? 0.5 : 0
            stretches.append(
                .init(
                    [
                        .init(left + gap, base), .init(left + gap, top), .init(right - gap, top),
                        .init(right - gap, base),
                    ],
                    isClosed: true))
        }
        add(stretches, .fill, .tone(tone))
    }

    private mutating func drawIntervals(_ rows: [Mark.Estimate], _ tone: Tone, _ frame: Frame) {
        for row in rows {
            guard let value = row.value, let at = frame.corner(slot: row.slot, value: value) else { continue }
            let ink = Scene.Ink.tone(row.tone ?? tone)
            if let low = row.low, let high = row.high, let from = frame.corner(slot: row.slot, value: low),
                let to = frame.corner(slot: row.slot, value: high)
            {
                add([.init([from, to])], .line, ink)
            }
            add([.init([at])], .dot, ink, text: row.text)
        }
    }
}
