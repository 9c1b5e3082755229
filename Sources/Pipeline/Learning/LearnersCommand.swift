import Analysis
import Archive
import Foundation
import Ingest
import Model
import Report

/// What can be asked about learners.
public typealias LearnersQuestion = Report.LearnersQuestion

/// What `assay learners` is asked.
public struct LearnersRequest: Sendable {
    /// Which table.
    public var what: LearnersQuestion
    /// The configuration; nil for `assay.yaml` here, if there is one.
    public var configuration: String?
    /// The archive; nil for the configured one.
    public var archive: String?
    /// The only learner who is asked about, as pages name them; nil for all.
    public var learner: String?
    /// The day that is described; nil for the newest with sessions.
    public var asOf: String?
    /// How the answer is printed.
    public var format = AnswerFormat.text

    /// Collects the options of the command.
    public init(what: LearnersQuestion, configuration: String? = nil, archive: String? = nil) {
        self.what = what
        self.configuration = configuration
        self.archive = archive
    }
}

/// `assay learners`: one table about learners from the archive, with the figures of the pages.
///
/// - Parameter print: where the answer goes, standard output for a command.
public func answerLearners(
    _ request: LearnersRequest, in surroundings: Surroundings, messages: MessageSink, print: ([UInt8]) -> Void
) async -> ExitStatus {
    await reporting(to: messages) {
        let options = SettingsOptions(configuration: request.configuration, archive: request.archive)
        var settings =
            try Settings.configurationPath(options, surroundings) == nil
            ? nil : try Settings.resolve(options, exports: [], in: surroundings)
        settings = try settings.map { try $0.naming(learnersBy: PrivacyKeyPlace.of($0).key(in: surroundings)) }
        var analysis = settings?.analysis ?? AnalysisSettings()
        if settings == nil, let templates = surroundings.templates {
            analysis.learning.achievements = try Settings.achievements(at: templates + "/learning/achievements.yaml")
        }
        let zone = settings?.zone ?? .utc
        let path = settings?.archive ?? surroundings.absolute(request.archive ?? ".assay/archive.sqlite")
        guard FileManager.default.fileExists(atPath: path) else {
            throw Failure(.inputMissing, "\(path): there is no such archive", fix: "Name it with --archive.")
        }
        guard let empty = Catalogue(metrics: [], dimensions: []) else { throw Failure(.failed, "no catalogue") }
        let archive = try Archive(reading: path, catalogue: empty)
        let today = surroundings.today(in: zone)
        let asked = try asOfDay(request.asOf, zone, surroundings)
        guard let day = try asked ?? archive.newestLearningDay(notAfter: today) else {
            throw Failure(.inputMissing, "the archive has no sessions of learners")
        }
        let reading = LearnersReading(
            archive: archive, settings: analysis, zone: zone, cores: OrderedWork(jobs: surroundings.cores),
            showsTexts: settings?.showsLearnerTexts ?? false, needsConsent: settings?.privacy.needsConsent ?? false,
            key: settings?.learnerKey, retentionDays: settings?.privacy.retentionDays)
        guard let result = try await reading.result(asOf: day, shows: .max / 4, only: request.learner) else {
            throw Failure(
                request.learner == nil ? .inputMissing : .usage,
                request.learner.map { "there is no learner `\($0)` up to \(day.iso)" }
                    ?? "the archive has no sessions of learners up to \(day.iso)",
                fix: request.learner == nil ? nil : "`assay learners list` names them.")
        }
        print(AnswerSheet.learners(result, request.what).bytes(request.format))
    }
}
