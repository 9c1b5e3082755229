import Archive
import Ingest
import Model

extension DeliveryLoading {
    /// Reads a small file whose entries replace earlier ones by their ids.
    func readRegister(_ entry: Entry) throws -> ReadOutcome {
        let (source, name, mapping) = (entry.file.source, entry.file.name, entry.mapping)
        let limits = ReadLimits(hashes: false)
        switch mapping.role {
        case .interventions:
            return try keep(
                RegisterReader.interventions(
                    source, file: name, mapping: mapping, catalogue: settings.catalogue, zone: settings.zone,
                    asOf: lastDay, limits: limits)
            ) { try loading.add($0) }
        case .measurements:
            return try keep(
                RegisterReader.measurements(
                    source, file: name, mapping: mapping, zone: settings.zone, asOf: lastDay, limits: limits)
            ) { try loading.add($0) }
        case .learning:
            return keepLearners(try learningReader(entry).sessions(source) { try loading.add($0) })
        case .goals:
            return keepLearners(try learningReader(entry).goals(source) { try loading.add($0) })
        case .points:
            return try keep(
                PointReader.points(
                    source, file: name, mapping: mapping, zone: settings.zone, lastDay: lastDay, limits: limits)
            ) { try loading.add($0) }
        case .stages:
            return try keep(
                PointReader.stages(
                    source, file: name, mapping: mapping, zone: settings.zone, lastDay: lastDay, limits: limits)
            ) { try loading.add($0) }
        case .validation:
            return try keep(
                TestResultReader.results(
                    source, file: name, mapping: mapping, zone: settings.zone, deliveryDay: asOf, lastDay: lastDay,
                    limits: limits)
            ) { try loading.add($0) }
        case .sessions, .scores, .models, .people, .activity, .progress, .outcomes:
            preconditionFailure("\(mapping.role) is no register")  // `read` hands only registers on
        }
    }

    /// Hands on what a register holds.
    private func keep<Row>(
        _ read: ([Row], ReadOutcome), _ add: ([Row]) throws -> Void
    ) throws -> ReadOutcome {
        try add(read.0)
        return read.1
    }

    private func keepLearners(_ outcome: ReadOutcome) -> ReadOutcome {
        if !settings.showsLearnerIds { note(learners: outcome.rawPeople) }
        return outcome
    }

    private func learningReader(_ entry: Entry) throws -> LearningReader {
        guard settings.showsLearnerIds || settings.learnerKey != nil else {
            throw Failure(.configuration, "there is no key of pseudonyms")
        }
        return LearningReader(
            file: entry.file.name, mapping: entry.mapping, zone: settings.zone, people: settings.people,
            lastDay: lastDay, limits: ReadLimits(hashes: false))
    }
}
