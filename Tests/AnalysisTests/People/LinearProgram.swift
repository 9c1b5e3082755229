/// A linear program over variables from 0 on, solved by the two-phase simplex method with Bland's rule
/// (R. G. Bland, Mathematics of Operations Research 2 (1977) 103–107, doi:10.1287/moor.2.2.103), which cannot cycle.
///
/// Written for the attack on published tables alone; it shares no code with what guards them.
struct LinearProgram {
    enum Relation {
        case equal
        case atMost
        case atLeast
    }

    private let variables: Int
    private var rows: [(coefficients: [Double], relation: Relation, right: Double)] = []

    init(variables: Int) { self.variables = variables }

    /// Asks that the sum of some variables stands in a relation to a number that is not negative.
    mutating func require(_ sum: some Sequence<Int>, _ relation: Relation, _ right: Double) {
        var coefficients = [Double](repeating: 0, count: variables)
        for variable in sum { coefficients[variable] += 1 }
        rows.append((coefficients, relation, right))
    }

    /// The smallest and the largest value of a sum of variables; nil where nothing fits.
    func range(of sum: some Sequence<Int>) -> ClosedRange<Double>? {
        var coefficients = [Double](repeating: 0, count: variables)
        for variable in sum { coefficients[variable] += 1 }
        guard var tableau = Tableau(rows, variables: variables) else { return nil }
        let most = tableau.maximum(coefficients)
        let least = -tableau.maximum(coefficients.map { -$0 })
        return least...max(least, most)
    }

    /// The rows in terms of a basis.
    private struct Tableau {
        private let width: Int
        private let usable: Int
        private var rows: [[Double]] = []
        private var basis: [Int] = []
        private static let zero = 1e-9

        /// A feasible basis; nil where there is none.
        init?(_ constraints: [(coefficients: [Double], relation: Relation, right: Double)], variables: Int) {
            let slacks = constraints.count { $0.relation != .equal }
            usable = variables + slacks
            width = usable + constraints.count
            var slack = variables
            for (number, constraint) in constraints.enumerated() {
                var row = [Double](repeating: 0, count: width + 1)
                for (place, value) in constraint.coefficients.enumerated() { row[place] = value }
                row[width] = constraint.right
                var start = usable + number
                switch constraint.relation {
                case .equal: row[start] = 1
                case .atMost:
                    row[slack] = 1
                    start = slack
                case .atLeast:
                    row[slack] = -1
                    row[start] = 1
                }
                if constraint.relation != .equal { slack += 1 }
                rows.append(row)
                basis.append(start)
            }
            var costs = [Double](repeating: 0, count: width)
            for place in usable..<width { costs[place] = -1 }
            guard optimum(costs, upTo: width) > -1e-6 else { return nil }
        }

        mutating func maximum(_ objective: [Double]) -> Double {
            optimum(objective + [Double](repeating: 0, count: width - objective.count), upTo: usable)
        }

        /// Moves to a basis with the largest value of an objective, letting only the first variables in.
        private mutating func optimum(_ costs: [Double], upTo limit: Int) -> Double {
            while let entering = (0..<limit).first(where: { gain(of: $0, costs) > Self.zero }) {
                var leaving: Int?
                var least = Double.infinity
                for row in rows.indices where rows[row][entering] > Self.zero {
                    let ratio = rows[row][width] / rows[row][entering]
                    let isBetter = ratio < least - Self.zero
                    let isTie = ratio <= least + Self.zero && leaving.map { basis[row] < basis[$0] } ?? true
                    if isBetter || isTie {
                        least = min(least, ratio)
                        leaving = row
                    }
                }
                guard let leaving else { return .infinity }
                pivot(leaving, entering)
            }
            return rows.indices.reduce(0) { $0 + costs[basis[$1]] * rows[$1][width] }
        }

        private func gain(of column: Int, _ costs: [Double]) -> Double {
            var gain = costs[column]
            for row in rows.indices where costs[basis[row]] != 0 { gain -= costs[basis[row]] * rows[row][column] }
            return gain
        }

        private mutating func pivot(_ row: Int, _ column: Int) {
            let factor = rows[row][column]
            let scaled = rows[row].map { $0 / factor }
            rows[row] = scaled
            for other in rows.indices where other != row && rows[other][column] != 0 {
                let share = rows[other][column]
                for place in 0...width where scaled[place] != 0 { rows[other][place] -= share * scaled[place] }
            }
            basis[row] = column
        }
    }
}
