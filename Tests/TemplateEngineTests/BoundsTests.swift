import TemplateEngine
import Testing

/// Recursion, nesting and hostile templates end in an error, never in a crash or without end.
@Suite struct BoundsTests {
    @Test(arguments: [
        ["page.html": "{% include \"page.html\" %}"],
        [
            "page.html": "{% include \"b.html\" %}",
            "b.html": "{% for i in [1] %}{% include \"page.html\" %}{% endfor %}",
        ],
        ["page.html": "{{ f(1) }}{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}"],
        ["page.html": "{{ f(1) }}{% macro f(n) %}{% set x = [[f(n)]] %}{% endmacro %}"],
        [
            "page.html":
                "{{ f() }}{% macro f() %}{% call g() %}x{% endcall %}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}"
        ],
        ["page.html": "{{ f() }}{% macro f() %}{% include \"page.html\" %}{% endmacro %}"],
    ])
    func recursionWithoutEndIsAnError(files: [String: String]) throws {
        let set = try TemplateSet(sources: files)
        let error = #expect(throws: TemplateError.self) { try set.render("page.html", [:]) }
        #expect(error?.message.contains("deep") == true || error?.message.contains("levels") == true)
        #expect((error?.trace.count ?? 0) > 5)
    }

    @Test func extendsInACircleIsAnError() {
        let problems = TemplateSet.check([
            "a.html": "{% extends \"b.html\" %}", "b.html": "{% extends \"c.html\" %}",
            "c.html": "{% extends \"a.html\" %}",
            "d.html": "{% extends \"d.html\" %}",
        ])
        #expect(problems.contains { $0.message == "\"a.html\" extends this template in turn" })
        #expect(problems.contains { $0.message == "\"d.html\" extends this template in turn" })
    }

    @Test func importsInACircleWork() throws {
        let files = [
            "a.html":
                "{% import \"b.html\" as b %}{% macro f(n) %}{% if n > 0 %}{{ n }}{{ b.g(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}",
            "b.html": "{% import \"a.html\" as a %}{% macro g(n) %}({{ a.f(n) }}){% endmacro %}",
        ]
        #expect(try render(files["a.html"] ?? "", named: "a.html", beside: files) == "3(2(1()))")
    }

    @Test(arguments: [
        String(repeating: "(", count: 5_000), String(repeating: "[", count: 5_000),
        String(repeating: "{\"a\":", count: 5_000),
        String(repeating: "-", count: 5_000) + "1", String(repeating: "not ", count: 5_000) + "1",
        "n" + String(repeating: ".a", count: 5_000), "1" + String(repeating: " + 1", count: 5_000),
        "n" + String(repeating: " | upper", count: 5_000), "1" + String(repeating: " if 1 else 1", count: 5_000),
        "1" + String(repeating: " or 1", count: 5_000), "n" + String(repeating: "[0]", count: 5_000),
    ])
    func deepExpressionsAreErrors(expression: String) {
        #expect(failure("{{ \(expression) }}") != nil)
    }

    @Test func deepTagsAreErrors() {
        for tag in ["if 1", "for i in [1]", "with a=1", "block b"] {
            let open = (0..<5_000).map { "{% \(tag == "block b" ? "block b\($0)" : tag) %}" }.joined()
            #expect(failure(open)?.message.contains("levels deep") == true)
        }
    }

    @Test func permittedDepthRenders() throws {
        let body =
            String(repeating: "{% if yes %}", count: 40) + "{{ " + String(repeating: "(", count: 30) + "n"
            + String(repeating: ")", count: 30) + " }}" + String(repeating: "{% endif %}", count: 40)
        #expect(try render(body) == "7")
        #expect(try render("{{ 0" + String(repeating: " + 1", count: 120) + " }}") == "120")
        let count = "{{ f(30) }}{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}"
        #expect(try render(count).hasSuffix("3210"))
    }

    @Test func randomTemplatesNeverCrash() {
        let pieces = [
            "{{ ", " }}", "{% ", " %}", "{# ", " #}", "if n", "endif", "else", "elif x", "for i in xs", "endfor",
            "set a", " = ", "endset",
            "include \"page.html\"", "extends \"page.html\"", "extends \"b.html\"", "block a", "endblock", "macro f(x)",
            "endmacro", "f(1)",
            "call f(2)", "endcall", "caller()", "super()", "loop.index", "with", "endwith", " only",
            "import \"b.html\" as b", "b.g()", "verbatim",
            "endverbatim", "-", "+", "~", "|", "upper", "json", "raw", "attr", "default(1)", "(", ")", "[", "]", "{",
            "}", ",", ":", ".", "\"", "'",
            "\\", "\u{1F600}", "\0", "\r\n", "\n", "<a href=\"", "<script type=\"application/json\">", "</script>",
            "<svg>", "</svg>", "<!--", "-->",
            "<title>", "</title>", "<", ">", "=", " ", "is defined", "in", "not", "1", "9223372036854775807", "1e5",
            "n", "xs", "t", "missing",
        ]
        var state: UInt64 = 20_261_119
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var rendered = 0
        for _ in 0..<6_000 {
            let template = (0..<(1 + next(14))).map { _ in pieces[next(pieces.count)] }.joined()
            if failure(template, beside: ["b.html": "{% macro g() %}{% endmacro %}{% block a %}{% endblock %}"]) == nil
            {
                rendered += 1
            }
        }
        #expect(rendered > 100)
    }

    @Test func cutTemplatesNeverCrash() {
        let whole =
            Array(InheritanceTests.base.utf8)
            + Array("{% for k, v in m %}{{ k | upper }}<a href=\"{{ v }}\">{% endfor %}".utf8)
        for end in whole.indices {
            for start in [0, end / 2] { _ = failure(String(decoding: whole[start..<end], as: UTF8.self)) }
        }
        #expect(failure(String(decoding: whole, as: UTF8.self)) == nil)
    }
}
