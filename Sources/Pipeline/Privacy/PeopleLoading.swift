import Archive
import Ingest
import Model

extension DeliveryLoading {
    func limits(hashes: Bool) -> ReadLimits {
        var limits = ReadLimits(hashes: hashes, firstDay: firstDay)
        limits.key = rules?.key
        return limits
    }

    /// Applies consent and retention to everything that is stored about people.
    func settlePeople() throws { if let policy { try loading.settle(policy) } }

    /// The day of rows about people and models that say none: the day that was asked for; else what the dated rows give, which is
    /// known when all files are read.
    private var undated: Day { isDated ? asOf : Loading.undated }

    func readPeople(_ entry: Entry) throws -> ReadOutcome {
        guard let rules, let policy else { throw Failure(.configuration, "there is no key of pseudonyms") }
        let (found, outcome) = try PersonReader.read(
            entry.file.source, file: entry.file.name, mapping: entry.mapping, zone: settings.zone,
            deliveryDay: undated, lastDay: lastDay, rules: rules, limits: ReadLimits(hashes: false))
        sums.rawIDs.formUnion(found.rawIDs)
        try loading.add(found.facts, refusals: found.refusals, policy: policy)
        return outcome
    }

    func note(_ people: Set<[UInt8]>) {
        for id in people { sums.rawIDs.insert(String(decoding: id, as: UTF8.self)) }
    }

    /// Notes the ids of learners, who must appear nowhere else.
    func note(learners: Set<[UInt8]>) {
        for id in learners { sums.learnerIDs.insert(String(decoding: id, as: UTF8.self)) }
    }

    /// Reads judgements of models.
    func readModels(_ entry: Entry) throws -> ReadOutcome {
        let (found, outcome) = try ModelScoreReader.scores(
            entry.file.source, file: entry.file.name, mapping: entry.mapping, zone: settings.zone,
            deliveryDay: undated, lastDay: lastDay, limits: ReadLimits(hashes: false))
        try loading.add(found)
        return outcome
    }
}
