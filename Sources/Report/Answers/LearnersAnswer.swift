import Analysis
import Model

/// What can be asked about learners; each is a table.
public enum LearnersQuestion: String, Sendable, CaseIterable {
    /// One line for each learner.
    case list
    /// Days, weeks, months, quarters and years.
    case progress
    /// Streaks.
    case streaks
    /// Topics with their mastery.
    case mastery
    /// Goals.
    case goals
    /// Achievements.
    case achievements
    /// What stands out.
    case insights
    /// Everything, as one document.
    case all
}

extension AnswerSheet {
    /// The answer about learners in every form; the rows of CSV are those of the export of the same name.
    public static func learners(_ result: LearnersResult, _ question: LearnersQuestion) -> AnswerSheet {
        let exports = LearningExports(
            learning: result, run: RunIdentity(id: "", title: "", zone: "", version: ""))
        let table: CSVTable =
            switch question {
            case .list, .all: exports.learners
            case .progress: exports.progress
            case .streaks: exports.streaks
            case .mastery: exports.mastery
            case .goals: exports.goals
            case .achievements: exports.achievements
            case .insights: exports.insights
            }
        let shown = table.rows.prefix(200)
        let block = TableBlock(
            caption:
                "\(question.rawValue), \(NumberWords.count(shown.count)) of \(NumberWords.count(table.rows.count)) rows",
            columns: table.columns.enumerated().map { place, name in
                .init(name, isNumeric: table.rows.first.map { $0[place].isNumber } ?? false)
            },
            rows: shown.map { $0.map(\.tableCell) })
        let rows = table.rows.map { row -> JSONValue in
            .object(Dictionary(zip(table.columns, row.map(\.json))) { first, _ in first })
        }
        var sentences = [
            "\(NumberWords.count(result.shown.count, "learner", "learners")) as of \(result.asOf.iso)."
        ]
        if result.shown.count == 1, let report = result.shown.first {
            sentences += report.insights.prefix(5).map(LearningWording.sentence)
            sentences += report.recommendations.prefix(5).map {
                let words = LearningWording.advice($0)
                return "\($0.priority.rawValue): \(words.what) (\(words.figures))"
            }
        }
        return AnswerSheet(
            title: "Learners", sentences: sentences, tables: [block],
            json: question == .all
                ? exports.document : .object(["as_of": .string(result.asOf.iso), question.rawValue: .array(rows)]),
            csv: table)
    }
}

extension CSVTable.Cell {
    fileprivate var isNumber: Bool {
        switch self {
        case .int, .double: true
        case .empty, .text: false
        }
    }

    fileprivate var tableCell: TableCell {
        switch self {
        case .empty: TableCell(nil, reason: "no value")
        case .int(let value): TableCell(NumberWords.count(value), sortKey: Double(value))
        case .double(let value): TableCell(NumberWords.plain(value), sortKey: value)
        case .text(let text): text.isEmpty ? TableCell(nil, reason: "no value") : TableCell(text)
        }
    }
}
