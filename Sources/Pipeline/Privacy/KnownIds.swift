import Archive
import Ingest
import Site

extension DeliveryAccount {
    /// Every id that must not be published.
    var allIDs: Set<String> { rawIDs.union(learnerIDs) }
}

extension ArchiveStore {
    /// Keeps codes of the ids that a delivery named, so that later nights, which read other files, look for them too. Nothing is
    /// kept of people who were erased.
    func keepIDs(of account: DeliveryAccount, _ people: PeopleAccess) throws {
        guard let key = people.key, let delivery = account.outcome?.delivery else { return }
        let known = Dictionary(try archive.knownIds().map { ($0.code, $0) }) { first, _ in first }
        var fresh: [KnownId] = []
        let secret = key.leakCheckKey
        for id in account.allIDs {
            let isLearner = !account.rawIDs.contains(id)
            // One that an earlier version took apart into other words is kept anew.
            func isNew(_ code: KeptIds.Code) -> Bool {
                guard let old = known[code.whole] else { return true }
                return old.isLearner && !isLearner || old.head != code.head || old.words != code.words
            }
            let canonical = PseudonymKey.canonical(id)
            guard let folded = KeptIds.code(of: canonical, key: secret) else { continue }
            let spelling = KnownId.spelling(
                KeptIds.spelling(of: canonical, key: secret), of: folded.whole, isLearner: isLearner)
            guard isNew(folded) || known[spelling.code] == nil else { continue }
            let codes = KeptIds.codes(of: id, key: secret).filter(isNew)
            guard try !archive.isErased(key.erasureMark(of: key.pseudonym(of: id))) else { continue }
            fresh.append(spelling)
            fresh += codes.map {
                KnownId(code: $0.whole, head: $0.head, words: $0.words, isLearner: isLearner)
            }
        }
        try archive.keep(fresh, of: delivery)
    }

    /// The ids that live deliveries named, for the search in what is published. Where learners are shown under their own ids
    /// those of learners alone are not among them.
    func keptIDs(_ people: PeopleAccess) throws -> KeptIds? {
        guard let key = people.key else { return nil }
        let codes = try archive.knownIds().filter { !$0.isSpelling && (!$0.isLearner || !settings.showsLearnerIds) }
        return KeptIds(codes.map { .init(whole: $0.code, head: $0.head, words: $0.words) }, key: key.leakCheckKey)
    }
}
