import Analysis
import Charts
import Model

extension AnswerSheet {
    /// The verdict of validation in every form; the rows of CSV are the tests.
    public static func gate(_ result: ValidationResult) -> AnswerSheet {
        let words = ValidationWords(result: result)
        var tables = [words.reasonTable, words.categoryTable]
        for source in result.sources {
            let changed = source.tests.filter { $0.change != nil }
            guard !changed.isEmpty, let change = source.change else { continue }
            tables.append(
                TableBlock(
                    caption: "Against the run of \(change.from.day.iso)\(words.of(source.name))",
                    columns: [.init("Test"), .init("What is new"), .init("Now")],
                    rows: changed.map { test in
                        [
                            TableCell(test.name), TableCell(test.change.map { ValidationWords.change($0).word }),
                            words.statusCell(test),
                        ]
                    }))
        }
        let bad = result.tests.filter { $0.isPresent && $0.status != .passed }
        if !bad.isEmpty {
            tables.append(
                TableBlock(
                    caption: "Tests that did not pass",
                    columns: [
                        .init("Test"), .init("Category"), .init("Status"), .init("Score", isNumeric: true),
                        .init("Says"),
                    ],
                    rows: bad.prefix(200).map { test in
                        [
                            TableCell(test.name), TableCell(words.title(ofCategory: test.category)),
                            words.statusCell(test),
                            test.result.score.map { TableCell(ValidationWords.score($0), sortKey: $0) }
                                ?? TableCell(nil, reason: "no score"),
                            words.message(test),
                        ]
                    }))
        }
        return AnswerSheet(
            title: ValidationWords.verdict(result.readiness).word,
            sentences: [words.lead.plain]
                + result.advice.prefix(10).map { item in
                    let text = words.advice(item)
                    return "\(ValidationWords.priority(item.priority).word): \(text.what) (\(text.figures))"
                },
            tables: tables, json: SummaryParts.validation(result), csv: ValidationExports(result: result).tests)
    }
}
