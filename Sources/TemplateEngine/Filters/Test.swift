/// A test after `is`. `defined` and `undefined` are part of the language, as their input may be absent.
final class Test: Sendable {
    typealias Function = @Sendable (TemplateValue, [TemplateValue]) throws(Fault) -> Bool

    let name: String
    let parameters: [Parameter]
    let apply: Function

    init(_ name: String, _ parameters: [Parameter] = [], _ apply: @escaping Function) {
        self.name = name
        self.parameters = parameters
        self.apply = apply
    }

    /// The test of a name.
    static func named(_ name: String) -> Test? { table[name] }

    /// All names, for suggestions.
    static var names: [String] { Array(table.keys) + ["defined", "undefined"] }

    private static let table = Dictionary(
        (kinds + numbers + comparisons).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    private static let kinds: [Test] = [
        Test("none") { value, _ in value == .null },
        Test("null") { value, _ in value == .null },
        Test("true") { value, _ in value == .bool(true) },
        Test("false") { value, _ in value == .bool(false) },
        Test("boolean") { value, _ in if case .bool = value { true } else { false } },
        Test("string") { value, _ in if case .string = value { true } else { false } },
        Test("markup") { value, _ in if case .markup = value { true } else { false } },
        Test("integer") { value, _ in if case .int = value { true } else { false } },
        Test("float") { value, _ in if case .double = value { true } else { false } },
        Test("list") { value, _ in if case .list = value { true } else { false } },
        Test("mapping") { value, _ in if case .map = value { true } else { false } },
        Test("number") { value, _ in
            switch value {
            case .int, .double: true
            default: false
            }
        },
        Test("empty") { (value, _) throws(Fault) in
            switch value {
            case .string(let text), .markup(let text): text.isEmpty
            case .list(let items): items.isEmpty
            case .map(let entries): entries.isEmpty
            default: throw Fault("only texts, lists and maps can be empty, and this is \(value.kindName)")
            }
        },
    ]

    private static let numbers: [Test] = [
        Test("odd") { (value, _) throws(Fault) in try value.wholeNumber("what is odd") % 2 != 0 },
        Test("even") { (value, _) throws(Fault) in try value.wholeNumber("what is even") % 2 == 0 },
        Test("divisibleby", [Parameter("number")]) { (value, given) throws(Fault) in
            let divisor = try given[0].wholeNumber("the divisor")
            guard divisor != 0 else { throw Fault("nothing is divisible by 0") }
            return try value.wholeNumber("what is divided").remainderReportingOverflow(dividingBy: divisor).partialValue
                == 0
        },
    ]

    private static let comparisons: [Test] =
        [
            ("eq", BinaryOperator.equal), ("ne", .unequal), ("lt", .less), ("le", .lessOrEqual), ("gt", .greater),
            ("ge", .greaterOrEqual), ("in", .isIn),
        ].map { name, operation in
            Test(name, [Parameter("other")]) { (value, given) throws(Fault) in
                try Operation.apply(operation, value, given[0]).isTrue
            }
        }
}
