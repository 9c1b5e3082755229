/// A sum with Neumaier's correction: the error does not grow with the number of terms.
///
/// Source: A. Neumaier, ZAMM 54 (1974) 39–51, doi:10.1002/zamm.19740540106.
struct CompensatedSum {
    private var sum = 0.0
    private var correction = 0.0

    /// Adds one term.
    @inline(__always) mutating func add(_ term: Double) {
        let next = sum + term
        correction += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
        sum = next
    }

    /// Adds `count` copies of a term; the rounding of the product is carried along.
    @inline(__always) mutating func add(_ term: Double, times count: Int) {
        let product = term * Double(count)
        add(product)
        correction += (-product).addingProduct(term, Double(count))
    }

    /// The sum so far.
    var value: Double { sum + correction }

    /// The sum so far over a count, with the part of the sum that a Double cannot hold: the nearest Double to the exact
    /// quotient but for sums of enormous cancellation.
    func quotient(by count: Int) -> Double {
        let divisor = Double(count)
        let whole = sum + correction
        let rest = (sum - whole) + correction
        let first = whole / divisor
        return first + (whole.addingProduct(-first, divisor) + rest) / divisor
    }
}

extension Sequence where Element == Double {
    /// The compensated sum of the elements; 0 for none.
    var compensatedSum: Double {
        var sum = CompensatedSum()
        for element in self { sum.add(element) }
        return sum.value
    }
}
