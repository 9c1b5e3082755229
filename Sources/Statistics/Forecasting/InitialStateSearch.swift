/// The initial state of exponential smoothing with the least squared errors, for one set of weights after another.
///
/// The errors are linear in the state unless the season is multiplicative: one Gauss–Newton step is then exact, else up to
/// three are made. Each solves least squares by the modified Gram–Schmidt process with the errors as the last column, which is
/// as stable as Householder's reflections: Å. Björck, BIT 7 (1967), doi:10.1007/BF01934122. Storage is kept between
/// calls, because a fit makes hundreds of them. Cost of one: O(n·k²) for k free parts of the state.
struct InitialStateSearch {
    /// A part of the state that is solved for.
    enum Part { case level, slope, season(Int) }

    private let data: [Double]
    private let model: SmoothingModel
    private let rough: SmoothingState
    private let parts: [Part]
    /// Eight values in time to a block.
    private let blocks: Int

    /// What the recursion gives for eight states side by side, value by value, and 0 up to whole blocks.
    private var lanes: [SIMD8<Double>]
    /// How the errors fall as each part grows, block by block; orthogonal to those before after `project`.
    private var columns: [SIMD8<Double>]
    private var errors: [SIMD8<Double>]
    private var trial: [SIMD8<Double>]
    private var triangle: [Double]
    private var shares: [Double]

    init(_ data: [Double], _ model: SmoothingModel, rough: SmoothingState, parts: [Part]) {
        (self.data, self.model, self.rough, self.parts) = (data, model, rough, parts)
        blocks = (data.count + 7) / 8
        lanes = [SIMD8<Double>](repeating: .zero, count: 8 * blocks)
        columns = [SIMD8<Double>](repeating: .zero, count: 8 * ((parts.count + 7) / 8) * blocks)
        errors = [SIMD8<Double>](repeating: .zero, count: blocks)
        trial = errors
        triangle = [Double](repeating: 0, count: parts.count * parts.count)
        shares = [Double](repeating: 0, count: parts.count)
    }

    /// The least sum of squared errors that these weights allow, as far as the search goes; not finite where they run away.
    mutating func leastSquares(_ weights: SmoothingWeights) -> Double { search(weights, needsState: false).squares }

    /// The state that these weights go best with.
    mutating func state(_ weights: SmoothingWeights) -> SmoothingState { search(weights, needsState: true).state }

    private mutating func search(
        _ weights: SmoothingWeights, needsState: Bool
    ) -> (squares: Double, state: SmoothingState) {
        var state = rough
        Self.residuals(of: data, model, weights, from: state, into: &errors)
        var best = Self.squares(errors)
        guard best.isFinite else { return (best, state) }
        // Weights for which a part of the state leaves no trace in the errors keep the state as it is.
        guard model.season == .multiplicative else {
            setColumns(weights, from: SmoothingState(level: 0, seasonal: rough.seasonal.map { _ in 0 }))
            if project() {
                best = min(best, Self.squares(trial))
                if needsState { state = moved(state) }
            }
            return (best, state)
        }
        for _ in 0..<3 {
            setColumns(weights, from: state)
            guard project() else { break }
            let next = moved(state)
            Self.residuals(of: data, model, weights, from: next, into: &trial)
            let squares = Self.squares(trial)
            guard squares < best else { break }
            let gain = best - squares
            (state, best) = (next, squares)
            swap(&errors, &trial)
            // Gauss–Newton nears its end by squares here: a next step would gain far less than the search for weights asks, 1e-7.
            if gain <= 1e-6 * best { break }
        }
        return (best, state)
    }

    // MARK: How the errors move with the state

    /// The fall of the errors as each part grows: for linear models from a state of 0 and data of 0, which makes it exact, else
    /// by differences.
    private mutating func setColumns(_ weights: SmoothingWeights, from state: SmoothingState) {
        let isLinear = model.season != .multiplicative
        let y = isLinear ? [] : data
        for first in stride(from: 0, to: parts.count, by: 8) {
            let group = parts[first..<min(first + 8, parts.count)]
            let sizes = group.map { isLinear ? 1 : size($0) }
            var start = StateLanes(state)
            for (lane, part) in group.enumerated() { start.change(part, by: sizes[lane], in: lane) }
            SmoothingRecursion.errors(of: y, count: data.count, model, weights, from: start, into: &lanes)
            for block in 0..<blocks {
                let place = 8 * block
                turn(block, from: place, to: first)
            }
            for (lane, size) in sizes.enumerated() {
                let column = (first + lane) * blocks
                for block in 0..<blocks {
                    columns[column + block] = ((isLinear ? .zero : errors[block]) - columns[column + block]) / size
                }
            }
        }
    }

