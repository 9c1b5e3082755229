import TemplateEngine
import Testing

/// Values by the place of their print.
@Suite struct EscapingTests {
    @Test(arguments: [
        ("<p>{{ v }}</p>", "<b> & \"'\n", "<p>&lt;b&gt; &amp; &quot;&#39;\n</p>"),
        ("<p title='{{ v }}'>", "<b> & \"'\n\t\r", "<p title='&lt;b&gt; &amp; &quot;&#39;&#10;&#9;&#13;'>"),
        ("<title>{{ v }}</title>", "</title><script>", "<title>&lt;/title&gt;&lt;script&gt;</title>"),
        (
            "<svg><text x=\"{{ v }}\">{{ v }}</text></svg>", "\u{0}<\u{FFFF}",
            "<svg><text x=\"\u{FFFD}&lt;\u{FFFD}\">\u{FFFD}&lt;\u{FFFD}</text></svg>"
        ),
        ("<a href=\"{{ v }}\">", "a b.html?q=1&r=ü#x", "<a href=\"a%20b.html?q=1&amp;r=%C3%BC#x\">"),
        ("<a href=\"{{ v }}\">", "https://x.org/%20a%zz", "<a href=\"https://x.org/%20a%25zz\">"),
        ("<a href=\"{{ v }}\">", "JavaScript:alert(1)", "<a href=\"about:invalid\">"),
        ("<a href=\"{{ v }}\">", " javascript:alert(1)", "<a href=\"about:invalid\">"),
        ("<a href=\"{{ v }}\">", "java\tscript:alert(1)", "<a href=\"about:invalid\">"),
        ("<a href=\"{{ v }}\">", "data:text/html,x", "<a href=\"about:invalid\">"),
        ("<a href=\"{{ v }}\">", "mailto:a@b.c", "<a href=\"mailto:a@b.c\">"),
        ("<a href=\"./{{ v }}\">", "javascript:x", "<a href=\"./javascript:x\">"),
        ("<a href=\"x{{ v }}\">", ":y", "<a href=\"x%3Ay\">"),
        ("<a href=\"{{ \"java\" }}{{ v }}\">", "script:y", "<a href=\"javascript%3Ay\">"),
        ("<a href=\"?q={{ v }}\">", "a&b=/?", "<a href=\"?q=a%26b%3D%2F%3F\">"),
        ("<a href=\"/p#{{ v }}\">", "a b\"", "<a href=\"/p#a%20b%22\">"),
        ("<use xlink:href=\"{{ v }}\"/>", "data:x", "<use xlink:href=\"about:invalid\"/>"),
        ("<a {% if v %}href=\"{{ v }}\"{% endif %}>x</a>", "b", "<a href=\"b\">x</a>"),
        ("<a{% if v %} href=\"{{ v }}\"{% endif %} id=\"{{ v }}\">", "b", "<a href=\"b\" id=\"b\">"),
        (
            "<input value=\"{{ v }}\" disabled{% if v %} checked{% endif %}>", "\"",
            "<input value=\"&quot;\" disabled checked>"
        ),
        (
            "<script type=\"application/json\">{{ v | json }}</script>", "</script>&\u{2028}",
            #"<script type="application/json">"\u003c/script\u003e\u0026\u2028"</script>"#
        ),
        ("<!-- {% if v %}x{% endif %} --><p>{{ v }}", "<", "<!-- x --><p>&lt;"),
        (
            "<svg><title>{{ v }}</title></svg><title>{{ v }}</title>", "<",
            "<svg><title>&lt;</title></svg><title>&lt;</title>"
        ),
        ("a < b {{ v }}", "<", "a < b &lt;"),
        ("<!doctype html><?pi x?>{{ v }}", "<", "<!doctype html><?pi x?>&lt;"),
        ("<input type=text value=\"{{ v }}\">", "<", "<input type=text value=\"&lt;\">"),
        ("<script>if (a < b) { '</s' }</script>{{ v }}", "<", "<script>if (a < b) { '</s' }</script>&lt;"),
    ])
    func dependsOnThePlace(template: String, value: String, expected: String) throws {
        #expect(try render(template, ["v": .string(value)]) == expected)
    }

