/// Fewer corners for lines that have more than a screen can show.
enum Downsampling {
    /// For each pixel column the first, lowest, highest and last corner in their order, so that the line looks the same
    /// and no extreme is lost (M4, Jugel et al. 2014, doi:10.14778/2732951.2732953). Lines with at most two corners for
    /// each pixel of their width stay as they are. O(n).
    static func keepingExtremes(_ corners: [Scene.Corner]) -> [Scene.Corner] {
        guard let first = corners.first, let last = corners.last,
            Double(corners.count) > 2 * max(abs(last.x - first.x), 32)
        else { return corners }
        var kept: [Scene.Corner] = []
        var start = 0
        while start < corners.count {
            let column = corners[start].x.rounded(.down)
            var end = start
            var (low, high) = (start, start)
            while end < corners.count, corners[end].x.rounded(.down) == column {
                if corners[end].y < corners[low].y { low = end }
                if corners[end].y > corners[high].y { high = end }
                end += 1
            }
            var before = -1
            for index in [start, min(low, high), max(low, high), end - 1] where index > before {
                kept.append(corners[index])
                before = index
            }
            start = end
        }
        return kept
    }
}