    /// Eight rows of eight lanes become a block of each of eight columns.
    private mutating func turn(_ block: Int, from place: Int, to first: Int) {
        let (a, b, c, d) = (lanes[place], lanes[place + 1], lanes[place + 2], lanes[place + 3])
        let (e, f, g, h) = (lanes[place + 4], lanes[place + 5], lanes[place + 6], lanes[place + 7])
        let at = first * blocks + block
        columns[at] = SIMD8(a[0], b[0], c[0], d[0], e[0], f[0], g[0], h[0])
        columns[at + blocks] = SIMD8(a[1], b[1], c[1], d[1], e[1], f[1], g[1], h[1])
        columns[at + 2 * blocks] = SIMD8(a[2], b[2], c[2], d[2], e[2], f[2], g[2], h[2])
        columns[at + 3 * blocks] = SIMD8(a[3], b[3], c[3], d[3], e[3], f[3], g[3], h[3])
        columns[at + 4 * blocks] = SIMD8(a[4], b[4], c[4], d[4], e[4], f[4], g[4], h[4])
        columns[at + 5 * blocks] = SIMD8(a[5], b[5], c[5], d[5], e[5], f[5], g[5], h[5])
        columns[at + 6 * blocks] = SIMD8(a[6], b[6], c[6], d[6], e[6], f[6], g[6], h[6])
        columns[at + 7 * blocks] = SIMD8(a[7], b[7], c[7], d[7], e[7], f[7], g[7], h[7])
    }

    private func size(_ part: Part) -> Double {
        if case .season = part, model.season == .multiplicative { return 1e-4 }
        return max(abs(rough.level) * 1e-4, 1e-8)
    }

    // MARK: Least squares

    /// Leaves in `trial` what of the errors the columns do not explain; false where a column adds next to nothing to those
    /// before it, or is not finite.
    private mutating func project() -> Bool {
        let k = parts.count
        trial = errors
        let lengths = (0..<k).map { Self.dot(columns, $0 * blocks, columns, $0 * blocks, blocks).squareRoot() }
        for j in 0..<k {
            let own = j * blocks
            let length = Self.dot(columns, own, columns, own, blocks).squareRoot()
            // What remains of a column is then rounding: some seven digits of it are left above the last one of its own.
            guard length > 1e-9 * lengths[j], length.isFinite else { return false }
            for block in own..<own + blocks { columns[block] /= length }
            triangle[j * k + j] = length
            for later in (j + 1)..<max(j + 1, k) {
                let share = Self.dot(columns, own, columns, later * blocks, blocks)
                triangle[j * k + later] = share
                for block in 0..<blocks { columns[later * blocks + block] -= share * columns[own + block] }
            }
            let share = Self.dot(columns, own, trial, 0, blocks)
            shares[j] = share
            for block in 0..<blocks { trial[block] -= share * columns[own + block] }
        }
        return true
    }

    @inline(__always)
    private static func dot(
        _ a: [SIMD8<Double>], _ i: Int, _ b: [SIMD8<Double>], _ j: Int, _ blocks: Int
    ) -> Double {
        var sum = SIMD8<Double>()
        for block in 0..<blocks { sum += a[i + block] * b[j + block] }
        return sum.sum()
    }

    /// The state moved by the solution of the last projection.
    private func moved(_ state: SmoothingState) -> SmoothingState {
        let k = parts.count
        var moves = shares
        for i in (0..<k).reversed() {
            for j in (i + 1)..<max(i + 1, k) { moves[i] -= triangle[i * k + j] * moves[j] }
            moves[i] /= triangle[i * k + i]
        }
        var next = state
        for (part, amount) in zip(parts, moves) {
            switch part {
            case .level: next.level += amount
            case .slope: next.slope += amount
            case .season(let index):
                next.seasonal[index] += amount
                next.seasonal[model.period - 1] -= amount
            }
        }
        return next
    }

    private static func squares(_ errors: [SIMD8<Double>]) -> Double {
        dot(errors, 0, errors, 0, errors.count)
    }

    private static func residuals(
        of data: [Double], _ model: SmoothingModel, _ weights: SmoothingWeights, from state: SmoothingState,
        into errors: inout [SIMD8<Double>]
    ) {
        var recursion = SmoothingRecursion(model, weights, state)
        for block in errors.indices {
            var values = SIMD8<Double>()
            for place in 8 * block..<min(8 * block + 8, data.count) {
                values[place % 8] = recursion.advance(data[place])
            }
            errors[block] = values
        }
    }
}

/// Eight states side by side.
struct StateLanes {
    var level: SIMD8<Double>
    var slope: SIMD8<Double>
    var seasonal: [SIMD8<Double>]

    /// Eight times the same.
    init(_ state: SmoothingState) {
        level = SIMD8(repeating: state.level)
        slope = SIMD8(repeating: state.slope)
        seasonal = state.seasonal.map { SIMD8(repeating: $0) }
    }

    /// Seasonal values keep their sum: the last one gives what another takes.
    mutating func change(_ part: InitialStateSearch.Part, by amount: Double, in lane: Int) {
        switch part {
        case .level: level[lane] += amount
        case .slope: slope[lane] += amount
        case .season(let index):
            seasonal[index][lane] += amount
            seasonal[seasonal.count - 1][lane] -= amount
        }
    }
}
