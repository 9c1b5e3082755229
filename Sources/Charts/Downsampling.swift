/// Fewer corners for lines that have more than a screen can show.
enum Downsampling {
    /// For each pixel column the first, lowest, highest and last corner in their order: the line looks the same, and
    /// no extreme is lost. Lines of up to 1,000 corners stay as they are. O(n).
    static func keepingExtremes(_ corners: [Scene.Corner]) -> [Scene.Corner] {
        guard corners.count > 1_000 else { return corners }
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
            for index in Set([start, low, high, end - 1]).sorted() { kept.append(corners[index]) }
            start = end
        }
        return kept
    }
}
