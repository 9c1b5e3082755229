/// Why a statistic has no value for the data that it was given.
///
/// Every function of this module either returns a number that follows from its contract or throws one of these; there is
/// no stand-in result.
public enum Undefined: Error, Sendable, Hashable, CustomStringConvertible {
    /// There are no values.
    case empty
    /// There are fewer values (or groups, or pairs) than the formula needs.
    case tooFew(found: Int, needed: Int)
    /// There are more values than the method is valid for or can hold.
    case tooMany(found: Int, limit: Int)
    /// All values are equal, so that a spread of zero would be divided by.
    case constant
    /// Every pair is tied, so that no order can be read.
    case allTied
    /// A value is NaN or infinite; missing values must be left out by the caller, who knows what they mean.
    case nonFinite
    /// A mean of zero would be divided by.
    case zeroMean
    /// Two columns that belong together have different lengths.
    case unequalLengths(Int, Int)
    /// A parameter lies outside the values that the formula allows; the text names it and the allowed range.
    case outOfDomain(String)
    /// The columns of a regression depend linearly on one another.
    case collinear
    /// An iteration did not settle within its stated limit.
    case notConverged(iterations: Int)
    /// The result would exceed the largest Double.
    case overflow
    /// The squared deviations of values that differ are below what a Double holds with all its digits, 10⁻³⁰⁸.
    case underflow

    /// The reason in plain words, fit to stand in a report after "not available:".
    public var description: String {
        switch self {
        case .empty: "there are no values"
        case .tooFew(let found, let needed): "\(found) values found, at least \(needed) needed"
        case .tooMany(let found, let limit): "\(found) values found, at most \(limit) allowed"
        case .constant: "all values are equal"
        case .allTied: "all pairs are tied"
        case .nonFinite: "a value is not a finite number"
        case .zeroMean: "the mean is zero"
        case .unequalLengths(let left, let right): "the columns have different lengths (\(left) and \(right))"
        case .outOfDomain(let requirement): "outside the allowed range: \(requirement)"
        case .collinear: "the explanatory columns depend linearly on one another"
        case .notConverged(let iterations): "no stable solution after \(iterations) iterations"
        case .overflow: "the result is too large for a 64-bit number"
        case .underflow: "the squares of the differences are too small for a 64-bit number"
        }
    }
}

extension Undefined {
    /// Throws unless `found` reaches `needed`; zero values are reported as `.empty`.
    static func require(_ found: Int, atLeast needed: Int) throws(Undefined) {
        if found >= needed { return }
        throw found == 0 ? .empty : .tooFew(found: found, needed: needed)
    }

    /// Throws unless every value is finite.
    static func requireFinite(_ values: [Double]) throws(Undefined) {
        for value in values where !value.isFinite { throw .nonFinite }
    }

    /// Throws unless `level` lies strictly between 0 and 1.
    static func requireLevel(_ level: Double) throws(Undefined) {
        guard level > 0, level < 1 else { throw .outOfDomain("a confidence level lies between 0 and 1, not \(level)") }
    }

    /// Throws unless the columns are equally long and finite and hold at least `needed` rows.
    static func requirePairs(_ x: [Double], _ y: [Double], atLeast needed: Int) throws(Undefined) {
        guard x.count == y.count else { throw .unequalLengths(x.count, y.count) }
        try require(x.count, atLeast: needed)
        try requireFinite(x)
        try requireFinite(y)
    }
}
