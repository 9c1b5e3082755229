import Analysis
import Diagnostics
import Ingest
import Model
import Site
import Words
import Yams

import class Foundation.FileManager
import struct Foundation.URL

/// What the command line says about settings; it wins over the configuration.
struct SettingsOptions {
    var configuration: String?
    var output: String?
    var archive: String?
    var timeZone: String?
    /// Whether a configuration has to say where its records come from; not where files are named and judged alone.
    var needsSources = true
    var language: String?

    /// The language that was asked for; nil where none was.
    ///
    /// - Throws: `Failure` where there is no such language, or with the place in its file that is wrong.
    func language(bundled: String, user: String?) throws -> Language? {
        guard let language else { return nil }
        do throws(SiteError) {
            return try Language.named(language, bundled: bundled, user: user)
        } catch {
            throw Failure(.usage, error.description)
        }
    }
}

extension Settings {
    /// The settings of a run: from the configuration if there is one, else proposed by looking at the exports.
    ///
    /// - Throws: `Failure` with every problem of the configuration.
    static func resolve(
        _ options: SettingsOptions, exports: [ExportFile], in surroundings: Surroundings
    ) throws -> Settings {
        guard let templates = surroundings.templates else {
            let places = surroundings.templateFolders.joined(separator: ", ")
            throw Failure(
                .failed, "the bundled templates were not found (looked in \(places))", fix: "Set ASSAY_TEMPLATES.")
        }
        if let path = try configurationPath(options, surroundings) {
            return try read(path, options, templates: templates, in: surroundings)
        }
        guard !exports.isEmpty else {
            throw Failure(
                .usage, "there is neither a configuration nor a file to read",
                fix: "Name a folder of exports, or write a configuration with `assay init`.")
        }
        return try inferred(from: exports, options, templates: templates, in: surroundings)
    }

    /// The configuration that was named, or `assay.yaml` here; nil if there is none.
    static func configurationPath(_ options: SettingsOptions, _ surroundings: Surroundings) throws -> String? {
        if let named = options.configuration {
            let path = surroundings.absolute(named)
            guard FileManager.default.fileExists(atPath: path) else {
                throw Failure(.inputMissing, "\(named): there is no such configuration")
            }
            return path
        }
        let usual = surroundings.absolute("assay.yaml")
        return FileManager.default.fileExists(atPath: usual) ? usual : nil
    }

