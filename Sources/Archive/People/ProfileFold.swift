import Model

/// The profiles of a person in the order of their deliveries, folded into the one that holds.
///
/// Attributes are those of the latest delivery; one without an answer takes back nothing. Of answers the newest holds:
///
/// - Where both tell their time (`PersonFact.consentTime`), the later one; a no where neither is the later.
/// - Else a no is taken, whatever the other one's time, because it cannot be told to be the older.
/// - A yes without a time of its own, or after a no without one, counts as said on the as-of day of its delivery, a no likewise; on
///   one day the later delivery holds, and within one delivery the no.
///
/// So no export that arrives late undoes a refusal that is newer by what the two tell.
struct ProfileFold {
    /// What holds so far.
    private(set) var profile: PersonFact
    /// The as-of day of the delivery that is added.
    var asOf: Day
    private var answered: Day
    private var answerRank: Int

    /// Begins with a profile; `rank` is the place of its delivery.
    init(_ profile: PersonFact, rank: Int, asOf: Day = Day(number: 0)) {
        self.profile = profile
        self.asOf = asOf
        answered = asOf
        answerRank = rank
    }

    /// Adds a later profile, or one of the same delivery; what holds then.
    mutating func adding(_ next: PersonFact, rank: Int) -> PersonFact {
        let known = profile
        let isNewer = replaces(next, rank)
        let answer = isNewer ? next : known
        let attributes = next.words[.consent] == "no" && answer.words[.consent] != "no" ? known : next
        profile = next
        (profile.measures, profile.words) = (attributes.measures, attributes.words)
        (profile.words[.consent], profile.consentTime) = (answer.words[.consent], answer.consentTime)
        // Of somebody who has not agreed only that counts.
        if profile.words[.consent] == "no" { (profile.measures, profile.words) = ([:], [.consent: "no"]) }
        if isNewer { (answered, answerRank) = (asOf, rank) }
        return profile
    }

    /// Whether the answer of a profile takes the place of the one that holds.
    private func replaces(_ next: PersonFact, _ rank: Int) -> Bool {
        guard let new = next.words[.consent] else { return false }
        guard let old = profile.words[.consent] else { return true }
        let (newTime, oldTime) = (next.consentTime, profile.consentTime)
        let isSameDelivery = rank == answerRank
        if let newTime, let oldTime {
            let isLater = oldTime.isBefore(newTime)
            return new == "no" && old == "yes" ? isLater != false : isLater ?? (new == old)
        }
        // Without both times a no is taken, and stays unless a later delivery says otherwise.
        if new == "no" { return old == "yes" || !isSameDelivery || oldTime != nil }
        if old == "yes" { return true }
        if isSameDelivery { return false }
        let (told, delivered) = (ConsentTime(day: answered), ConsentTime(day: asOf))
        return (oldTime ?? told).isBefore(newTime ?? delivered) ?? true
    }
}
