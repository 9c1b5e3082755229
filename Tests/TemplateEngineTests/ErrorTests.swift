import TemplateEngine
import Testing

/// Messages with place, caret and the nearest name.
@Suite struct ErrorTests {
    static let files = [
        "base.html": "{% block content %}{% endblock %}{% block footer %}{% endblock %}",
        "macros.html": "{% macro cell(text, tone=\"muted\") %}{{ text }}{% endmacro %}",
        "part.html": "a\nb {{ row.nmae }}",
    ]

    @Test(arguments: [
        (
            "<p>\n  {{ pge.title }}</p>",
            """
            page.html:2:6: error: there is no "pge" here
              2 |   {{ pge.title }}</p>
                |      ^
              did you mean "page"?
            """
        ),
        (
            "{{ page.titel }}",
            """
            page.html:1:9: error: there is no "titel" in this map
              1 | {{ page.titel }}
                |         ^
              did you mean "title"?
            """
        ),
        (
            "é日 {{ n | uper }}",
            """
            page.html:1:11: error: there is no filter uper
              1 | é日 {{ n | uper }}
                |           ^
              did you mean "upper"?
            """
        ),
        (
            "{% include \"prat.html\" %}",
            """
            page.html:1:12: error: there is no template "prat.html"
              1 | {% include "prat.html" %}
                |            ^
              did you mean "part.html"?
            """
        ),
        (
            "{% extends \"base.html\" %}\n{% block contents %}{% endblock %}",
            """
            page.html:2:10: error: "base.html" has no block contents
              2 | {% block contents %}{% endblock %}
                |          ^
              did you mean "content"?
            """
        ),
        (
            "{% import \"macros.html\" as m %}{{ m.cel(1) }}",
            """
            page.html:1:37: error: macros.html has no macro cel
              1 | {% import "macros.html" as m %}{{ m.cel(1) }}
                |                                     ^
              did you mean "cell"?
            """
        ),
        (
            "{% from \"macros.html\" import cell %}{{ cell(1, tine=2) }}",
            """
            page.html:1:48: error: the macro cell has no argument tine
              1 | {% from "macros.html" import cell %}{{ cell(1, tine=2) }}
                |                                                ^
              did you mean "tone"?
            """
        ),
        (
            "{% macro m(title) %}{{ titel }}{% endmacro %}",
            """
            page.html:1:24: error: "titel" is not known in this macro
              1 | {% macro m(title) %}{{ titel }}{% endmacro %}
                |                        ^
              did you mean "title"?; a macro sees only its arguments
            """
        ),
        (
            "x\n{% include \"part.html\" with row={\"name\": 1} %}",
            """
            part.html:2:10: error: there is no "nmae" in this map
              2 | b {{ row.nmae }}
                |          ^
              did you mean "name"?
              called from page.html:2:12
            """
        ),
        (
            "{% fro x in xs %}",
            """
            page.html:1:1: error: there is no tag fro
              1 | {% fro x in xs %}
                | ^
              did you mean "for"?
            """
        ),
        (
            "\t{% if n %}\n",
            """
            page.html:1:2: error: this tag is not closed
              1 |  {% if n %}
                |  ^
              add {% endif %}
            """
        ),
        (
            "<p class=\"{{ page }}\">",
            """
            page.html:1:14: error: page: a map cannot be printed
              1 | <p class="{{ page }}">
                |              ^
              name one of its values
            """
        ),
    ])
    func showsWhatIsWrong(template: String, expected: String) {
        let error = failure(template, ["page": ["title": "T"], "n": 1, "xs": []], beside: Self.files)
        #expect(error?.description == expected)
    }

