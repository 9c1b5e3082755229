extension Layout {
    /// Box plots: whiskers, the box from quartile to quartile, a heavy median, the mean as a dot, outlying values small.
    mutating func drawBoxes(_ boxes: [Mark.Box], _ tone: Tone, at place: Int, _ frame: Frame) {
        let share = SlotShare(of: place, in: figure.marks, slotWidth: frame.slotWidth, filling: 0.6, atMost: 30)
        let drawn = boxes.filter { [$0.slot, $0.low, $0.q1, $0.median, $0.q3, $0.high].allSatisfy(\.isFinite) }
            .map { BoxParts($0, share, frame) }
        let bodies = drawn.flatMap(\.body)
        add(drawn.flatMap(\.whiskers), .hairline, .axis)
        add(bodies, .band, .tone(tone))
        add(bodies, .outline, .tone(tone))
        add(drawn.flatMap(\.median), .stroke, .tone(tone))
        add(drawn.flatMap(\.beyond), .speck, .tone(tone))
        add(drawn.flatMap(\.mean), .dot, .tone(tone))
    }
}

/// The parts of one box, each as far as it lies inside the domain.
private struct BoxParts {
    var whiskers: [Scene.Stretch] = []
    var body: [Scene.Stretch] = []
    var median: [Scene.Stretch] = []
    var beyond: [Scene.Stretch] = []
    var mean: [Scene.Stretch] = []

    init(_ box: Mark.Box, _ share: SlotShare, _ frame: Frame) {
        func cross(_ value: Double, _ half: Double) -> [Scene.Stretch] {
            frame.cross(slot: box.slot, at: value, half: half, offset: share.offset).map { [$0] } ?? []
        }
        func line(_ from: Double, _ to: Double) -> [Scene.Stretch] {
            guard let a = frame.corner(slot: box.slot, value: from, offset: share.offset),
                let b = frame.corner(slot: box.slot, value: to, offset: share.offset)
            else { return [] }
            return [.init([a, b])]
        }
        func dot(_ value: Double) -> [Scene.Stretch] {
            guard frame.values.domain.contains(value),
                let at = frame.corner(slot: box.slot, value: value, offset: share.offset)
            else { return [] }
            return [.init([at])]
        }
        whiskers = line(box.low, box.q1) + line(box.q3, box.high)
        whiskers += cross(box.low, share.half / 2) + cross(box.high, share.half / 2)
        if let block = frame.block(slot: box.slot, from: box.q1, to: box.q3, half: share.half, offset: share.offset) {
            body = [block]
        }
        median = cross(box.median, share.half)
        beyond = box.outliers.flatMap(dot)
        mean = box.mean.map(dot) ?? []
    }
}
