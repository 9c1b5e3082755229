/// Operators on values; nil where one does not apply, overflows or divides by zero.
enum Arithmetic {
    static func apply(
        _ operation: Expression.Operator, _ left: TemplateValue, _ right: TemplateValue
    ) -> TemplateValue? {
        switch operation {
        case .equal: .bool(areEqual(left, right))
        case .unequal: .bool(!areEqual(left, right))
        case .less: order(left, right).map { .bool($0 < 0) }
        case .lessOrEqual: order(left, right).map { .bool($0 <= 0) }
        case .greater: order(left, right).map { .bool($0 > 0) }
        case .greaterOrEqual: order(left, right).map { .bool($0 >= 0) }
        case .isIn: contains(right, left).map { .bool($0) }
        case .join: left.printed.flatMap { first in right.printed.map { .string(first + $0) } }
        case .plus, .minus, .times, .quotient, .remainder, .divide: compute(operation, left, right)
        case .and, .or: nil
        }
    }

    private static func compute(
        _ operation: Expression.Operator, _ left: TemplateValue, _ right: TemplateValue
    ) -> TemplateValue? {
        if case .int(let a) = left, case .int(let b) = right, operation != .divide { return whole(operation, a, b) }
        guard let a = number(left), let b = number(right) else { return nil }
        let value: Double
        switch operation {
        case .plus: value = a + b
        case .minus: value = a - b
        case .times: value = a * b
        case .divide where b != 0: value = a / b
        case .quotient where b != 0: value = (a / b).rounded(.down)
        case .remainder where b != 0: value = a - b * (a / b).rounded(.down)
        default: return nil
        }
        return value.isFinite ? .double(value) : nil
    }

    /// Quotient and remainder round down, as Jinja's do.
    private static func whole(_ operation: Expression.Operator, _ a: Int, _ b: Int) -> TemplateValue? {
        let (value, overflow): (Int, Bool)
        switch operation {
        case .plus: (value, overflow) = a.addingReportingOverflow(b)
        case .minus: (value, overflow) = a.subtractingReportingOverflow(b)
        case .times: (value, overflow) = a.multipliedReportingOverflow(by: b)
        case .quotient where b != 0 && b != -1:
            (value, overflow) = (a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0), false)
        case .remainder where b != 0 && b != -1:
            (value, overflow) = (a % b == 0 || (a < 0) == (b < 0) ? a % b : a % b + b, false)
        case .quotient where b == -1: (value, overflow) = Int.zero.subtractingReportingOverflow(a)
        case .remainder where b == -1: (value, overflow) = (0, false)
        default: return nil
        }
        return overflow ? nil : .int(value)
    }

    private static func number(_ value: TemplateValue) -> Double? {
        switch value {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    private static func areEqual(_ left: TemplateValue, _ right: TemplateValue) -> Bool {
        if let a = number(left), let b = number(right) { return a == b }
        return left == right
    }

    private static func order(_ left: TemplateValue, _ right: TemplateValue) -> Int? {
        if let a = number(left), let b = number(right) { return a < b ? -1 : a > b ? 1 : 0 }
        if case .string(let a) = left, case .string(let b) = right { return a < b ? -1 : a > b ? 1 : 0 }
        return nil
    }

    private static func contains(_ container: TemplateValue, _ value: TemplateValue) -> Bool? {
        switch (container, value) {
        case (.list(let list), _): list.contains { areEqual($0, value) }
        case (.map(let map), .string(let key)): map[key] != nil
        case (.string(let text), .string(let part)): part.isEmpty || text.contains(part)
        default: nil
        }
    }
}
