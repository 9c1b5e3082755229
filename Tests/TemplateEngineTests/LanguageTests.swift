import TemplateEngine
import Testing

/// What the language does, by templates and their output.
@Suite struct LanguageTests {
    @Test(arguments: JinjaCases.all) func isAsInJinja(template: String, expected: String) throws {
        #expect(try render(template) == expected)
    }

    @Test(arguments: [
        ("{% for k in m %}{{ k }}{% endfor %}", "ab"),
        ("{% for a, b in [[1, 2], [3, 4]] %}{{ a }}{{ b }};{% endfor %}", "12;34;"),
        ("{% for k, v in m %}{{ k }}{{ v }}{{ loop.last }};{% endfor %}", "a1false;b2true;"),
        ("{{ m | keys | join }} {{ m | values | join }} {{ (m | items)[0] | join(\"=\") }}", "ab 12 a=1"),
        ("{{ \"a,b,,c\" | split(\",\") | join(\"|\") }}", "a|b||c"),
        (
            "{{ \"\" is empty }} {{ xs is empty }} {{ xs is list }} {{ yes is boolean }} {{ n is number }}",
            "true false true true true"
        ),
        (
            "{{ none is null }} {{ yes is true }} {{ 1 is true }} {{ n is eq(7) }} {{ n is in([1, 7]) }} {{ n is ge(8) }}",
            "true true false true true false"
        ),
        ("{{ null | default(\"-\") }} {{ none | d(1) }}", "- 1"),
        ("{{ m.q.r | default(\"deep\") }} {{ m.q is undefined }}", "deep true"),
        ("{{ \"\\u{2014}\\\"\\'\" }}", "—&quot;&#39;"),
        ("{{ [] == [] }} {{ [1, 2.0] == [1.0, 2] }} {{ {\"a\": 1} == {\"a\": 1.0} }}", "true true true"),
        ("{{ 9223372036854775807 }} {{ -9223372036854775807 - 1 }}", "9223372036854775807 -9223372036854775808"),
        ("{{ \"日本語\" | length }} {{ \"👨‍👩‍👧\" | length }} {{ \"日本語\"[1] }}", "3 1 本"),
        ("{{ m | json }}", "{&quot;a&quot;:1,&quot;b&quot;:2}"),
        ("{{ \"a b/ü\" | url }}", "a%20b%2F%C3%BC"),
        ("a{# {{ #}b{% verbatim %}{{ x }}{# c #}{% if %}{% endverbatim %}c", "ab{{ x }}{# c #}{% if %}c"),
        ("{ {x} }{ {% if yes %}}{% endif %}", "{ {x} }{ }"),
        ("{% include \"part.html\" %}", "<b>7</b>"),
        ("{% include \"part.html\" with n=1 %}{{ n }}", "<b>1</b>7"),
        ("{% include \"part.html\" with {\"n\": s} only %}", "<b>the quick brown fox</b>"),
        ("{% set args = {\"n\": 3, \"unread\": 4} %}{% include \"part.html\" with args %}", "<b>3</b>"),
        ("{% for n in xs %}{% include \"pa\" ~ \"rt.html\" %}{% endfor %}", "<b>3</b><b>1</b><b>2</b>"),
    ])
    func isAsDocumented(template: String, expected: String) throws {
        #expect(try render(template, beside: ["part.html": "<b>{{ n }}</b>"]) == expected)
    }

    @Test func includedTemplatesKeepTheirNames() throws {
        let files = ["part.html": "{% set n = 1 %}{{ n }}{{ loopless is defined }}"]
        #expect(try render("{% include \"part.html\" %}{{ n }}", beside: files) == "1false7")
    }

    @Test func svgStandsInsideHTML() throws {
        let files = ["mark.svg": "<svg viewBox=\"0 0 1 1\"><title>{{ t }}</title></svg>"]
        let expected = "<p><svg viewBox=\"0 0 1 1\"><title>a &lt;b&gt; &amp; &#39;c&#39;</title></svg></p>"
        #expect(try render("<p>{% include \"mark.svg\" %}</p>", beside: files) == expected)
    }

    @Test func windowsLineEndsAreTrimmed() throws {
        #expect(try render("a\r\n{% if yes %}\r\nb\r\n{% endif %}\r\nc") == "a\r\nb\r\nc")
    }
}