    private static func read(
        _ path: String, _ options: SettingsOptions, templates: String, in surroundings: Surroundings
    ) throws -> Settings {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            throw Failure(.configuration, "\(path): cannot be read as UTF-8")
        }
        let name = options.configuration ?? "assay.yaml"
        var reader = YAMLReader(file: name, text: text)
        let file = ConfigurationFile.read(&reader)
        // What a file that cannot be read does not say is no further mistake.
        if file.isUnreadable { throw Failure(.configuration, reader.problems) }
        let folder = URL(filePath: path).deletingLastPathComponent().path
        var assembly = SettingsAssembly(file: file, reader: reader)
        let (catalogue, sources) = assembly.tables(areNeeded: options.needsSources)
        let zone = assembly.zone(options.timeZone ?? file.timeZone ?? "UTC")
        var analysis = assembly.analysis()
        if let catalogue { assembly.watch(catalogue, &analysis) }
        let reports = catalogue.map { assembly.reports($0) } ?? []
        let notification = assembly.notification()
        if assembly.reader.problems.contains(where: { $0.severity == .error }) {
            throw Failure(.configuration, assembly.reader.problems)
        }
        guard let catalogue, let zone else { throw Failure(.configuration, "\(name): cannot be used") }
        let userTemplates = file.templates.map { surroundings.absolute($0, from: folder) }
        let language =
            try options.language(bundled: templates, user: userTemplates)
            ?? assembly.language(bundled: templates, user: userTemplates)
        let outputDefault =
            file.output.map { surroundings.absolute($0, from: folder) } ?? surroundings.absolute("Output")
        let archiveDefault = surroundings.absolute(file.archive ?? ".assay/archive.sqlite", from: folder)
        var settings = Settings(
            title: file.title ?? language.text(of: "Report"), zone: zone,
            output: options.output.map { surroundings.absolute($0) } ?? outputDefault,
            archive: options.archive.map { surroundings.absolute($0) } ?? archiveDefault, templates: templates,
            userTemplates: userTemplates, catalogue: catalogue,
            sources: sources, analysis: analysis, notes: [], folder: folder)
        settings.analysis.composition = composition(catalogue, sources)
        settings.allowedRejects = file.allowedRejects ?? settings.allowedRejects
        settings.notification = notification
        settings.retention = file.retention
        settings.baseAddress = file.baseAddress
        settings.language = language
        settings.reports = reports
        try settings.adopt(file.learning, named: name)
        settings.analysis.people.k = file.privacy.k
        settings.privacy = file.privacy.resolved { surroundings.absolute($0, from: folder) }
        settings.notes += settings.privacy.notes
        try settings.requireUsable()
        return settings
    }

    /// The zone that an option names.
    static func zone(_ name: String) throws -> ZoneRules {
        guard let zone = ZoneRules(identifier: name) else {
            throw Failure(.usage, "there is no time zone `\(name)`", fix: "Name one like Europe/Berlin.")
        }
        return zone
    }

    /// The archive lies beside the site, never in it, and templates that were named are there.
    private func requireUsable() throws {
        if archive == output || archive.hasPrefix(output + "/") {
            throw Failure(
                .configuration, "the archive \(archive) would lie in the site's folder, where readers see it",
                fix: "Put it beside \(output).")
        }
        guard let userTemplates else { return }
        let entries = try? FileManager.default.contentsOfDirectory(atPath: userTemplates)  // nil for what is no folder
        if entries == nil {
            throw Failure(.configuration, "`templates` names \(userTemplates), which is no folder")
        }
    }

    private static func inferred(
        from exports: [ExportFile], _ options: SettingsOptions, templates: String, in surroundings: Surroundings
    ) throws -> Settings {
        let survey = try ExportSurvey(of: exports)
        // Results of tests are enough for a report: pages of metrics are then empty and say so.
        guard !survey.catalogue.metrics.isEmpty || survey.tables.contains(where: { $0.mapping.holdsOwnPages })
        else {
            throw Failure(
                .inputRefused,
                survey.notes + [
                    Diagnostic(
                        .error, "no column with numbers was found in the exports", fix: "Describe them in assay.yaml.")
                ])
        }
        let zone = try Self.zone(options.timeZone ?? "UTC")
        let language = try options.language(bundled: templates, user: nil) ?? .english
        var settings = Settings(
            title: language.text(of: "Report"), zone: zone, output: surroundings.absolute(options.output ?? "Output"),
            archive: surroundings.absolute(options.archive ?? ".assay/archive.sqlite"), templates: templates,
            userTemplates: nil, catalogue: survey.catalogue,
            sources: survey.tables.map { Source(mapping: $0.mapping, patterns: $0.files) },
            analysis: AnalysisSettings(),
            notes: survey.notes, folder: surroundings.folder)
        settings.analysis.composition = composition(survey.catalogue, settings.sources)
        settings.language = language
        try settings.adopt(LearningEntries(), named: "")
        return settings
    }
}

/// Puts the entries of a configuration together; what does not fit is reported at its line.
struct SettingsAssembly {
    let file: ConfigurationFile
    var reader: YAMLReader

    /// The zone of a name.
    mutating func zone(_ name: String) -> ZoneRules? {
        if let zone = ZoneRules(identifier: name) { return zone }
        reader.fail("there is no time zone `\(name)`", at: nil, fix: "Name one like Europe/Berlin.")
        return nil
    }

    /// The language of the report.
    ///
    /// - Throws: `Failure` at the key where there is no such language, or with the place in its file that is wrong.
    mutating func language(bundled: String, user: String?) throws -> Language {
        do throws(SiteError) {
            return try Language.named(file.language ?? "en", bundled: bundled, user: user)
        } catch {
            reader.fail(error.description, at: file.languageNode)
            throw Failure(.configuration, reader.problems)
        }
    }

    /// Alert rules, KPIs and the rows of the health score, which are read with the catalogue at hand.
    mutating func watch(_ catalogue: Catalogue, _ settings: inout AnalysisSettings) {
        settings.alertRules = alertRules(catalogue, settings)
        settings.kpis = kpis(catalogue)
        health(catalogue, into: &settings)
    }

    /// The settings of the analysis.
    mutating func analysis() -> AnalysisSettings {
        var settings = AnalysisSettings()
        settings.validation = file.validation
        settings.voice = voice()
        for (name, node) in file.analysis {
            SettingKey<AnalysisSettings>.all.first { $0.name == name }?.apply(&settings, node, &reader)
        }
        for entry in file.benchmarks {
            guard let metric = entry.metric, let value = entry.value, let source = entry.source else {
                reader.fail(
                    "benchmark `\(entry.name)` needs `metric`, `value` and `source`", at: entry.node,
                    fix: "A number without a source is a guess; say where it comes from.")
                continue
            }
            let names = file.metrics.map(\.name)
            guard names.contains(metric) else {
                let near = nearestName(to: metric, among: names)
                reader.fail(
                    "benchmark `\(entry.name)` names the metric `\(metric)`, which is not declared", at: entry.node,
                    fix: near.map { "Did you mean `\($0)`?" })
                continue
            }
            settings.benchmarks.append(Benchmark(metric: metric, name: entry.name, value: value, source: source))
        }
        return settings
    }

