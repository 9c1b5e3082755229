/// A column as a constant plus weights times other columns, up to the rounding of what was written.
///
/// The column is fitted by least squares to all others that do not depend on each other. It is a combination where nothing more is
/// left of any row than the last decimals of the column and of its parts can hide, a half of each times its weight, and where R²
/// is at least 0.99: a scale of few values hides anything in its last place. Parts without which the rest still fits are left
/// out, the least first.
public struct ExactCombination: Sendable, Hashable {
    /// The constant.
    public let constant: Double
    /// The columns that take part, ascending, each with its weight.
    public let weights: [Weight]

    /// A column that takes part.
    public struct Weight: Sendable, Hashable {
        /// Its place among the columns.
        public let column: Int
        /// What it is multiplied with.
        public let weight: Double
    }

    /// Fewest rows that a relation is told from.
    static let fewestRows = 30
    private static let leastRSquared = 0.99
    /// What least squares may miss the bound by, because it does not know the weights that were meant.
    private static let slack = 1.1

    /// The combination of `columns` that gives `y`; nil without one, below 30 rows and for equal values.
    ///
    /// All columns are as long as `y` and finite. Cost: one regression, and for a combination two for each column.
    public static func of(_ y: [Double], among columns: [[Double]]) -> ExactCombination? {
        guard y.count >= Swift.max(fewestRows, 3 * (columns.count + 1)), Moments(y).m2 > 0 else { return nil }
        let units = columns.map(unit)
        let own = unit(y)
        let varying = columns.indices.filter { Moments(columns[$0]).m2 > 0 }
        guard var fit = Fit(y, columns, varying) ?? Fit(y, columns, independent(varying, columns)),
            fit.isExact(y, own, units)
        else { return nil }
        let size = { (place: Int) in
            abs(fit.weights[place]) * (Moments(columns[fit.chosen[place]]).standardDeviation ?? 0)
        }
        for column in fit.chosen.indices.sorted(by: { size($0) < size($1) }).map({ fit.chosen[$0] })
        where fit.chosen.count > 1 {
            if let smaller = Fit(y, columns, fit.chosen.filter { $0 != column }), smaller.isExact(y, own, units) {
                fit = smaller
            }
        }
        return ExactCombination(
            constant: fit.constant,
            weights: zip(fit.chosen, fit.weights).map { Weight(column: $0, weight: $1) }
                .sorted { $0.column < $1.column })
    }

    /// Those of the columns that none before them gives.
    private static func independent(_ places: [Int], _ columns: [[Double]]) -> [Int] {
        places.reduce(into: []) { kept, place in
            if kept.isEmpty || Fit(columns[place], columns, kept).map({ 1 - $0.rSquared > 1e-9 }) ?? false {
                kept.append(place)
            }
        }
    }

    private struct Fit {
        let chosen: [Int]
        let constant: Double
        let weights: [Double]
        let residuals: [Double]
        let rSquared: Double

        /// Nil for columns that depend on each other.
        init?(_ y: [Double], _ columns: [[Double]], _ chosen: [Int]) {
            let ones = [Double](repeating: 1, count: y.count)
            let found: Regression?
            do throws(Undefined) {
                found = try Regression(columns: [ones] + chosen.map { columns[$0] }, y: y)
            } catch {
                found = nil
            }
            guard let found else { return nil }
            self.chosen = chosen
            constant = found.coefficients[0].estimate
            weights = found.coefficients.dropFirst().map(\.estimate)
            (residuals, rSquared) = (found.residuals, found.rSquared)
        }

        func isExact(_ y: [Double], _ own: Double, _ units: [Double]) -> Bool {
            guard rSquared >= leastRSquared else { return false }
            let largest = y.reduce(0) { max($0, abs($1)) }
            let bound = zip(chosen, weights).reduce(own / 2 + 1e-9 * largest) { $0 + abs($1.1) * units[$1.0] / 2 }
            return residuals.allSatisfy { abs($0) <= slack * bound }
        }
    }

    /// The last decimal that any value has, 1 for whole numbers; 0 beyond the sixth.
    private static func unit(_ values: [Double]) -> Double {
        var unit = 1.0
        var scale = 1.0
        for _ in 0...6 {
            if values.allSatisfy({ abs($0 * scale - ($0 * scale).rounded()) <= 1e-6 }) { return unit }
            scale *= 10
            unit = 1 / scale
        }
        return 0
    }
}
