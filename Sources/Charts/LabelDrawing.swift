extension Layout {
    mutating func drawStretches(_ frame: Frame) {
        for mark in figure.marks {
            guard case .stretch(let from, let to, let tone, let label) = mark, let left = frame.x.clamped(from),
                let right = frame.x.clamped(to)
            else { continue }
            let corners: [Scene.Corner] = [
                .init(left, frame.top), .init(right, frame.top), .init(right, frame.bottom), .init(left, frame.bottom),
            ]
            add([.init(corners, isClosed: true)], .band, .tone(tone), text: label)
        }
    }

    /// Rules above the marks. Labels of vertical rules stand at the top, on further lines where they would touch.
    mutating func drawRules(_ frame: Frame) {
        var ends: [Double] = []
        for mark in figure.marks {
            guard case .rule(let at, let vertical, let tone, let label) = mark else { continue }
            if vertical {
                guard frame.x.domain.contains(at), let x = frame.x.pixel(at) else { continue }
                add([.init([.init(x, frame.top), .init(x, frame.bottom)])], .dashed, .tone(tone))
                if let label { place(label, at: x, tone, frame, &ends) }
            } else {
                guard frame.y.domain.contains(at), let y = frame.y.pixel(at) else { continue }
                add([.init([.init(frame.left, y), .init(frame.right, y)])], .dashed, .tone(tone))
                if let label {
                    items.append(.text(label, x: frame.left + 4, y: y - 4, anchor: .start, role: .label(tone)))
                }
            }
        }
    }

    private mutating func place(_ label: String, at x: Double, _ tone: Tone, _ frame: Frame, _ ends: inout [Double]) {
        let text = measure.fitted(label, size: TextSize.label, to: (frame.right - frame.left) * 0.6)
        let width = measure.width(text, TextSize.label)
        let turns = x + 4 + width > frame.right + 40
        let start = turns ? x - 4 - width : x + 4
        let line = ends.firstIndex { $0 < start - 6 } ?? ends.count
        if line == ends.count { ends.append(start + width) } else { ends[line] = start + width }
        guard line < 4 else { return }
        items.append(
            .text(
                text, x: turns ? x - 4 : x + 4, y: frame.top + 10 + Double(line) * 14, anchor: turns ? .end : .start,
                role: .label(tone)))
    }

    /// Labels at the ends of lines, moved apart so that none covers another.
    mutating func drawLabels(_ frame: Frame) {
        let gap = 13.0
        var places = labels.map { min(max($0.at.y, frame.top + 6), frame.bottom - 2) }
        let order = labels.indices.sorted { (places[$0], $0) < (places[$1], $1) }
        for (before, after) in zip(order, order.dropFirst()) where places[after] < places[before] + gap {
            places[after] = places[before] + gap
        }
        if let last = order.last, places[last] > frame.bottom {
            var limit = frame.bottom
            for index in order.reversed() {
                places[index] = min(places[index], limit)
                limit = places[index] - gap
            }
        }
        for index in labels.indices {
            let label = labels[index]
            items.append(
                .text(label.text, x: label.at.x + 6, y: places[index] + 4, anchor: .start, role: .label(label.tone)))
        }
    }
}