    @Test(arguments: [
        ("page.txt", "<{{ v }}>", "<\"a\"\n<>"),
        ("page.md", "{{ v }}", "\"a\"\n<"),
        (
            "page.xml", "<a href=\"{{ v }}\"><title>{{ v }}</title></a>",
            "<a href=\"%22a%22%0A%3C\"><title>&quot;a&quot;\n&lt;</title></a>"
        ),
        (
            "page.json", "{\"k\": {{ v }}, \"t\": \"x {{ v }}\", \"l\": {{ l }}}",
            #"{"k": "\"a\"\n<", "t": "x \"a\"\n<", "l": [1,null]}"#
        ),
        ("page.csv", "\"{{ v }}\",1\n", "\"\"\"a\"\"\n<\",1\n"),
        ("page.js", "let x = {{ v | json }};", #"let x = "\"a\"\n\u003c";"#),
    ])
    func dependsOnTheNameOfTheFile(name: String, template: String, expected: String) throws {
        #expect(try render(template, ["v": "\"a\"\n<", "l": [1, .null]], named: name) == expected)
    }

    @Test(arguments: [
        "<p {{ v }}>", "<{{ v }}>", "</{{ v }}>", "<p {{ v }}=\"x\">", "<p x={{ v }}>", "<p x=a{{ v }}>",
        "<p onclick=\"{{ v }}\">",
        "<iframe srcdoc=\"{{ v }}\">", "<img srcset=\"{{ v }}\">", "<a href=\"javascript:{{ v }}\">",
        "<a href=\"java&#115;cript:{{ v }}\">", "<!-- {{ v }} -->", "<script>{{ v }}</script>",
        "<script>{{ v | json }}</script>", "<script type=\"module\">{{ v | json }}</script>",
        "<script type=\"application/json\">{{ v }}</script>", "<style>{{ v }}</style>",
        "<svg><style>{{ v }}</style></svg>",
        "<!doctype {{ v }}>", "<iframe>{{ v }}</iframe>", "<svg><set attributeName=\"href\" to=\"{{ v }}\"/></svg>",
        "<p title=\"{{ v | raw }}\">", "<title>{{ v | raw }}</title>", "<p {% include \"p.html\" %}>",
        "{{ (v | raw) ~ 1 }}",
        "<p title=\"{% if v %}\">{% endif %}", "{% if v %}<p title=\"{% else %}{% endif %}",
        "{% for i in v %}<a href=\"{% endfor %}",
        "<a href=\"{% if v %}?{% endif %}{{ v }}\">", "<a href=\"x\"{% if v %}y{% endif %}>", "<p title=\"",
        "<p title=\"a\"{{ v | attr }}b>",
        "<svg>{% if v %}</svg>{% endif %}", "<title>a <{{ v }}</title>", "{% set x %}<p {% endset %}",
        "<svg><a b=c></svg>",
    ])
    func refusesWhatCannotBeSafe(template: String) {
        let error = failure(template, ["v": .markup("x")], beside: ["p.html": ""])
        #expect(error?.place?.template == "page.html")
    }

    @Test func rawPrintsMarkupOnly() throws {
        #expect(try render("<p>{{ v | raw }}", ["v": .markup("<svg/>")]) == "<p><svg/>")
        #expect(failure("<p>{{ v | raw }}", ["v": "<svg/>"])?.message == "raw prints markup only, and this is text")
        #expect(failure("<p>{{ v }}", ["v": .markup("<svg/>")])?.message.contains("markup") == true)
        #expect(failure("<p>{{ v ~ \"x\" }}", ["v": .markup("<svg/>")]) != nil)
    }

    @Test func attrWritesMaps() throws {
        let map: TemplateValue = ["href": "javascript:x", "id": "a\"b", "hidden": true, "title": .null, "lang": false]
        #expect(
            try render("<a {{ v | attr }} class=\"y\">", ["v": map])
                == "<a  hidden=\"\" href=\"about:invalid\" id=\"a&quot;b\" class=\"y\">")
        for name in ["onclick", "a b", "srcdoc", "x=", "", "\""] {
            #expect(failure("<a {{ v | attr }}>", ["v": .map([name: "x"])]) != nil)
        }
    }

    @Test func styleTakesNumbers() throws {
        #expect(try render("<i style=\"width:{{ v }}%\">", ["v": 12.5]) == "<i style=\"width:12.5%\">")
        #expect(failure("<i style=\"width:{{ v }}%\">", ["v": "1;x:y"]) != nil)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity]) func numbersAreFinite(number: Double) {
        for template in ["{{ v }}", "<p a=\"{{ v }}\">", "{{ v | json }}", "{{ v ~ 1 }}", "{{ [v] | join }}"] {
            #expect(
                failure(template, ["v": .double(number)])?.message.contains("no number that can be printed") == true)
        }
    }
}
