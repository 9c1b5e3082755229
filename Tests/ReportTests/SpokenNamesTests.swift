import Foundation
import Model
import TestSupport
import Testing

@testable import Analysis
@testable import Report

/// Names of cases that pages say stand in the catalogue of words.
@Suite struct SpokenNamesTests {
    private static let names: [String] = {
        var names = Intervention.Status.allCases.map(\.rawValue) + LimitSide.allCases.map(\.rawValue)
        names += Finding.Severity.allCases.map(\.rawValue) + Grain.allCases.map(\.rawValue)
        names += LearningSpan.allCases.map(\.rawValue) + GoalState.Status.allCases.map(\.rawValue)
        names += SitePlan.Group.allCases.map(\.rawValue)
        names += ReportPart.all.map(\.name) + QualityPart.allCases.map(\.rawValue)
        names += DriftFigures.Verdict.allCases.map(\.rawValue) + ShapeFigures.Shape.allCases.map(\.rawValue)
        names += LevelShift.Kind.allCases.map(\.rawValue) + AchievementDefinition.Rarity.allCases.map(\.rawValue)
        names += LearningForecast.Method.allCases.map(\.rawValue)
        names += Reject.Cause.allCases.map { $0.rawValue.replacing("_", with: " ") }
        names += Finding.Kind.allCases.map { $0.rawValue.replacing("_", with: " ") }
        return names
    }()

    @Test func namesOfCasesHaveWords() throws {
        let path = Repository.root.appending(path: "Templates/words/en.txt")
        let lines = Set(try String(contentsOf: path, encoding: .utf8).split(separator: "\n"))
        for name in Self.names { #expect(lines.contains("\"\(name)\""), "\(name)") }
    }
}