    /// The catalogue and the sources with their columns; the catalogue is nil where it is contradictory.
    mutating func tables(areNeeded: Bool) -> (Catalogue?, [Settings.Source]) {
        var sources = file.sources.map { Settings.Source(mapping: $0.mapping, patterns: $0.files) }
        if sources.isEmpty, areNeeded { reader.fail("`sources` names no source", at: nil, fix: "Try `assay init`.") }
        let holdsRecords = file.sources.contains { [.sessions, .scores].contains($0.mapping.role) }
        if file.metrics.isEmpty, holdsRecords || (file.sources.isEmpty && areNeeded) {
            reader.fail("`metrics` names no metric", at: nil, fix: "Try `assay init`.")
        }
        var metrics: [Metric] = []
        for entry in file.metrics {
            guard let metric = metric(entry), let source = place(of: entry.source, entry.node, "metric `\(entry.name)`")
            else {
                continue
            }
            var column = MetricColumn(
                metric: metrics.count, columns: entry.columns, scale: entry.scale, words: entry.words,
                zeroIsMissing: entry.zeroIsMissing)
            column.comparesTexts = entry.comparesTexts
            sources[source].mapping.metrics.append(column)
            metrics.append(metric)
        }
        var dimensions: [Dimension] = []
        for entry in file.dimensions {
            guard let dimension = Dimension(name: entry.name, title: entry.title, values: entry.values) else {
                reader.fail("`\(entry.name)` is not a name: lower-case letters, digits and underscores", at: entry.node)
                continue
            }
            guard let source = place(of: entry.source, entry.node, "dimension `\(entry.name)`") else { continue }
            if entry.column == sources[source].mapping.personColumn {
                reader.fail(
                    "dimension `\(entry.name)` would publish the people of `\(entry.column)`", at: entry.node,
                    fix: "Group by what people have in common.")
                continue
            }
            sources[source].mapping.dimensions.append(
                DimensionColumn(dimension: dimensions.count, column: entry.column))
            dimensions.append(dimension)
        }
        let pairs = pairs(dimensions)
        guard let catalogue = Catalogue(metrics: metrics, dimensions: dimensions, pairs: pairs) else {
            reader.fail("a name stands both under `metrics` and under `dimensions`", at: nil)
            return (nil, sources)
        }
        return (catalogue, sources)
    }

    private mutating func metric(_ entry: ConfigurationFile.MetricEntry) -> Metric? {
        var bins: BinScheme?
        if let share = entry.relativeError { bins = .logarithmic(relativeError: share) }
        if let count = entry.bins {
            if let range = entry.range, range.lowerBound.isFinite, range.upperBound.isFinite {
                bins = .linear(lower: range.lowerBound, upper: range.upperBound, count: count)
            } else {
                reader.fail("`bins` of metric `\(entry.name)` needs a `range` with two limits", at: entry.node)
            }
        }
        if let step = entry.resolution {
            bins = BinScheme.steps(of: step, over: entry.range)
            if bins == nil {
                reader.fail(
                    "`resolution` of metric `\(entry.name)` needs a `range` with two limits and at most 1,000,000 steps between them",
                    at: entry.node)
            }
        }
        let metric = Metric(
            name: entry.name, title: entry.title, unit: entry.unit, range: entry.range, direction: entry.direction,
            isProportion: entry.isProportion, bins: bins)
        if metric == nil {
            reader.fail("`\(entry.name)` is not a name: lower-case letters, digits and underscores", at: entry.node)
        }
        return metric
    }

    /// Where the source of an entry stands: the named one, or the only one that holds records.
    private mutating func place(of source: String?, _ node: Node, _ what: String) -> Int? {
        let holders = file.sources.indices.filter { [.sessions, .scores].contains(file.sources[$0].mapping.role) }
        let names = holders.map { file.sources[$0].mapping.table }
        if let source {
            if let place = holders.first(where: { file.sources[$0].mapping.table == source }) { return place }
            reader.fail(
                "\(what) names the source `\(source)`; expected one of \(names.joined(separator: ", "))", at: node,
                fix: nearestName(to: source, among: names).map { "Did you mean `\($0)`?" })
            return nil
        }
        if holders.count == 1 { return holders[0] }
        reader.fail("\(what) names no `source`; expected one of \(names.joined(separator: ", "))", at: node)
        return nil
    }

    private mutating func pairs(_ dimensions: [Dimension]) -> [Catalogue.DimensionPair] {
        let names = dimensions.map(\.name)
        return file.pairs.compactMap { pair in
            guard let first = names.firstIndex(of: pair.first), let second = names.firstIndex(of: pair.second) else {
                reader.fail("a pair names dimensions; expected two of \(names.joined(separator: ", "))", at: pair.node)
                return nil
            }
            return .init(first: min(first, second), second: max(first, second))
        }
    }
}
