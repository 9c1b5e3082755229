/// Templates with what jinja2 3.1.6 makes of them:
/// `Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, autoescape=True)
/// .from_string(template).render(**values)`.
///
/// Where the languages differ, the template is written in ours: `verbatim` for `raw`, `| raw` for captured markup,
/// `for k, v in map` for the sorted items; truth values print in small letters.
enum JinjaCases {
    static let all: [(template: String, expected: String)] = [
        (
            "{{ n }}|{{ x }}|{{ t }}",
            "7|2.5|a &lt;b&gt; &amp; &#39;c&#39;"
        ),
        (
            "{{ n + 1 }} {{ n - 9 }} {{ n * 2 }} {{ n / 2 }} {{ n // 2 }} {{ n % 4 }} {{ -n // 2 }} {{ -n % 4 }}",
            "8 -2 14 3.5 3 3 -4 1"
        ),
        (
            "{{ 7.5 // 2 }} {{ -7.5 // 2 }} {{ 7.5 % 2 }} {{ -7.5 % 2 }} {{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }}",
            "3.0 -4.0 1.5 0.5 7 9"
        ),
        (
            "{{ n ~ \"-\" ~ x }}",
            "7-2.5"
        ),
        (
            "{% if n > 3 and not empty %}yes{% else %}no{% endif %}",
            "yes"
        ),
        (
            "{% if n == 1 %}a{% elif n == 7 %}b{% else %}c{% endif %}",
            "b"
        ),
        (
            "{{ \"in\" if 3 in xs else \"out\" }} {{ \"in\" if 9 not in xs else \"out\" }} {{ \"k\" if \"a\" in m else \"-\" }} {{ \"q\" if \"quick\" in s else \"-\" }}",
            "in in k q"
        ),
        (
            "{% for i in xs %}{{ loop.index }}/{{ loop.length }}:{{ i }}{% if not loop.last %}, {% endif %}{% endfor %}",
            "1/3:3, 2/3:1, 3/3:2"
        ),
        (
            "{% for i in xs %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ \"F\" if loop.first else \"\" }};{% endfor %}",
            "032F;121;210;"
        ),
        (
            "{% for i in xs %}{{ loop.previtem if loop.previtem is defined else \"-\" }}[{{ i }}]{{ loop.nextitem if loop.nextitem is defined else \"-\" }} {% endfor %}",
            "-[3]1 3[1]2 1[2]- "
        ),
        (
            "{% for i in empty %}x{% else %}none{% endfor %}",
            "none"
        ),
        (
            "{% for i in xs if i > 1 %}{{ loop.index }}{{ i }}{% else %}none{% endfor %}",
            "1322"
        ),
        (
            "{% for i in xs if i > 9 %}{{ i }}{% else %}none{% endfor %}",
            "none"
        ),
        (
            "{% for k, v in m %}{{ k }}={{ v }};{% endfor %}",
            "a=1;b=2;"
        ),
        (
            "{% set a = 1 %}{% for i in xs %}{% set a = i %}{{ a }}{% endfor %}{{ a }}",
            "3121"
        ),
        (
            "{% if yes %}{% set a = 5 %}{% endif %}{{ a }}",
            "5"
        ),
        (
            "{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}",
            "3"
        ),
        (
            "{{ s | upper }} {{ \"ABC\" | lower }} {{ s | capitalize }} {{ s | title }}",
            "THE QUICK BROWN FOX abc The quick brown fox The Quick Brown Fox"
        ),
        (
            "{{ \"  a b \" | trim }}| {{ \"xxaxx\" | trim(\"x\") }}",
            "a b| a"
        ),
        (
            "{{ s | length }} {{ xs | length }} {{ m | count }}",
            "19 3 2"
        ),
        (
            "{{ xs | join(\"-\") }} {{ rows | join(\",\", attribute=\"name\") }} {{ xs | join }}",
            "3-1-2 x,y,z 312"
        ),
        (
            "{{ xs | first }} {{ xs | last }} {{ s | first }} {{ xs | reverse | join }} {{ \"abc\" | reverse }}",
            "3 2 t 213 cba"
        ),
        (
            "{{ xs | sort | join(\" \") }} {{ xs | sort(reverse=true) | join(\" \") }} {{ words | sort | join(\" \") }} {{ words | sort(case_sensitive=true) | join(\" \") }}",
            "1 2 3 3 2 1 Apple fig pear Apple fig pear"
        ),
        (
            "{{ rows | sort(attribute=\"v\") | map(attribute=\"name\") | join }} {{ rows | sort(true, attribute=\"v\") | map(attribute=\"name\") | join }}",
            "yxz xzy"
        ),
        (
            "{{ [\"a\",\"A\",\"b\"] | unique | join }} {{ rows | unique(attribute=\"v\") | map(attribute=\"name\") | join }}",
            "ab xy"
        ),
        (
            "{% for b in [1,2,3,4,5] | batch(2) %}{{ b | join(\",\") }};{% endfor %}{% for b in [1,2,3,4,5] | batch(3, 0) %}{{ b | join(\",\") }};{% endfor %}",
            "1,2;3,4;5;1,2,3;4,5,0;"
        ),
        (
            "{% for b in [1,2,3,4,5] | slice(3) %}{{ b | join(\",\") }};{% endfor %}{% for b in [1,2,3,4,5] | slice(3, 0) %}{{ b | join(\",\") }};{% endfor %}",
            "1,2;3,4;5;1,2;3,4;5,0;"
        ),
        (
            "{{ s | replace(\"quick\", \"slow\") }} {{ \"aaa\" | replace(\"a\", \"b\", 2) }} {{ \"ab\" | replace(\"\", \"-\") }}",
            "the slow brown fox bba -a-b-"
        ),
        (
            "{{ s | truncate(12) }} {{ s | truncate(12, true) }} {{ s | truncate(12, false, \"!\") }} {{ s | truncate(15) }} {{ s | truncate(10, leeway=0) }}",
            "the... the quick... the quick! the quick brown fox the..."
        ),
        (
            "{{ 2.5 | round }} {{ 3.5 | round }} {{ 2.675 | round(2) }} {{ 1.005 | round(2) }} {{ 0.125 | round(2) }} {{ -2.5 | round }} {{ 42.55 | round(1, \"floor\") }} {{ 2.1 | round(1, \"ceil\") }} {{ 7 | round }}",
            "2.0 4.0 2.67 1.0 0.12 -2.0 42.5 2.1 7"
        ),
        (
            "{{ -3 | abs }} {{ (-2.5) | abs }} {{ \"12\" | int }} {{ 3.9 | int }} {{ \"1.5\" | float }}",
            "3 2.5 12 3 1.5"
        ),
        (
            "{{ missing | default(\"d\") }} {{ \"\" | default(\"d\") }}| {{ \"\" | default(\"d\", true) }} {{ m.zz | default(\"q\") }} {{ 0 | d(5, true) }}",
            "d | d q 5"
        ),
        (
            "{{ rows | selectattr(\"v\", \"eq\", 2) | map(attribute=\"name\") | join }} {{ rows | rejectattr(\"v\", \"gt\", 1) | map(attribute=\"name\") | join }}",
            "xz y"
        ),
        (
            "{{ n is odd }} {{ n is even }} {{ n is divisibleby(7) }} {{ s is string }} {{ x is float }} {{ n is integer }} {{ m is mapping }} {{ none is none }} {{ missing is defined }} {{ n is not odd }}",
            "true false true true true true true true false false"
        ),
        (
            "{{ xs[0] }} {{ xs[-1] }} {{ xs[1:] | join }} {{ s[4:9] }} {{ m[\"a\"] }} {{ m.b }} {{ rows[1].name }} {{ rows.0.name }} {{ xs[:-1] | join }}",
            "3 2 12 quick 1 2 y x 31"
        ),
        (
            "{# comment {{ n }} #}after",
            "after"
        ),
        (
            "{{ n -}}   x{{- n }}",
            "7x7"
        ),
        (
            "{{ [1, 2, 3][1] }} {{ {\"a\": 5}[\"a\"] }} {{ {\"a\": {\"b\": 3}}.a.b }}",
            "2 5 3"
        ),
        (
            "{{ none or \"x\" }} {{ 0 or \"\" or \"z\" }} {{ 1 and 2 }} {{ not 1 }}",
            "x z 2 false"
        ),
        (
            "{{ 1 == 1.0 }} {{ \"1\" == 1 }} {{ \"a\" < \"b\" }} {{ 2 >= 2 }} {{ 1 != 2 }}",
            "true false true true true"
        ),
        (
            "{{ 1e20 }} {{ 1e-7 }} {{ 0.1 + 0.2 }} {{ 1e16 }} {{ 123456789.125 }} {{ 100.0 }}",
            "1e+20 1e-07 0.30000000000000004 1e+16 123456789.125 100.0"
        ),
        (
            "<ul>\n  {% for i in xs %}\n  <li>{{ i }}</li>\n  {% endfor %}\n</ul>\n",
            "<ul>\n  <li>3</li>\n  <li>1</li>\n  <li>2</li>\n</ul>\n"
        ),
        (
            "a\n  {# c #}\nb\n",
            "a\nb\n"
        ),
        (
            "a {% if yes %}\n b\n{% endif %} c\n",
            "a  b\n c\n"
        ),
        (
            "a\n   {%- if yes -%}   \n b {% endif -%}\n\n c\n",
            "ab c\n"
        ),
        (
            "a\n  {%+ if yes %}\n b\n  {%+ endif +%}\nc\n",
            "a\n   b\n  \nc\n"
        ),
        (
            "{% if yes %}\n\n x\n{% endif %}\n\ny",
            "\n x\n\ny"
        ),
        (
            "  {{ n }}\n  {{ n -}}\n  z\n",
            "  7\n  7z\n"
        ),
        (
            "x {#- gone -#} y\n",
            "xy\n"
        ),
        (
            "{% set q %}<b>{{ t }}</b>{% endset %}{{ q | raw }}\n",
            "<b>a &lt;b&gt; &amp; &#39;c&#39;</b>\n"
        ),
        (
            "{% macro f(a, b=\"z\") %}[{{ a }}{{ b }}]{% endmacro %}{{ f(1) }}{{ f(1, 2) }}{{ f(b=3, a=4) }}\n",
            "[1z][12][43]\n"
        ),
        (
            "{% macro p(t) %}<p>{{ t }}{{ caller() }}</p>{% endmacro %}{% call p(\"h\") %}<i>{{ n }}</i>{% endcall %}\n",
            "<p>h<i>7</i></p>"
        ),
        (
            "{% verbatim %}{{ n }}{% endverbatim %}\n",
            "{{ n }}"
        ),
        (
            "{% for r in [[1,2],[3,4]] %}{% for i in r %}{{ loop.index }}{{ i }}{% endfor %}|{{ loop.index }};{% endfor %}\n",
            "1122|1;1324|2;"
        ),
    ]
}
