/// What can stand behind `is`.
enum Tests {
    static let known: Set<String> = [
        "defined", "none", "string", "number", "list", "map", "odd", "even", "divisibleby", "sameas", "empty",
    ]

    /// The outcome of a test on a value that exists; nil if the test does not apply to it.
    static func outcome(_ name: String, _ value: TemplateValue, _ argument: TemplateValue?) -> Bool? {
        switch (name, value) {
        case ("defined", _): true
        case ("none", _): value == .null
        case ("string", .string): true
        case ("number", .int), ("number", .double): true
        case ("list", .list): true
        case ("map", .map): true
        case ("string", _), ("number", _), ("list", _), ("map", _): false
        case ("empty", _): !value.isTrue
        case ("odd", .int(let number)): number % 2 != 0
        case ("even", .int(let number)): number % 2 == 0
        case ("sameas", _): argument == value
        case ("divisibleby", .int(let number)):
            if case .int(let divisor) = argument, divisor != 0 { number % divisor == 0 } else { nil }
        default: nil
        }
    }
}
