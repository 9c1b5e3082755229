import Foundation
import Pipeline
import TestSupport
import Testing

/// The same data in two languages.
@Suite struct LanguageTests {
    private static let watch = """

        alerts:
          slow: {title: Langsam, metric: response_time, statistic: p95, limit: {warning: 0.1}, minimum: 1, owner: Team}
        kpis:
          resolved: {title: Anteil, metric: resolved, target: 0.7, owner: Team}
        """

    /// One sample, its site in English and in German, all pages of the newest night by path.
    private func sites(
        _ days: [String] = ["2026-11-19"], _ compare: (Workshop) async throws -> Void
    ) async throws {
        try await inWorkshop { workshop in
            #expect(await workshop.sample(sessions: 250, days: 30, hasHealth: true) == .done)
            try workshop.write(Workshop.configuration + Self.watch, to: "en.yaml")
            try workshop.write("language: de\n" + Workshop.configuration + Self.watch, to: "de.yaml")
            for code in ["en", "de"] {
                for day in days {
                    let status = await workshop.build(
                        configuration: "\(code).yaml", output: code, archive: "\(code).sqlite", asOf: day)
                    #expect(status == .done, "\(workshop.messages.suffix(3))")
                }
            }
            try await compare(workshop)
        }
    }

    /// Names that are alike in both languages.
    private static let alike = [
        "Mann–Kendall", "Kruskal–Wallis", "Brown–Forsythe", "Kolmogorov–Smirnov", "Newey–West", "Shapiro–Wilk",
    ]

    @Test func noSentenceIsLeftInEnglish() async throws {
        try await sites(["2026-11-18", "2026-11-19"]) { workshop in
            let (english, german) = (try workshop.files(in: "en"), try workshop.files(in: "de"))
            // The guide is in English and says so.
            let pages = { (files: [String: Data]) in
                Set(files.keys.filter { $0.hasSuffix(".html") && !$0.hasPrefix("help/") })
            }
            #expect(pages(english) == pages(german))
            let own = try data(of: workshop)
            var faults: Set<String> = []
            for path in pages(english).sorted() {
                let said = Set(texts(english[path]))
                for text in texts(german[path]) where said.contains(text) {
                    faults.formUnion(parts(of: text).filter { isSentence($0) && !own.contains(plain($0)) })
                }
            }
            #expect(faults.isEmpty, "\(faults.count): \(faults.sorted().prefix(60).joined(separator: "\n"))")
        }
    }

