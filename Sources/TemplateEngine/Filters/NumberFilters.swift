/// Filters of numbers.
enum NumberFilters {
    static let all: [Filter] = [
        Filter("abs") { (value, _) throws(Fault) in
            switch value {
            case .int(let number) where number != .min: .int(abs(number))
            case .int: throw Fault("the absolute value is too large for a whole number")
            case .double(let number): .double(abs(number))
            default: throw Fault("abs takes a number, and this is \(value.kindName)")
            }
        },
        Filter("round", [Parameter("precision", 0), Parameter("method", "common")]) { (value, given) throws(Fault) in
            // A whole number has nothing to round.
            if case .int = value { return value }
            guard case .double(let number) = value else {
                throw Fault("round takes a number, and this is \(value.kindName)")
            }
            return .double(
                try rounded(
                    number, precision: try given[0].wholeNumber("precision"), method: try given[1].text("method")))
        },
        Filter("int") { (value, _) throws(Fault) in
            switch value {
            case .int: return value
            case .bool(let flag): return .int(flag ? 1 : 0)
            case .double(let number):
                if let whole = Int(exactly: number.rounded(.towardZero)) { return .int(whole) }
            case .string(let text):
                if let whole = Int(text) { return .int(whole) }
            default: break
            }
            throw Fault("this \(value.kindName) is no whole number")
        },
        Filter("float") { (value, _) throws(Fault) in
            switch value {
            case .int(let whole): return .double(Double(whole))
            case .double: return value
            case .string(let text):
                if let number = Double(text), number.isFinite { return .double(number) }
            default: break
            }
            throw Fault("this \(value.kindName) is no number")
        },
    ]

    /// Rounds to decimals: `common` to nearest by the exact value of the double with ties to even (Python's `round`),
    /// `ceil` and `floor` of the product with 10^precision (as Jinja, so that 2.1 stays 2.1).
    ///
    /// For `common` the product is corrected by its rounding error, which a fused multiply-add gives exactly.
    static func rounded(_ number: Double, precision: Int, method: String) throws(Fault) -> Double {
        guard (0...15).contains(precision) else { throw Fault("round takes a precision from 0 to 15") }
        guard number.isFinite else { throw Fault("\(number) cannot be rounded") }
        var scale = 1.0
        for _ in 0..<precision { scale *= 10 }
        let product = number * scale
        // From 2^52 on a double has no fraction left.
        guard product.magnitude < 0x1p52 else { return number }
        switch method {
        case "floor": return product.rounded(.down) / scale
        case "ceil": return product.rounded(.up) / scale
        case "common":
            let error = (-product).addingProduct(number, scale)
            let isTie = product - product.rounded(.down) == 0.5 && error != 0
            return product.rounded(isTie ? (error > 0 ? .up : .down) : .toNearestOrEven) / scale
        default: throw Fault("there is no rounding method \(method)", fix: "write common, ceil or floor")
        }
    }
}
