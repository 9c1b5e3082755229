import Model
import Statistics

/// Rates over interventions that could be judged, each by what it is credited with.
public struct ImprovementRollUp: Sendable, Hashable {
    /// Interventions in the set.
    public var interventions: Int
    /// Those that were cancelled, or have not begun: they are in no rate.
    public var idle: Int
    /// Those whose effect cannot be told from that of another: they are in no rate either.
    public var shared: Int
    /// Those with figures of their own.
    public var judged: Int
    /// Those whose change stands (`ImprovementResult.isClaimed`).
    public var claimed: Int
    /// Those whose change stands, goes the expected way and is not mostly another make-up of the records.
    public var succeeded: Int
    /// Those whose standardised change is at least small, and in the expected way where there is one.
    public var practical: Int
    /// Those with a target.
    public var targeted: Int
    /// Those whose change stands, reached it and is not mostly another make-up of the records.
    public var reached: Int
    /// The mean standardised change in the expected way (the metric's good one where none was declared); nil for none.
    public var meanEffect: Double?
}

/// A share of interventions.
public struct ImprovementRate: Sendable, Hashable {
    /// What it is a share of.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The change stands.
        case stands
        /// The change stands and goes the expected way.
        case succeeded
        /// The change stands and reaches the target, of those with one.
        case target
        /// The change is at least small, and in the expected way where there is one.
        case practical
    }

    /// What it is a share of.
    public var kind: Kind
    /// How many.
    public var part: Int
    /// Of how many.
    public var whole: Int
    /// Wilson's interval of the share; nil of none.
    public var interval: Interval?
}

extension ImprovementRollUp {
    /// The rates, in the order of their kinds.
    public func rates(level: Double) -> [ImprovementRate] {
        ImprovementRate.Kind.allCases.map { kind in
            let (part, whole) =
                switch kind {
                case .stands: (claimed, judged)
                case .succeeded: (succeeded, judged)
                case .target: (reached, targeted)
                case .practical: (practical, judged)
                }
            let interval: Answer<WilsonInterval> = computed { () throws(Undefined) in
                try WilsonInterval(successes: part, of: whole, level: level)
            }
            return ImprovementRate(kind: kind, part: part, whole: whole, interval: interval.value?.interval)
        }
    }
}

extension ReportAnalyses {
    /// The way in which an intervention is meant to move its metric: that of the declared change, else the metric's good
    /// one; nil for a metric without one.
    public func expectedWay(of result: ImprovementResult) -> Double? {
        if let expected = result.intervention.expectedChange, expected != 0 { return expected > 0 ? 1 : -1 }
        switch result.subject.flatMap({ catalogue.metric(named: $0.metric) })?.direction {
        case .higher: return 1
        case .lower: return -1
        default: return nil
        }
    }

    /// The rates of the interventions of a part.
    ///
    /// A metric without an expected way counts neither as success nor as failure of direction. An effect that two
    /// interventions share would be counted twice, so it counts for neither.
    public func rollUp(of part: RegisterPart = .all) -> ImprovementRollUp {
        let used = improvements.filter { part.holds($0.intervention) }
        let own = used.filter { $0.sharedWith.isEmpty }
        let judged = own.compactMap { result in result.credit.value.map { (result: result, effect: $0) } }
        let claimed = judged.filter { $0.result.isClaimed(settings) }
        let caused = claimed.filter { $0.result.makeUp == nil }
        let effects = judged.compactMap { result, effect in
            effect.standardised.flatMap { size in expectedWay(of: result).map { $0 * size } }
        }
        return ImprovementRollUp(
            interventions: used.count, idle: used.count { $0.isIdle }, shared: used.count - own.count,
            judged: judged.count, claimed: claimed.count,
            succeeded: caused.count { (expectedWay(of: $0.result) ?? 0) * $0.effect.estimate > 0 },
            practical: judged.count { result, effect in
                let size = effect.standardised ?? 0
                return (expectedWay(of: result).map { $0 * size } ?? abs(size)) >= settings.effectSteps.small
            },
            targeted: judged.count { $0.result.targetAchievement != nil },
            reached: caused.count { $0.result.targetAchievement ?? 0 >= 1 },
            meanEffect: effects.isEmpty ? nil : effects.reduce(0, +) / Double(effects.count))
    }
}

extension ImprovementResult {
    /// Whether it was cancelled, or has not begun, so that there is nothing to judge.
    public var isIdle: Bool { figures.absence == .cancelled || figures.absence == .notBegun }

    /// The follow-ups that have figures, in days after the start: what `outcome` rests on.
    public var seenFollowUps: [Int] { followUps.filter { $0.difference != nil }.map(\.day) }
}