    @Test func figuresAddressesAndTablesAreTheSame() async throws {
        try await sites { workshop in
            let (english, german) = (try workshop.files(in: "en"), try workshop.files(in: "de"))
            let path = "runs/2026-11-19/trends/index.html"
            let (said, sagt) = (text(english[path]), text(german[path]))
            #expect(sagt.contains("<html lang=\"de\" data-decimal=\",\">"))
            #expect(ids(said) == ids(sagt))
            #expect(numbers(said) == numbers(sagt.replacing(",", with: ".")))
            for file in english.keys where file.hasSuffix(".csv") || file.hasSuffix(".prom") {
                #expect(english[file] == german[file], "\(file)")
            }
            let schema = try JSONSchema(try #require(german["schema/summary.schema.json"]))
            let summary = try JSONSerialization.jsonObject(
                with: try #require(german["runs/2026-11-19/summary.json"]), options: .fragmentsAllowed)
            #expect(schema.faults(of: summary).prefix(3) == [])
            let manifest = String(decoding: try #require(german["index.html"]), as: UTF8.self)
            #expect(manifest.contains("19. November 2026"))
        }
    }

    @Test func aLanguageThatIsNotThereIsAnError() async throws {
        try await inWorkshop { workshop in
            #expect(await workshop.sample(sessions: 60, days: 4) == .done)
            try workshop.write("language: fr\n" + Workshop.configuration, to: "assay.yaml")
            #expect(await workshop.build(configuration: "assay.yaml") == .configuration)
            let said = workshop.messages.joined(separator: "\n")
            #expect(said.contains("assay.yaml:1:11"))
            #expect(said.contains("there is no language `fr`; there are de, en"))
        }
    }

    @Test func theCommandLineWins() async throws {
        try await inWorkshop { workshop in
            #expect(await workshop.sample(sessions: 60, days: 4) == .done)
            #expect(await workshop.build(language: "de") == .done, "\(workshop.messages)")
            let proposed = text(try workshop.files(in: "site")["index.html"])
            #expect(proposed.contains("<html lang=\"de\"") && proposed.contains(">Bericht<"))
            try workshop.write("language: de\n" + Workshop.configuration, to: "assay.yaml")
            #expect(await workshop.build(configuration: "assay.yaml", language: "en") == .done)
            #expect(text(try workshop.files(in: "site")["index.html"]).contains("<html lang=\"en\""))
            #expect(await workshop.build(language: "fr") == .usage)
            #expect(workshop.messages.joined().contains("there is no language `fr`; there are de, en"))
        }
    }

    /// What is noticed at reading is kept as a phrase: the run that reads says it, a later one too, commands in English.
    @Test func whatWasNoticedAtReadingIsSaidInTheLanguageOfTheReport() async throws {
        try await inWorkshop { workshop in
            try workshop.write(
                "id,at,stt_latency,llm_latency,resolved\na,2026-11-18,0.2,0.9,yes\nb,2026-11-19,0,1.1,no\n",
                to: "exports/calls.csv")
            try workshop.write(
                """
                sources: {calls: {files: ["calls*"], id: id, time: at}}
                metrics: {wait: {column: stt_latency}, spoken: {column: words}}
                """, to: "declared.yaml")
            func notes(_ output: String) throws -> (page: String, summary: [String]) {
                let data = try workshop.json("\(output)/runs/2026-11-19/summary.json")["data"] as? [String: Any]
                let page = text(try workshop.read("\(output)/runs/2026-11-19/data/index.html"))
                return (page, try #require(data?["notes"] as? [String]))
            }
            #expect(await workshop.build(output: "free", archive: "free.sqlite", language: "de") == .done)
            let free = try notes("free")
            #expect(free.page.contains("calls.csv: „at“ gilt als Zeit, geschrieben als iso"))
            #expect(
                free.page.contains(
                    "calls.csv: „resolved“ gilt als Metrik „resolved“, ein Anteil von Ja; höher ist besser"))
            #expect(!free.page.contains("is taken as"))
            #expect(
                free.summary.contains(
                    "calls.csv: “resolved” is taken as metric “resolved”, a share of yes; higher is better"))
            for _ in 1...2 {
                #expect(await workshop.build(configuration: "declared.yaml", language: "de") == .done)
                let declared = try notes("site")
                #expect(declared.page.contains("calls.csv: es gibt keine Spalte „words“"))
                #expect(declared.summary == ["calls.csv: there is no column “words”"])
            }
            #expect(await workshop.show("1").text.contains("note\tcalls.csv: there is no column “words”"))
        }
    }

    @Test func ownWordsReplaceSinglePhrases() async throws {
        try await inWorkshop { workshop in
            #expect(await workshop.sample(sessions: 60, days: 4) == .done)
            try workshop.write("templates: mine\n" + Workshop.configuration, to: "assay.yaml")
            try workshop.write("\"Key figures\" = \"The <b> figures\"\n", to: "mine/words/en.txt")
            #expect(await workshop.build(configuration: "assay.yaml") == .done, "\(workshop.messages)")
            let page = text(try workshop.files(in: "site")["index.html"])
            #expect(page.contains("The &lt;b&gt; figures") && !page.contains("Key figures"))
            try workshop.write("\"Key figure\" = \"x\"\n", to: "mine/words/en.txt")
            #expect(await workshop.build(configuration: "assay.yaml") == .configuration)
            #expect(workshop.messages.joined().contains("words/en.txt:1:1: no report has the phrase “Key figure”"))
        }
    }

    // MARK: Pages as texts

    private func text(_ data: Data?) -> String { String(decoding: data ?? Data(), as: UTF8.self) }

    /// The texts between the tags of a page, and its descriptions.
    private func texts(_ data: Data?) -> [String] {
        let page = text(data)
        let between = page.split(separator: "<").compactMap { part -> String? in
            guard let end = part.firstIndex(of: ">") else { return nil }
            let tag = part[..<end]
            if tag.hasPrefix("code") { return nil }
            return part[part.index(after: end)...].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return between.filter { !$0.isEmpty }
    }

    /// What stands between the signs of a text.
    private func parts(of text: String) -> [String] {
        text.split(separator: #/ · |, |: | \(|\)|=|\/| → | − /#).map(String.init)
    }

    /// A text in small letters, without the marks of names and markup.
    private func plain(_ text: String) -> String {
        text.lowercased().replacing("_", with: " ").replacing("&#39;", with: "'").replacing("&quot;", with: "\"")
            .replacing("&apos;", with: "'").replacing("&lt;", with: "<").replacing("&amp;", with: "&")
    }

    /// Everything that exports and configuration say, with the names of the files.
    private func data(of workshop: Workshop) throws -> String {
        let files = try workshop.files(in: "exports")
        let configuration = text(try workshop.read("de.yaml"))
        let texts = Array(files.keys) + files.values.map { text($0) } + [configuration]
        return plain(texts.joined(separator: "\n"))
    }

    /// Whether a text has three words of letters that are no name.
    private func isSentence(_ text: String) -> Bool {
        var rest = text
        for name in Self.alike { rest = rest.replacing(name, with: "") }
        return rest.matches(of: /\b[A-Za-z]{2,}\b/).count >= 3
    }

    private func ids(_ page: String) -> [Substring] { page.matches(of: #/ id="([^"]*)"/#).map(\.1) }

    private func numbers(_ page: String) -> [Substring] {
        page.matches(of: /class="n[^"]*">([0-9−+.%\u{202F}\u{2009}]+)</).map(\.1)
    }
}