    @Test(arguments: [
        ("{{ }}", "expected a value"), ("{{ 1 + }}", "expected a value"), ("{{ (1 }}", "expected \")\""),
        ("{{ [1 }}", "\"]\""),
        ("{{ n", "not closed"), ("{# n", "not closed"), ("{% if n", "not closed"), ("{% verbatim %}", "not closed"),
        ("{{ \"a }}", "text is not closed"), ("{{ \"\\q\" }}", "escape"), ("{{ n $ }}", "means nothing"),
        ("{{ n n }}", "end of the tag"),
        ("{{ 99999999999999999999 }}", "no number"), ("{{ 1e999 }}", "no number"),
        ("{{ 1 < 2 < 3 }}", "cannot be chained"),
        ("{{ n if n }}", "else"), ("{{ loop.index }}", "outside of a for"),
        ("{% for i in xs %}{{ loop.idnex }}{% endfor %}", "no field idnex"),
        ("{% endif %}", "nothing is open"), ("{% raw %}", "no tag raw"), ("{% %}", "begins with its name"),
        ("{% if n %}{% else %}{% else %}{% endif %}", "nothing is open"),
        ("{% block a %}{% endblock b %}", "expected \"a\""),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "above already"),
        ("a{% extends \"base.html\" %}", "first"),
        ("{% extends \"base.html\" %}text", "outside of the blocks"),
        ("{% extends \"base.html\" %}{{ n }}", "outside of the blocks"),
        ("{% if n %}{% macro a() %}{% endmacro %}{% endif %}", "top level"), ("{{ super() }}", "only in a block"),
        ("{{ caller() }}", "only in a macro"), ("{% macro a(x=1, y) %}{% endmacro %}", "no default"),
        ("{% macro a(x, x) %}{% endmacro %}", "two parameters"),
        ("{% macro a(x) %}{% endmacro %}{{ a() }}", "needs the argument x"),
        ("{% macro a() %}{% endmacro %}{{ a(1) }}", "takes 0 arguments"),
        ("{% set loop = 1 %}", "word of the template language"),
        ("{{ n | truncate(1, 2, 3, 4, 5) }}", "takes 4 arguments"),
        ("{{ n | replace(\"a\") }}", "needs the argument new"), ("{{ n is od }}", "no test od"),
        ("{{ {\"a\": 1, \"a\": 2} }}", "twice"),
        ("{{ f(1) }}", "no macro f"), ("{{ raw }}", "no \"raw\""), ("{% include \"a.txt\" %}", "plain text"),
        ("{{ n.x }}", "only a map"),
        ("{{ xs[5] }}", "no item 5"), ("{{ n / 0 }}", "division by zero"), ("{{ n % 0 }}", "division by zero"),
        ("{{ 7.0 // 0 }}", "division by zero"),
        ("{{ 9223372036854775807 + 1 }}", "too large"), ("{{ -(-9223372036854775807 - 1) }}", "too large"),
        ("{{ (-9223372036854775807 - 1) // -1 }}", "too large"), ("{{ 1e308 * 10 }}", "no finite"),
        ("{{ \"a\" + 1 }}", "needs numbers"),
        ("{{ \"a\" < 1 }}", "no order"), ("{{ xs | sort | first }}", "empty list"),
        ("{{ none }}", "null cannot be printed"),
        ("{% for i in none %}{% endfor %}", "is null"), ("{% for i in n %}{% endfor %}", "must be a list"),
        ("{% for a, b in [1] %}{% endfor %}", "taken apart"),
        ("{{ [1, \"a\"] | sort | join }}", "no order"), ("{{ \"x\" | int }}", "no whole number"),
        ("{{ n | first }}", "must be a list"),
        ("{{ 1 | round(99) }}{{ 1.5 | round(99) }}", "precision"), ("{% include n %}", "must be text"),
        ("{% include \"x\" ~ n %}", "no template \"x1\""),
        ("{% call n %}{% endcall %}", "needs a macro"), ("<p{{ n }}>", "cannot be printed"),
        ("{{ n | json | raw }}", "markup only"),
    ])
    func refuses(template: String, words: String) {
        let error = failure(
            template, ["n": 1, "xs": [], "none": .null], beside: Self.files.merging(["a.txt": ""]) { own, _ in own })
        #expect(error?.message.contains(words) == true, "\(error.map(String.init(describing:)) ?? "no error")")
        #expect(error?.place?.template == "page.html")
    }

    @Test func checkFindsEverything() {
        let problems = TemplateSet.check([
            "a.html":
                "{{ x | uper }}{{ y is od }}{% include \"no.html\" %}{{ f() }}\n{% from \"b.html\" import m, q %}{{ m(z=1) }}",
            "b.html": "{% macro m() %}{{ other }}{% endmacro %}",
            "c.html": "{% if %}",
            "d.html": "{% extends \"c.html\" %}",
        ])
        let places = problems.map { "\($0.place.map(String.init(describing:)) ?? "-") \($0.message)" }
        #expect(
            places == [
                "a.html:1:8 there is no filter uper", "a.html:1:23 there is no test od",
                "a.html:1:39 there is no template \"no.html\"",
                "a.html:1:54 there is no macro f here", "a.html:2:28 \"b.html\" has no macro q",
                "a.html:2:37 the macro m has no argument z",
                "b.html:1:19 \"other\" is not known in this macro",
                "c.html:1:7 expected a value, found the end of the tag",
                "d.html:1:12 \"c.html\" could not be parsed, so what extends it cannot be",
            ])
        #expect(TemplateSet.check(Self.files).isEmpty)
    }

    @Test func unknownTemplateHasNoPlace() throws {
        let set = try TemplateSet(sources: ["pages/overview.html": ""])
        let error = #expect(throws: TemplateError.self) { try set.render("pages/overveiw.html", [:]) }
        #expect(
            error?.description
                == "error: there is no template \"pages/overveiw.html\"\n  did you mean \"pages/overview.html\"?")
    }

    @Test func longLinesAreCutAroundTheCaret() {
        let error = failure(String(repeating: "x", count: 500) + "{{ q }}" + String(repeating: "y", count: 500))
        let lines = error?.excerpt?.split(separator: "\n").map(String.init) ?? []
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.count < 140 })
        #expect(error?.place?.column == 504)
    }
}
