import Testing

@testable import Statistics

/// Whether two numbers agree to a relative tolerance, or to an absolute one near zero.
func isClose(_ found: Double?, _ expected: Double?, relative: Double = 1e-10, absolute: Double = 0) -> Bool {
    guard let found, let expected else { return false }
    if found == expected { return true }
    return abs(found - expected) <= max(relative * abs(expected), absolute)
}

/// The number of correct digits, −log₁₀ of the relative error, at most 15 (NIST's LRE).
func correctDigits(_ found: Double, _ expected: Double) -> Double {
    if found == expected { return 15 }
    let error = expected == 0 ? abs(found) : abs(found - expected) / abs(expected)
    return min(15, -log(error) / log(10))
}

/// Calls a closure that must throw and gives back what it threw; nil when it returned.
func reason<Value>(_ body: () throws(Undefined) -> Value) -> Undefined? {
    do {
        _ = try body()
        return nil
    } catch {
        return error
    }
}
