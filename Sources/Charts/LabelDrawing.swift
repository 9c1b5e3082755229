extension Layout {
    /// A label that wants to stand beside the end of its line.
    struct DirectLabel {
        var text: String
        var tone: Tone
        var at: Scene.Corner
    }

    /// Labels at the ends of lines, moved apart so that none covers another, with a thin line where one had to move.
    mutating func drawLabels(_ frame: Frame) {
        let places = Self.apart(
            labels.map(\.at.y), gap: TextSize.line, within: frame.top + 5...max(frame.top + 5, frame.bottom - 3))
        let hasMoved = zip(labels, places).contains { abs($0.at.y - $1) > 3 }
        for (label, y) in zip(labels, places) {
            let x = label.at.x + (hasMoved ? 14 : 6)
            if abs(label.at.y - y) > 3 {
                add(
                    [.init([.init(label.at.x + 3, label.at.y), .init(label.at.x + 12, y)])], .hairline,
                    .tone(label.tone))
            }
            write(
                label.text, x: x, y: y + 4, .start, .label(label.tone), size: TextSize.label,
                within: size.width - x)
        }
    }

    /// Places nearest to the wanted ones, in order, at least `gap` apart and inside a range as far as there is room:
    /// groups that would overlap are spread around their middle (pool adjacent violators).
    static func apart(_ wanted: [Double], gap: Double, within range: ClosedRange<Double>) -> [Double] {
        let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
        var groups: [(middle: Double, members: [Int])] = []
        for index in order {
            groups.append((wanted[index], [index]))
            while groups.count > 1 {
                let (last, before) = (groups[groups.count - 1], groups[groups.count - 2])
                let reach = gap * Double(last.members.count + before.members.count) / 2
                guard last.middle - before.middle < reach - 1e-9 else { break }
                let members = before.members + last.members
                let middle = members.map { wanted[$0] }.reduce(0, +) / Double(members.count)
                groups.removeLast(2)
                groups.append((middle, members))
            }
            let half = gap * Double(groups[groups.count - 1].members.count - 1) / 2
            let middle = groups[groups.count - 1].middle
            groups[groups.count - 1].middle = max(range.lowerBound + half, min(middle, range.upperBound - half))
        }
        var places = wanted
        for group in groups {
            let start = group.middle - gap * Double(group.members.count - 1) / 2
            for (step, index) in group.members.enumerated() { places[index] = start + Double(step) * gap }
        }
        return places
    }
}
