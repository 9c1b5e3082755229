import Statistics
import Words

extension Absence {
    /// Values differ by so little that their squares cannot be told from 0.
    public static let underflow = Absence(Undefined.underflow)

    /// The reason of a statistic that has no value.
    init(_ undefined: Undefined) {
        switch undefined {
        case .empty: self = .noRecords
        case .tooFew(let found, let needed): self = .tooFew(.records, found: found, needed: needed)
        case .constant: self = .constant
        case .tooMany(let found, let limit): self = .undefined("\(found) values found, at most \(limit) allowed")
        case .unequalLengths(let left, let right):
            self = .undefined("the columns have different lengths (\(left) and \(right))")
        case .outOfDomain(let requirement): self = .undefined("outside the allowed range: \(word: requirement)")
        case .notConverged(let iterations): self = .undefined("no stable solution after \(iterations) iterations")
        case .allTied, .nonFinite, .zeroMean, .collinear, .overflow, .underflow:
            self = .undefined(Phrase(exactly: undefined.description))
        }
    }
}

/// The figure that a computation returns, or the reason that it throws.
func computed<Value>(_ body: () throws(Undefined) -> Value) -> Answer<Value> {
    do throws(Undefined) {
        return .success(try body())
    } catch {
        return .failure(Absence(error))
    }
}

extension Result where Failure == Absence {
    /// Changes the figure in place; does nothing where there is none.
    mutating func update(_ change: (inout Success) -> Void) {
        guard case .success(var value) = self else { return }
        change(&value)
        self = .success(value)
    }
}

/// The figure that a step of an analysis returns, or the reason that it throws.
func caught<Value>(_ body: () throws(Absence) -> Value) -> Answer<Value> {
    do throws(Absence) {
        return .success(try body())
    } catch {
        return .failure(error)
    }
}
