import TemplateEngine
import Testing

/// `extends`, blocks and macros.
@Suite struct InheritanceTests {
    static let base = """
        <title>{% block title %}Base{% endblock %}</title><body class="page {% block class %}{% endblock %}">\
        {% block main %}<p>empty</p>{% endblock main %}</body>
        """

    @Test(arguments: [
        ("{% extends \"base.html\" %}", "<title>Base</title><body class=\"page \"><p>empty</p></body>"),
        (
            "{% extends \"base.html\" %}\n{% block title %}{{ t }}{% endblock %}\n",
            "<title>a &lt;b&gt; &amp; &#39;c&#39;</title><body class=\"page \"><p>empty</p></body>"
        ),
        (
            "{% extends \"base.html\" %}{% set w = \"x y\" %}{% block class %}{{ w }}{% endblock %}"
                + "{% block main %}{{ super() }}<i>{{ w }}</i>{% endblock %}",
            "<title>Base</title><body class=\"page x y\"><p>empty</p><i>x y</i></body>"
        ),
        (
            "{% extends \"middle.html\" %}{% block main %}[{{ super() }}]{% endblock %}",
            "<title>Base</title><body class=\"page \">[(<p>empty</p>inner)]</body>"
        ),
        (
            "{% extends \"middle.html\" %}{% block inner %}own{% endblock %}",
            "<title>Base</title><body class=\"page \">(<p>empty</p>own)</body>"
        ),
    ])
    func replacesBlocks(template: String, expected: String) throws {
        let middle =
            "{% extends \"base.html\" %}{% block main %}({{ super() }}{% block inner %}inner{% endblock %}){% endblock %}"
        #expect(try render(template, beside: ["base.html": Self.base, "middle.html": middle]) == expected)
    }

    @Test(arguments: [
        ("{% import \"m.html\" as m %}{{ m.cell(t) }}", "<td>a &lt;b&gt; &amp; &#39;c&#39;</td>"),
        ("{% import \"m.html\" as m %}{{ m.cell(n, tone=\"good\") }}", "<td class=\"good\">7</td>"),
        ("{% from \"m.html\" import cell, outer as o %}{{ o(1) }}{{ cell(2) }}", "<tr><td>1</td></tr><td>2</td>"),
        ("{% from \"m.html\" import panel %}{% call panel(\"T\") %}<i>{{ n }}</i>{% endcall %}", "<h2>T</h2><i>7</i>"),
        ("{% from \"m.html\" import panel %}{{ panel(\"T\") }}", "<h2>T</h2>"),
        ("{% from \"m.html\" import cell %}{% set c = cell(1) %}{{ c | raw }}", "<td>1</td>"),
        ("{{ later(3) }}{% macro later(n) %}{% if n > 0 %}{{ n }}{{ later(n - 1) }}{% endif %}{% endmacro %}", "321"),
        ("{% macro a(n) %}{% set k = n %}{{ k }}{% endmacro %}{% set k = 9 %}{{ a(1) }}{{ k }}", "19"),
        ("{% macro a(f) %}{% include \"part.html\" %}{% endmacro %}{{ a(5) }}", "5"),
        ("{{ c(1) if yes else \"-\" }}{% macro c(x) %}<b>{{ x }}</b>{% endmacro %}", "<b>1</b>"),
        (
            "{% macro a(xs=[1, -2], m={\"k\": null}) %}{{ xs | join }}{{ m.k is none }}{% endmacro %}{{ a() }}",
            "1-2true"
        ),
    ])
    func callsMacros(template: String, expected: String) throws {
        let macros = """
            {% macro cell(text, tone=null) %}<td{% if tone %} class="{{ tone }}"{% endif %}>{{ text }}</td>{% endmacro %}\
            {% macro outer(text) %}<tr>{{ cell(text) }}</tr>{% endmacro %}\
            {% macro panel(title) %}<h2>{{ title }}</h2>{% if caller is defined %}{{ caller() }}{% endif %}{% endmacro %}
            """
        let files = ["m.html": macros, "part.html": "{{ f }}{% if n is defined %}!{% endif %}"]
        #expect(try render(template, beside: files) == expected)
    }

    @Test func setsAreImmutableValuesThatRenderAlikeFromManyTasks() async throws {
        let set = try TemplateSet(sources: ["a.html": "{% for i in xs %}{{ i }}{% endfor %}{{ n }}"])
        let results = await withTaskGroup(of: String?.self) { group in
            for number in 0..<20 {
                group.addTask {
                    guard let bytes = try? set.render("a.html", ["xs": [1, 2], "n": .int(number % 2)]) else {
                        return nil
                    }  // nil fails below
                    return String(decoding: bytes, as: UTF8.self)
                }
            }
            return await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(results == ["120", "121"])
    }

    @Test func buffersAreKeptAcrossErrors() throws {
        let set = try TemplateSet(sources: ["a.html": "abc{{ missing }}", "b.html": "b"])
        var buffer = Array("x".utf8)
        #expect(throws: TemplateError.self) { try set.render("a.html", [:], into: &buffer) }
        try set.render("b.html", [:], into: &buffer)
        #expect(String(decoding: buffer, as: UTF8.self) == "xb")
    }
}
