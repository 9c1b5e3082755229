/// Local regression of evenly spaced values: a weighted straight line around every place.
enum Loess {
    /// Smooths with tricube weights over the nearest `span` places.
    ///
    /// - Parameters:
    ///   - data: The values at 1, 2, 3 …
    ///   - span: How many neighbours count; more than there are widens the reach instead.
    ///   - weights: Further weights of the values, such as those of robustness.
    ///   - beyond: How many places before and after the data are given as well.
    static func smooth(_ data: [Double], span: Int, weights: [Double]?, beyond: Int = 0) -> [Double] {
        let n = data.count
        let width = min(span, n)
        return (-beyond..<n + beyond).map { place in
            let inside = min(max(place, 0), n - 1)
            let left = min(max(inside - width / 2, 0), n - width)
            let value = at(place, data, left..<left + width, span, weights)
            return value ?? data[inside]
        }
    }

    /// The height of the local line at a place; nil when no neighbour has weight.
    private static func at(
        _ place: Int, _ data: [Double], _ window: Range<Int>, _ span: Int, _ weights: [Double]?
    ) -> Double? {
        let extra = span > data.count ? Double((span - data.count) / 2) : 0
        let reach = Double(max(place - window.lowerBound, window.upperBound - 1 - place)) + extra
        var local = window.map { index -> Double in
            let distance = Double(abs(index - place))
            guard distance <= 0.999 * reach else { return 0 }
            let share = distance / reach
            let cube = 1 - share * share * share
            let tricube = distance > 0.001 * reach ? cube * cube * cube : 1
            return tricube * (weights?[index] ?? 1)
        }
        let total = local.reduce(0, +)
        guard total > 0 else { return nil }
        for index in local.indices { local[index] /= total }
        if reach > 0 { tilt(&local, window, towards: Double(place), range: Double(data.count) - 1) }
        return zip(window, local).reduce(0) { $0 + $1.1 * data[$1.0] }
    }

    /// Turns the weights of a mean into those of a line, when the window spreads widely enough to have one.
    private static func tilt(_ local: inout [Double], _ window: Range<Int>, towards place: Double, range: Double) {
        let centre = zip(window, local).reduce(0) { $0 + $1.1 * Double($1.0) }
        let spread = zip(window, local).reduce(0) { $0 + $1.1 * (Double($1.0) - centre) * (Double($1.0) - centre) }
        guard spread.squareRoot() > 0.001 * range else { return }
        let slope = (place - centre) / spread
        for (offset, index) in window.enumerated() { local[offset] *= slope * (Double(index) - centre) + 1 }
    }
}
