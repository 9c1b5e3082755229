extension Layout {
    /// Stretches in rows: blocks of one colour and height are one shape but for those that are read out.
    mutating func drawStrips(_ strips: [Mark.Strip], _ frame: Frame) {
        let room = frame.slotWidth * 0.36
        var areas: [(strip: Mark.Strip, parts: [Scene.Stretch])] = []
        for strip in strips where strip.from.isFinite && strip.to.isFinite {
            let half = room * min(1, max(0.1, strip.height))
            guard
                let block = frame.block(slot: strip.slot, from: strip.from, to: strip.to, half: half, offset: 0)
            else { continue }
            let same = areas.firstIndex {
                $0.strip.text == nil && strip.text == nil && $0.strip.tone == strip.tone
            }
            if let same { areas[same].parts.append(block) } else { areas.append((strip, [block])) }
        }
        for area in areas {
            let tone = area.strip.tone
            add(area.parts, tone == nil ? .outline : .fill, tone.map { .tone($0) } ?? .axis, text: area.strip.text)
        }
    }
}
