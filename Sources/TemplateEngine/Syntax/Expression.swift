/// An expression with every name resolved: variables to slots, filters and tests to functions, macros to numbers.
///
/// `at` is the byte in the template where an error points.
indirect enum Expression: Sendable {
    case literal(TemplateValue)
    case variable(Int, at: Int)
    case member(Expression, String, at: Int)
    case index(Expression, Expression, at: Int)
    case slice(Expression, Expression?, Expression?, at: Int)
    case list([Expression])
    case map([(key: String, value: Expression)])
    case negate(Expression, at: Int)
    case not(Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
    case binary(BinaryOperator, Expression, Expression, at: Int)
    case conditional(Expression, then: Expression, otherwise: Expression)
    case filter(Filter, Expression, [Expression], at: Int)
    case fallback(Expression, Expression, falsy: Expression?)
    case test(Test, Expression, [Expression], at: Int)
    case defined(Expression)
    case loop(LoopField, at: Int)
    case call(MacroCall)
}

/// An operator between two values.
enum BinaryOperator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case remainder = "%"
    case join = "~"
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"
}

/// What `loop` offers.
enum LoopField: String, Sendable, CaseIterable {
    case index, index0, revindex, revindex0, first, last, length, depth, previtem, nextitem
}

/// A macro with what each of its parameters is given.
struct MacroCall: Sendable {
    /// The number of the macro in the set.
    let macro: Int
    /// One expression per parameter; nil takes the default.
    let arguments: [Expression?]
    let at: Int
}
