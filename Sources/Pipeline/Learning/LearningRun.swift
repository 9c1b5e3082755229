import Analysis
import Archive
import Diagnostics
import Foundation
import Ingest
import Model
import Report
import Site

/// Which learners get pages of their own.
public enum LearnerPages: String, Sendable, CaseIterable {
    /// Nobody: only what all learners have in common is shown.
    case none
    /// Those with most minutes in the look-back period.
    case top
    /// Everybody.
    case all
}

extension ArchiveStore {
    /// What learners did up to a day; nil where there are none.
    ///
    /// Learners are gone through in the order of their names, some at a time, so that memory holds the logs of a few, one
    /// line for each and the states of those who are shown.
    func learning(asOf day: Day, pages: LearnerPages) async throws -> LearnersResult? {
        let analysis = settings.analysis
        let shows: Int =
            switch pages {
            case .none: 0
            case .top: analysis.learning.topLearners
            case .all: max(Self.learnersInMemory, analysis.learning.topLearners)
            }
        return try await learners.result(
            asOf: day, shows: shows, showsEverybody: pages == .all, known: archive.shownLearners())
    }

    /// Learners whose figures are held until all pages are made, where everybody has pages; of the others a line each is.
    static let learnersInMemory = 200

    private var learners: LearnersReading {
        LearnersReading(
            archive: archive, settings: settings.analysis, zone: settings.zone, cores: cores,
            showsTexts: settings.showsLearnerTexts, needsConsent: settings.privacy.needsConsent,
            key: settings.learnerKey, retentionDays: settings.privacy.retentionDays, program: program)
    }

    /// What makes the pages of further learners: each is read, computed, worded and rendered by itself.
    func laterPages(_ later: LaterLearners?, asOf day: Day) -> LaterPages? {
        guard let later else { return nil }
        let learners = learners
        return LaterPages(promised: later.entries) { making, take in
            try await learners.each(
                asOf: day, sessions: 2_000, rests: true,
                work: { later.learners.contains($0.learner) ? try making(later.pages(of: $0)) : nil },
                take: { made in if let made { try take(made) } })
        }
    }
}

extension Settings {
    /// Where learners live, and what takes the place of their ids.
    var people: LearningReader.People {
        var people = LearningReader.People(names: learnerNames) { ZoneRules(identifier: $0) }
        people.keepsTexts = showsLearnerTexts
        return people
    }

    /// Pseudonyms, unless the configuration asks for the ids as supplied. Without a key nothing is stored (`assay check`).
    private var learnerNames: LearnerNames {
        guard !showsLearnerIds, let key = learnerKey else { return .asSupplied }
        return LearnerNames { key.pseudonym(of: $0) }
    }

    /// The settings with a key for the names of learners; goals of the configuration then name learners as the archive does.
    func naming(learnersBy key: PseudonymKey?) -> Settings {
        var settings = self
        settings.learnerKey = key
        for place in settings.analysis.learning.goals.indices {
            settings.analysis.learning.goals[place].learner = analysis.learning.goals[place].learner.map {
                settings.learnerNames($0)
            }
        }
        return settings
    }

    /// Whether reading a table takes a key of pseudonyms.
    func needsKey(_ mapping: SourceMapping) -> Bool {
        mapping.holdsPeople || !showsLearnerIds && (mapping.role == .learning || mapping.role == .goals)
    }

    /// Takes over what the configuration says of learners, and reads the achievements that they can meet.
    mutating func adopt(_ entries: LearningEntries, named name: String) throws {
        showsLearnerIds = entries.showsIds
        showsLearnerTexts = entries.showsTexts
        learnerPages = entries.pages
        analysis.learning = entries.settings
        guard sources.contains(where: { $0.mapping.role == .learning }) else { return }
        let usual = "learning/achievements.yaml"
        let own = userTemplates.map { "\($0)/\(usual)" }.flatMap {
            FileManager.default.fileExists(atPath: $0) ? $0 : nil
        }
        let path =
            entries.achievements.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" } ?? own ?? "\(templates)/\(usual)"
        analysis.learning.achievements = try Self.achievements(at: path, named: entries.achievements ?? usual)
    }

    /// The achievements of a file.
    static func achievements(at path: String, named name: String? = nil) throws -> [AchievementDefinition] {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else { throw Failure(.configuration, "\(path): the achievements cannot be read") }
        var reader = YAMLReader(file: name ?? path, text: text)
        let definitions = reader.achievements()
        if !reader.problems.isEmpty { throw Failure(.configuration, reader.problems) }
        return definitions
    }
}
