import Analysis
import Archive
import Diagnostics
import Ingest
import Model
import Report

/// `assay interventions`: lists the register that the improvement analysis reads, or changes it.
///
/// A change is a delivery of its own, so that `history list` shows it and `history undo` takes it back. A later export of the
/// register that names the same id holds over it, as with any correction.
public func interventions(
    _ request: InterventionRequest, in surroundings: Surroundings, messages: MessageSink, print: ([UInt8]) -> Void
) async -> ExitStatus {
    await reporting(to: messages) {
        let settings = try Settings.resolve(request.options, exports: [], in: surroundings)
        let archive = try Archive.made(for: settings, in: surroundings)
        guard let change = request.change else {
            let listed = try request.listed(of: archive.interventions(), catalogue: settings.catalogue)
            let sheet = AnswerSheet(
                register: listed, measurements: try archive.measurements(), catalogue: settings.catalogue,
                on: surroundings.today(in: settings.zone), overdueAfter: settings.analysis.overdueDays)
            return print(sheet.bytes(request.format))
        }
        let today = surroundings.today(in: settings.zone)
        let day = try request.day.map { try isoDay($0, "--on") } ?? today
        var register = Register(
            interventions: try archive.interventions(), measurements: try archive.measurements(),
            catalogue: settings.catalogue, today: today, stored: archive.storedValues)
        let outcome = try register.apply(change, on: day)
        try archive.keep(outcome, asOf: today)
        messages.say(.outcome(outcome.sentence + " The next build shows it."))
    }
}

private func isoDay(_ text: String, _ option: String) throws -> Day {
    guard let day = Day(iso: text) else { throw Failure(.usage, "\(option) takes YYYY-MM-DD, found `\(text)`") }
    return day
}

/// The register while it is changed.
private struct Register {
    var interventions: [Intervention]
    var measurements: [Measurement]
    let catalogue: Catalogue
    let today: Day
    /// The values of a dimension that records in the archive have.
    let stored: (String) throws -> [String]

    /// What a change makes.
    struct Outcome {
        var intervention: Intervention?
        var measurement: Measurement?
        /// For people.
        var sentence: String
        /// For the archive's list of deliveries.
        var label: String
    }

    mutating func apply(_ change: InterventionRequest.Change, on day: Day) throws -> Outcome {
        switch change {
        case .add(let new): return try added(new)
        case .start(let id):
            return try changed(id, "started", from: [.planned]) {
                $0.status = .active
                $0.start = day
            }
        case .complete(let id):
            return try changed(id, "completed", from: [.active]) {
                $0.status = .completed
                $0.end = day
            }
        case .cancel(let id):
            return try changed(id, "cancelled", from: [.planned, .active]) {
                if $0.status == .active { $0.end = day }
                $0.status = .cancelled
            }
        case .measure(let id, let measured): return try self.measured(id, measured, on: day)
        }
    }

    private func added(_ new: InterventionRequest.New) throws -> Outcome {
        guard new.name.contains(where: { !$0.isWhitespace }), new.id?.isEmpty != true else {
            throw Failure(.usage, "an intervention has a name and an id that are not empty")
        }
        let start = try isoDay(new.start, "--start")
        let end = try new.end.map { try isoDay($0, "--end") }
        if let end, end < start {
            throw Failure(.usage, "the end \(end.iso) lies before the start \(start.iso)")
        }
        let compact = start.iso.filter { $0 != "-" }
        let taken = Set(interventions.map(\.id))
        let id = new.id ?? (1...).lazy.map { "INT_\(compact)_\($0)" }.first { !taken.contains($0) } ?? new.name
        guard !taken.contains(id) else {
            throw Failure(.usage, "there is an intervention `\(id)` already", fix: "Give another --id, or none.")
        }
        guard catalogue.metric(named: new.metric) != nil else {
            throw unknown("metric", new.metric, among: catalogue.metrics.map(\.name))
        }
        let status: Intervention.Status =
            start > today ? .planned : end.map { $0 < today } ?? false ? .completed : .active
        let made = Intervention(
            id: id, name: new.name, kind: new.kind, metric: new.metric, scope: try scope(new.scope), start: start,
            end: end, expectedChange: new.expected, status: status)
        return Outcome(
            intervention: made, sentence: "Intervention \(id) is entered as \(status.rawValue) from \(start.iso).",
            label: "interventions add \(id)")
    }

    private func scope(_ parts: [String]) throws -> Group {
        let pairs = try parts.map { part -> (String, String) in
            guard let at = part.firstIndex(of: "="), part.index(after: at) < part.endIndex else {
                throw Failure(.usage, "--scope takes dimension=value, found `\(part)`")
            }
            let (name, value) = (String(part[..<at]), String(part[part.index(after: at)...]))
            guard let dimension = catalogue.dimension(named: name) else {
                throw unknown("dimension", name, among: catalogue.dimensions.map(\.name))
            }
            // Before the first build there are no records to know the values of an open dimension from.
            let values = try dimension.values.map { Array($0) } ?? stored(name)
            if dimension.values != nil || !values.isEmpty, !values.contains(value) {
                throw unknown("value of \(name)", value, among: values)
            }
            return (name, value)
        }
        switch pairs.count {
        case 0: return .all
        case 1: return .value(dimension: pairs[0].0, value: pairs[0].1)
        case 2 where pairs[0].0 != pairs[1].0:
            return .pair(
                first: pairs[0].0, firstValue: pairs[0].1, second: pairs[1].0, secondValue: pairs[1].1)
        default: throw Failure(.usage, "--scope names one value each of at most two dimensions")
        }
    }

