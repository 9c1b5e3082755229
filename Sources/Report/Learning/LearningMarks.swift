import Analysis
import Model

/// What learners reached and when, and the parts of their quality over time, as CSV.
extension LearningExports {
    /// One row for each mark that a learner with a page passed.
    var milestones: CSVTable {
        let rows = learning.shown.flatMap { report in
            report.state.milestones.map { item -> [CSVTable.Cell] in
                [
                    .text(report.state.learner), .text(item.day.iso), .text(item.kind.rawValue), .text(item.subject),
                    .double(item.mark),
                ]
            }
        }
        return CSVTable(columns: Self.columns["milestones"] ?? [], rows: rows)
    }

    /// Weeks, months, quarters and years of each learner with a page.
    private var spans: [(report: LearnerReport, span: LearningSpan, item: SpanProgress)] {
        learning.shown.flatMap { report in
            LearningSpan.allCases.filter { $0 != .day }.flatMap { span in
                (report.spans[span] ?? []).map { (report, span, $0) }
            }
        }
    }

    /// Topics, goals and achievements of each of them.
    var reached: CSVTable {
        let rows = spans.flatMap { report, span, item in
            SpanReached(report.state, item.period).items.map { found -> [CSVTable.Cell] in
                [
                    .text(report.state.learner), .text(span.rawValue), .text(span.label(item.period)),
                    .text(found.kind), .text(found.name), .text(found.day?.iso ?? ""),
                    found.days.map { .int($0) } ?? .empty,
                ]
            }
        }
        return CSVTable(columns: Self.columns["reached"] ?? [], rows: rows)
    }

    /// The mean of each part of the quality in each of them, with Student's interval over sessions.
    var parts: CSVTable {
        let rows = spans.flatMap { report, span, item in
            QualityPart.allCases.compactMap { part -> [CSVTable.Cell]? in
                guard part.place < item.totals.parts.count, item.totals.parts[part.place].n > 0 else { return nil }
                let moments = item.totals.parts[part.place]
                let interval = moments.learningInterval(level: level)
                return [
                    .text(report.state.learner), .text(span.rawValue), .text(span.label(item.period)),
                    .text(part.rawValue), .int(moments.n), .double(moments.mean), .number(interval?.low),
                    .number(interval?.high),
                ]
            }
        }
        return CSVTable(columns: Self.columns["quality_parts"] ?? [], rows: rows)
    }
}
