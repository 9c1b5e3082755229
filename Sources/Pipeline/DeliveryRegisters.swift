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
            let (found, outcome) = try RegisterReader.interventions(
                source, file: name, mapping: mapping, catalogue: settings.catalogue, zone: settings.zone, asOf: lastDay,
                limits: limits)
            try loading.add(found)
            return outcome
        case .measurements:
            let (found, outcome) = try RegisterReader.measurements(
                source, file: name, mapping: mapping, zone: settings.zone, asOf: lastDay, limits: limits)
            try loading.add(found)
            return outcome
        case .learning:
            let (found, outcome) = try learningReader(entry).sessions(source)
            try loading.add(found)
            if !settings.showsLearnerIds { note(outcome.rawPeople) }
            return outcome
        case .goals:
            let (found, outcome) = try learningReader(entry).goals(source)
            try loading.add(found)
            if !settings.showsLearnerIds { note(outcome.rawPeople) }
            return outcome
        case .points:
            let (found, outcome) = try PointReader.points(
                source, file: name, mapping: mapping, zone: settings.zone, lastDay: lastDay, limits: limits)
            try loading.add(found)
            return outcome
        case .stages:
            let (found, outcome) = try PointReader.stages(
                source, file: name, mapping: mapping, zone: settings.zone, lastDay: lastDay, limits: limits)
            try loading.add(found)
            return outcome
        case .validation:
            let (found, outcome) = try TestResultReader.results(
                source, file: name, mapping: mapping, zone: settings.zone, deliveryDay: asOf, lastDay: lastDay,
                limits: limits)
            try loading.add(found)
            return outcome
        case .sessions, .scores, .models, .people, .activity, .progress, .outcomes:
            preconditionFailure("\(mapping.role) is no register")  // `read` hands only registers on
        }
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
