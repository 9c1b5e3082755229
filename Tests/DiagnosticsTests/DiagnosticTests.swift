import Diagnostics
import Testing

@Suite struct DiagnosticTests {
    @Test func readsLikeACompilersMessage() {
        let diagnostic = Diagnostic(
            .error, "unknown key `colour`, expected one of title, unit",
            at: .init(file: "assay.yaml", line: 3, column: 5),
            fix: "Did you mean `color`?", excerpt: "    colour: red\n    ^")
        #expect(
            diagnostic.description == """
                assay.yaml:3:5: error: unknown key `colour`, expected one of title, unit
                    colour: red
                    ^
                  Did you mean `color`?
                """)
    }

    @Test(arguments: [
        ("metrcs", "metrics"), ("dimension", "dimensions"), ("Metrics", "metrics"), ("tile", "title"),
        ("sessions", nil),
        ("ttile", "title"), ("", nil),
    ])
    func suggests(unknown: String, expected: String?) {
        #expect(nearestName(to: unknown, among: ["metrics", "dimensions", "title"]) == expected)
    }
}
