import Charts
import Words

/// A phrase in the language in force, as a paragraph.
func tell(_ phrase: Phrase) -> Prose { Prose(Language.current.text(of: phrase)) }

extension Language {
    /// Does work with this language in force: for phrases, numbers and dates, in pages and in charts.
    public func speaking<Result>(_ work: () throws -> Result) rethrows -> Result {
        try Language.$current.withValue(self) { try ChartWords.$current.withValue(chartWords) { try work() } }
    }

    /// The same for work that waits.
    public func speaking<Result>(
        isolation: isolated (any Actor)? = #isolation, _ work: () async throws -> Result
    ) async rethrows -> Result {
        try await Language.$current.withValue(self) {
            try await ChartWords.$current.withValue(chartWords) { try await work() }
        }
    }

    /// The signs that charts and numbers write.
    private var chartWords: ChartWords {
        ChartWords(
            decimalMark: formats.decimalMark, groupMark: formats.groupMark, noData: text(of: "No data"))
    }
}
