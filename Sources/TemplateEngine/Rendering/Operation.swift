/// What operators do.
enum Operation {
    /// The value of an operator between two values.
    static func apply(_ operation: BinaryOperator, _ left: TemplateValue, _ right: TemplateValue) throws(Fault)
        -> TemplateValue
    {
        switch operation {
        case .equal: return .bool(areEqual(left, right))
        case .unequal: return .bool(!areEqual(left, right))
        case .less: return .bool(try isLess(left, right))
        case .lessOrEqual: return .bool(try !isLess(right, left) && isOrdered(left, right))
        case .greater: return .bool(try isLess(right, left))
        case .greaterOrEqual: return .bool(try !isLess(left, right) && isOrdered(left, right))
        case .isIn: return .bool(try isIn(left, right))
        case .join: return .string(try left.printed() + right.printed())
        case .add, .subtract, .multiply, .divide, .floorDivide, .remainder:
            return try arithmetic(operation, left, right)
        }
    }

    /// Equality; a whole number equals the double of the same value, values of other kinds differ.
    static func areEqual(_ left: TemplateValue, _ right: TemplateValue) -> Bool {
        switch (left, right) {
        case (.int(let whole), .double(let number)), (.double(let number), .int(let whole)):
            Int(exactly: number) == whole
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy(areEqual)
        case (.map(let left), .map(let right)):
            left.count == right.count
                && left.allSatisfy { key, value in right[key].map { areEqual(value, $0) } ?? false }
        default: left == right
        }
    }

    /// Order: numbers by value, texts by their Unicode scalars. Anything beside NaN is false.
    static func isLess(_ left: TemplateValue, _ right: TemplateValue) throws(Fault) -> Bool {
        switch (left, right) {
        case (.int(let left), .int(let right)): return left < right
        case (.string(let left), .string(let right)): return left < right
        default: break
        }
        guard let leftNumber = left.number, let rightNumber = right.number else {
            throw Fault(
                "\(left.kindName) and \(right.kindName) have no order",
                fix: "compare numbers with numbers and texts with texts")
        }
        return leftNumber < rightNumber
    }

    /// False if NaN is among two numbers.
    private static func isOrdered(_ left: TemplateValue, _ right: TemplateValue) -> Bool {
        left.number?.isNaN != true && right.number?.isNaN != true
    }

    private static func isIn(_ left: TemplateValue, _ right: TemplateValue) throws(Fault) -> Bool {
        switch right {
        case .list(let items): return items.contains { areEqual($0, left) }
        case .map(let entries): return entries[try left.text("the key of a map")] != nil
        case .string(let text): return text.contains(try left.text("what is looked for in a text"))
        default: throw Fault("in needs a list, a map or a text on its right, and this is \(right.kindName)")
        }
    }

    private static func arithmetic(
        _ operation: BinaryOperator, _ left: TemplateValue, _ right: TemplateValue
    ) throws(Fault) -> TemplateValue {
        if case (.int(let left), .int(let right)) = (left, right), operation != .divide {
            return .int(try whole(operation, left, right))
        }
        guard let leftNumber = left.number, let rightNumber = right.number else {
            throw Fault(
                "\(operation.rawValue) needs numbers, and these are \(left.kindName) and \(right.kindName)",
                fix: "~ joins texts")
        }
        let result = try floating(operation, leftNumber, rightNumber)
        guard result.isFinite else { throw Fault("the result of \(operation.rawValue) is no finite number") }
        return .double(result)
    }

    private static func whole(_ operation: BinaryOperator, _ left: Int, _ right: Int) throws(Fault) -> Int {
        if right == 0, operation == .floorDivide || operation == .remainder { throw Fault("division by zero") }
        let (result, overflows) =
            switch operation {
            case .add: left.addingReportingOverflow(right)
            case .subtract: left.subtractingReportingOverflow(right)
            case .multiply: left.multipliedReportingOverflow(by: right)
            case .floorDivide: flooredQuotient(left, right)
            default: (flooredRemainder(left, right), false)
            }
        guard !overflows else { throw Fault("the result of \(operation.rawValue) is too large for a whole number") }
        return result
    }

    private static func flooredQuotient(_ left: Int, _ right: Int) -> (partialValue: Int, overflow: Bool) {
        let quotient = left.dividedReportingOverflow(by: right)
        guard !quotient.overflow, left % right != 0, (left < 0) != (right < 0) else { return quotient }
        return (quotient.partialValue - 1, false)
    }

    /// With the sign of the divisor, as in Python.
    private static func flooredRemainder(_ left: Int, _ right: Int) -> Int {
        let remainder = left.remainderReportingOverflow(dividingBy: right).partialValue
        return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder
    }

    private static func floating(_ operation: BinaryOperator, _ left: Double, _ right: Double) throws(Fault) -> Double {
        switch operation {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case _ where right == 0: throw Fault("division by zero")
        case .divide: return left / right
        case .floorDivide: return ((left - flooredRemainder(left, right)) / right).rounded()
        default: return flooredRemainder(left, right)
        }
    }

    private static func flooredRemainder(_ left: Double, _ right: Double) -> Double {
        let remainder = left.truncatingRemainder(dividingBy: right)
        return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder
    }
}

extension TemplateValue {
    /// The value as a double if it is a number.
    fileprivate var number: Double? {
        switch self {
        case .int(let whole): Double(whole)
        case .double(let number): number
        default: nil
        }
    }
}
