import Statistics

/// Adds up partials of one metric in time linear in their entries.
struct PartialSum {
    private var missing = 0
    private var moments = Moments()
    private var minimum = Double.infinity
    private var maximum = -Double.infinity
    private var counts: BinnedCountsSum
    /// Of the values themselves, once some are told in levels.
    private var tested: BinnedCountsSum?
    private var areValuesHeld = false

    init(bins: Bins) { counts = BinnedCountsSum(bins: bins) }

    mutating func add(_ partial: Partial) {
        missing += partial.missing
        moments.merge(partial.moments)
        minimum = min(minimum, partial.minimum)
        maximum = max(maximum, partial.maximum)
        if tested == nil, partial.areValuesHeld { tested = counts }
        counts.add(partial.counts)
        tested?.add(partial.tested)
        areValuesHeld = areValuesHeld || partial.areValuesHeld
    }

    /// Adds records without a value.
    mutating func add(missing records: Int) { missing += records }

    /// The sum; nil if no value was added.
    var total: Partial? {
        guard moments.n > 0 else { return nil }
        return Partial(
            missing: missing, moments: moments, minimum: minimum, maximum: maximum, counts: counts.total,
            areValuesHeld: areValuesHeld, tested: tested?.total)
    }
}
