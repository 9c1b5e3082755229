/// The change of a treated group less the change of a control group.
///
/// (m_ta − m_tb) − (m_ca − m_cb) with the standard error √Σ s²/n over the four cells and Satterthwaite's degrees of
/// freedom. It holds for groups that would have moved in parallel; repeated measurements of the same subjects need their own
/// differences first. Observations of a cell that stand in order of time may depend on the one before: then s²/n and the
/// degrees of freedom are those of `FirstOrderDependence`. Source of the degrees of freedom: F. E. Satterthwaite,
/// Biometrics Bull. 2 (1946) 110–114, doi:10.2307/3002019.
public struct DifferenceInDifferences: Sendable, Hashable {
    /// The four cells.
    public let treatedBefore, treatedAfter, controlBefore, controlAfter: GroupSummary
    /// The estimated effect, in the unit of the data.
    public let estimate: Double
    /// The standard error.
    public let standardError: Double
    /// Satterthwaite's degrees of freedom.
    public let df: Double
    /// estimate/standardError.
    public let t: Double
    /// The p-value for `tail`.
    public let p: Double
    /// The alternative.
    public let tail: Tail
    /// The two-sided interval of the effect.
    public let interval: Interval

    /// Throws `.tooFew` when a cell has one observation, `.constant` when none varies. Cost: constant.
    public init(
        treated: (before: GroupSummary, after: GroupSummary), control: (before: GroupSummary, after: GroupSummary),
        dependence: FirstOrderDependence = FirstOrderDependence(phi: 0), tail: Tail = .twoSided, level: Double = 0.95
    ) throws(Undefined) {
        let cells = [treated.before, treated.after, control.before, control.after]
        for cell in cells { try cell.requireSpread() }
        let variances = cells.map { $0.meanVariance * dependence.meanVarianceFactor($0.n) }
        let total = variances.compensatedSum
        let lost = zip(cells, variances).map { cell, variance in
            let share = variance / total
            return share * share / max(1, dependence.effectiveCount(cell.n) - 1)
        }.compensatedSum
        let change = (treated.after.mean - treated.before.mean) - (control.after.mean - control.before.mean)
        let compared = try MeanDifference(change, squaredError: total, df: 1 / lost)
        interval = try compared.interval(level: level)
        (treatedBefore, treatedAfter, controlBefore, controlAfter) = (cells[0], cells[1], cells[2], cells[3])
        (estimate, standardError, df) = (change, compared.standardError, compared.df)
        (t, self.tail) = (compared.t, tail)
        p = tail.studentP(compared.t, df: compared.df)
    }
}
