/// The simplex search of Nelder and Mead for a low point of a function of one to four variables.
///
/// Source: J. A. Nelder, R. Mead, Comput. J. 7 (1965), doi:10.1093/comjnl/7.4.308. It needs no derivative and promises no
/// global minimum.
struct NelderMead {
    private typealias Corner = (point: SIMD4<Double>, value: Double)

    private let f: (SIMD4<Double>) -> Double
    private let dimensions: Int
    private var corners: [Corner]
    private var used: Int

    /// Searches until the corners agree to `tolerance` or `evaluations` are spent. Variables beyond `dimensions` stay.
    static func minimise(
        from start: SIMD4<Double>, dimensions: Int, step: Double, evaluations: Int, tolerance: Double = 1e-7,
        _ f: (SIMD4<Double>) -> Double
    ) -> (point: SIMD4<Double>, value: Double) {
        // The closure is kept only while the search runs.
        withoutActuallyEscaping(f) { f in
            var search = NelderMead(f, from: start, dimensions: dimensions, step: step)
            while search.used < evaluations, search.improve(tolerance) {}
            return search.corners.min { $0.value < $1.value } ?? search.corners[0]
        }
    }

    private init(_ f: @escaping (SIMD4<Double>) -> Double, from start: SIMD4<Double>, dimensions: Int, step: Double) {
        (self.f, self.dimensions) = (f, dimensions)
        corners = [(start, f(start))]
        for index in 0..<dimensions {
            var point = start
            point[index] += step
            corners.append((point, f(point)))
        }
        used = corners.count
    }

    /// Replaces the worst corner; false when the corners agree.
    private mutating func improve(_ tolerance: Double) -> Bool {
        corners.sort { $0.value < $1.value }
        let (best, worst) = (corners[0], corners[corners.count - 1])
        if abs(worst.value - best.value) <= tolerance * (abs(best.value) + 1e-300) { return false }
        let mirrored = along(-1)
        if mirrored.value < best.value {
            let further = along(-2)
            corners[corners.count - 1] = further.value < mirrored.value ? further : mirrored
        } else if mirrored.value < corners[corners.count - 2].value {
            corners[corners.count - 1] = mirrored
        } else {
            let inner = along(mirrored.value < worst.value ? -0.5 : 0.5)
            if inner.value < min(worst.value, mirrored.value) { corners[corners.count - 1] = inner } else { shrink() }
        }
        return true
    }

    /// A point on the line from the worst corner through the mean of the others.
    private mutating func along(_ factor: Double) -> Corner {
        let worst = corners[dimensions].point
        var centre = SIMD4<Double>()
        for corner in corners.dropLast() { centre += corner.point / Double(dimensions) }
        let point = centre + factor * (worst - centre)
        used += 1
        return (point, f(point))
    }

    /// Moves every corner halfway to the best one.
    private mutating func shrink() {
        for index in corners.indices.dropFirst() {
            let point = (corners[0].point + corners[index].point) / 2
            corners[index] = (point, f(point))
            used += 1
        }
    }
}
