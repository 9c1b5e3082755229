import Model

extension LearnerLog {
    /// Days without a session after which a learner rests: by then no period that pages compare reaches back to one.
    public static let restingDays = 90
    /// The days between two looks at a learner who rests, while mastery fades.
    public static let renewalDays = 28

    /// The day that the pages of a learner describe in a run for `asOf`, so that they need not be written anew every night.
    ///
    /// `asOf` for whoever has had a session in the last `restingDays`. Of others the newest of these: `restingDays` after the last
    /// session and every `renewalDays` from there on, the start of a goal, the day after its deadline. Nothing but the number of days
    /// gone by and the fading of mastery differs between that day and `asOf`.
    public func describedDay(asOf: Day, goals: [LearningGoal], settings: LearningSettings) -> Day {
        guard let last = sessions.map(\.day).max() else { return asOf }
        let idle = last.distance(to: asOf)
        guard idle > Self.restingDays else { return asOf }
        let renewals = (idle - Self.restingDays) / Self.renewalDays
        let described = last.advanced(by: Self.restingDays + renewals * Self.renewalDays)
        let own = (settings.goals + goals).filter { $0.learner == nil || $0.learner == learner }
        let events = own.flatMap { [$0.start, $0.deadline?.advanced(by: 1)].compactMap { $0 } }
        return max(described, events.filter { $0 <= asOf }.max() ?? described)
    }
}
