extension Layout {
    /// Bars from zero, then their whiskers above all of them.
    mutating func drawBars(_ rows: [Mark.Estimate], _ tone: Tone, at place: Int, _ frame: Frame) {
        let share = SlotShare(of: place, in: figure.marks, slotWidth: frame.slotWidth, filling: 0.72, atMost: 44)
        var plain: [(ink: Scene.Ink, bars: [Scene.Stretch])] = []
        var whiskers: [Scene.Stretch] = []
        for row in rows {
            guard let value = row.value, value.isFinite,
                let bar = frame.block(
                    slot: row.slot, from: frame.values.base, to: value, half: share.half, offset: share.offset)
            else { continue }
            let ink = Scene.Ink.tone(row.tone ?? tone)
            if let text = row.text {
                add([bar], .fill, ink, text: text)
            } else if let same = plain.firstIndex(where: { $0.ink == ink }) {
                plain[same].bars.append(bar)
            } else {
                plain.append((ink, [bar]))
            }
            whiskers += whisker(row, cap: min(4, share.half * 0.6), offset: share.offset, frame)
        }
        for group in plain { add(group.bars, .fill, group.ink) }
        // On the paper's colour, so that the half inside the bar can be seen.
        add(whiskers, .line, .paper)
        add(whiskers, .hairline, .axis)
    }

    /// The line of an interval, with short ends across where they lie inside the domain.
    func whisker(_ row: Mark.Estimate, cap: Double, offset: Double, _ frame: Frame) -> [Scene.Stretch] {
        guard let low = row.low, let high = row.high,
            let from = frame.corner(slot: row.slot, value: low, offset: offset),
            let to = frame.corner(slot: row.slot, value: high, offset: offset)
        else { return [] }
        let ends =
            cap > 0
            ? [low, high].compactMap { frame.cross(slot: row.slot, at: $0, half: cap, offset: offset) } : []
        return [.init([from, to])] + ends
    }

    /// The bins of a histogram, a hair apart where they are wide enough.
    mutating func drawBins(_ bins: [Mark.Bin], _ tone: Tone, _ frame: Frame) {
        guard let base = frame.y.clamped(frame.y.base) else { return }
        var stretches: [Scene.Stretch] = []
        for bin in bins
        where bin.height > 0 && bin.to >= frame.x.domain.lowerBound && bin.from <= frame.x.domain.upperBound {
            guard let left = frame.x.clamped(bin.from), let right = frame.x.clamped(bin.to),
                let height = frame.y.clamped(bin.height)
            else { continue }
            let gap = right - left > 4 ? 0.5 : 0
            // A bin that holds anything is seen, however high its neighbours are.
            let top = min(height, base - 0.75)
            let corners: [Scene.Corner] = [
                .init(left + gap, base), .init(left + gap, top), .init(right - gap, top), .init(right - gap, base),
            ]
            stretches.append(.init(corners, isClosed: true))
        }
        add(stretches, .fill, .tone(tone))
    }

    /// Dots with their intervals: all lines of a tone are one shape, then the dots.
    mutating func drawIntervals(_ rows: [Mark.Estimate], _ tone: Tone, at place: Int, _ frame: Frame) {
        let share = SlotShare(of: place, in: figure.marks, slotWidth: frame.slotWidth, filling: 0.6, atMost: 16)
        var lines: [(ink: Scene.Ink, parts: [Scene.Stretch])] = []
        var dots: [(ink: Scene.Ink, dot: Scene.Stretch, text: String?)] = []
        for row in rows {
            guard let value = row.value, value.isFinite else { continue }
            let ink = Scene.Ink.tone(row.tone ?? tone)
            let line = whisker(row, cap: 0, offset: share.offset, frame)
            if let same = lines.firstIndex(where: { $0.ink == ink }) {
                lines[same].parts += line
            } else {
                lines.append((ink, line))
            }
            guard frame.values.domain.contains(value),
                let at = frame.corner(slot: row.slot, value: value, offset: share.offset)
            else { continue }
            dots.append((ink, .init([at]), row.text))
        }
        for group in lines { add(group.parts, .line, group.ink) }
        for dot in dots { add([dot.dot], .dot, dot.ink, text: dot.text) }
    }
}