    private func known(_ id: String) throws -> Intervention {
        guard let found = interventions.first(where: { $0.id == id }) else {
            throw unknown("intervention", id, among: interventions.map(\.id))
        }
        return found
    }

    private func changed(
        _ id: String, _ verb: String, from allowed: [Intervention.Status], _ change: (inout Intervention) -> Void
    ) throws -> Outcome {
        var intervention = try known(id)
        guard allowed.contains(intervention.status) else {
            throw Failure(
                .usage,
                "intervention `\(id)` is \(intervention.status.rawValue), so it cannot be \(verb); that takes one that is \(allowed.map(\.rawValue).joined(separator: " or "))"
            )
        }
        change(&intervention)
        if let end = intervention.end, end < intervention.start {
            throw Failure(
                .usage, "the day \(end.iso) lies before the start of `\(id)`, \(intervention.start.iso)",
                fix: "Say the day with --on.")
        }
        return Outcome(
            intervention: intervention, sentence: "Intervention \(id) is \(verb).",
            label: "interventions \(verb) \(id)")
    }

    private func measured(_ id: String, _ value: InterventionRequest.Measured, on day: Day) throws -> Outcome {
        let intervention = try known(id)
        guard day <= today else { throw Failure(.usage, "\(day.iso) is in the future: nothing can be measured on it") }
        if let range = intervention.metric.flatMap({ catalogue.metric(named: $0)?.range }),
            let outside = [value.current, value.baseline].compactMap({ $0 }).first(where: { !range.contains($0) })
        {
            throw Failure(
                .usage, "\(outside) lies outside the metric’s range \(range.lowerBound) to \(range.upperBound)")
        }
        if let n = value.sampleSize, n < 0 { throw Failure(.usage, "a number of records is not negative, found \(n)") }
        let made = Measurement(
            id: "\(id) \(day.iso)", intervention: id, day: day, baseline: value.baseline, current: value.current,
            change: value.baseline.map { value.current - $0 }, sampleSize: value.sampleSize)
        let replaces = measurements.contains { $0.id == made.id }
        return Outcome(
            measurement: made,
            sentence:
                "\(replaces ? "The measurement of intervention \(id) on \(day.iso) is replaced" : "A measurement of intervention \(id) on \(day.iso) is entered").",
            label: "interventions measure \(id) \(day.iso)")
    }

}

private func unknown(_ what: String, _ name: String, among known: [String]) -> Failure {
    Failure(
        .usage, "there is no \(what) `\(name)`",
        fix: nearestName(to: name, among: known).map { "Did you mean `\($0)`?" }
            ?? (known.isEmpty ? nil : "There are \(known.prefix(12).joined(separator: ", "))."))
}

extension InterventionRequest {
    /// The interventions of the kind and the metric that are asked for; a kind or metric that nothing has is an error.
    fileprivate func listed(of all: [Intervention], catalogue: Catalogue) throws -> [Intervention] {
        let kinds = Set(all.map(\.kind)).sorted()
        if let kind, !kinds.contains(kind) { throw unknown("type", kind, among: kinds) }
        if let metric, catalogue.metric(named: metric) == nil, !all.contains(where: { $0.metric == metric }) {
            throw unknown("metric", metric, among: catalogue.metrics.map(\.name))
        }
        let parts = [kind.map(RegisterPart.kind), metric.map(RegisterPart.metric)].compactMap { $0 }
        return all.filter { item in parts.allSatisfy { $0.holds(item) } }
    }
}

extension Archive {
    /// Keeps a change of the register as a delivery.
    fileprivate func keep(_ outcome: Register.Outcome, asOf day: Day) throws {
        // The number of the delivery makes the content differ from that of an earlier, equal change.
        let text = "\(outcome.label) #\(try deliveries().count + 1)"
        let digest = try ExportDigest(of: ExportFile(source: .bytes(Array(text.utf8)), name: outcome.label))
        let loading = try load(asOf: day, tables: ["interventions"])
        do {
            let offered = DeliveryFile(
                sha256: digest.sha256, name: outcome.label, table: "interventions", bytes: digest.bytes)
            guard let file = try loading.begin(offered) else {
                throw Failure(.failed, "the archive holds this change already")
            }
            if let intervention = outcome.intervention { try loading.add([intervention]) }
            if let measurement = outcome.measurement { try loading.add([measurement]) }
            try loading.finish(file, rows: 1, accepted: 1, counts: [], rejects: [])
            _ = try loading.finish()
        } catch {
            try loading.cancel()
            throw error
        }
    }
}
