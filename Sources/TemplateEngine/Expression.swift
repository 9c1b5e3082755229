/// What stands inside a tag, parsed. Offsets point into the template's source.
indirect enum Expression: Sendable {
    case literal(TemplateValue)
    case variable(String, offset: Int)
    case member(Expression, String, offset: Int)
    case element(Expression, Expression, offset: Int)
    case filter(Expression, String, Arguments, offset: Int)
    case call(String, macro: String?, Arguments, offset: Int)
    case superBlock(offset: Int)
    case not(Expression)
    case negate(Expression, offset: Int)
    case binary(Operator, Expression, Expression, offset: Int)
    case choice(condition: Expression, Expression, Expression)
    case list([Expression])
    case map([String: Expression])
    case test(Expression, String, Expression?, offset: Int)

    /// The operators between two values, from the loosest to the tightest.
    enum Operator: String, Sendable {
        case or, and
        case isIn = "in"
        case equal = "=="
        case unequal = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case join = "~"
        case plus = "+"
        case minus = "-"
        case times = "*"
        case divide = "/"
        case quotient = "//"
        case remainder = "%"

        /// A larger number binds tighter.
        var strength: Int {
            switch self {
            case .or: 1
            case .and: 2
            case .isIn, .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual: 4
            case .join: 5
            case .plus, .minus: 6
            case .times, .divide, .quotient, .remainder: 7
            }
        }
    }

    /// What is passed to a filter or macro.
    struct Arguments: Sendable {
        var positional: [Expression] = []
        var named: [String: Expression] = [:]
    }
}

/// One part of a template, parsed.
indirect enum Node: Sendable {
    case text([UInt8])
    case output(Expression, EscapeContext, offset: Int)
    case branch([Branch], otherwise: [Node])
    case loop(names: [String], Expression, body: [Node], otherwise: [Node], offset: Int)
    case include(String, bindings: [(name: String, value: Expression)], only: Bool, offset: Int)
    case block(String, offset: Int)
    case set(String, Expression)

    struct Branch: Sendable {
        var condition: Expression
        var body: [Node]
    }
}

/// A macro with its parameters; a parameter without a default must be given.
struct Macro: Sendable {
    var parameters: [(name: String, fallback: Expression?)]
    var body: [Node]
    var offset: Int
}
