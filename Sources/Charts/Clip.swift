/// Cuts paths at the edges of the plot, so that what lies outside is neither drawn nor bent onto the edge.
struct Clip {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double

    func contains(_ corner: Scene.Corner) -> Bool {
        // A hundredth of a pixel of grace for values that stand on the edge.
        corner.x >= left - 0.01 && corner.x <= right + 0.01 && corner.y >= top - 0.01 && corner.y <= bottom + 0.01
    }

    /// The parts of an open path inside the plot, each piece cut edge by edge.
    func line(_ corners: [Scene.Corner]) -> [[Scene.Corner]] {
        if corners.allSatisfy(contains) { return corners.isEmpty ? [] : [corners] }
        var parts: [[Scene.Corner]] = []
        for (from, to) in zip(corners, corners.dropFirst()) {
            guard let (start, end) = segment(from, to) else { continue }
            if parts.last?.last == start { parts[parts.count - 1].append(end) } else { parts.append([start, end]) }
        }
        return parts
    }

    /// The part of an area inside the plot (Sutherland and Hodgman 1974, doi:10.1145/360767.360802).
    func area(_ corners: [Scene.Corner]) -> [Scene.Corner] {
        if corners.allSatisfy(contains) { return corners }
        var kept = corners
        for edge in Edge.allCases {
            var next: [Scene.Corner] = []
            for (index, corner) in kept.enumerated() {
                let before = kept[index == 0 ? kept.count - 1 : index - 1]
                if isInside(corner, edge) != isInside(before, edge) { next.append(crossing(before, corner, edge)) }
                if isInside(corner, edge) { next.append(corner) }
            }
            kept = next
        }
        return kept.count > 2 ? kept : []
    }

    private enum Edge: CaseIterable { case left, top, right, bottom }

    private func isInside(_ corner: Scene.Corner, _ edge: Edge) -> Bool {
        switch edge {
        case .left: corner.x >= left
        case .right: corner.x <= right
        case .top: corner.y >= top
        case .bottom: corner.y <= bottom
        }
    }

    private func crossing(_ a: Scene.Corner, _ b: Scene.Corner, _ edge: Edge) -> Scene.Corner {
        switch edge {
        case .left, .right:
            let x = edge == .left ? left : right
            return .init(x, a.y + (b.y - a.y) * ((x - a.x) / (b.x - a.x)))
        case .top, .bottom:
            let y = edge == .top ? top : bottom
            return .init(a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)), y)
        }
    }

    private func segment(_ from: Scene.Corner, _ to: Scene.Corner) -> (Scene.Corner, Scene.Corner)? {
        var (start, end) = (from, to)
        for edge in Edge.allCases {
            switch (isInside(start, edge), isInside(end, edge)) {
            case (true, true): continue
            case (false, false): return nil
            case (true, false): end = crossing(start, end, edge)
            case (false, true): start = crossing(start, end, edge)
            }
        }
        return (start, end)
    }
}
