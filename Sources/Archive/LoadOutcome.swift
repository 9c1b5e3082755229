import Model

/// What a loading, or taking one out again, did.
public struct LoadOutcome: Sendable, Hashable {
    /// The delivery; nil if nothing in it was new.
    public internal(set) var delivery: Int64?
    /// The files that were loaded.
    public internal(set) var newFiles: [String] = []
    /// The files that had been loaded before and changed nothing.
    public internal(set) var skippedFiles: [String] = []
    /// The files that were taken out with an earlier delivery and stay out.
    public internal(set) var takenOutFiles: [String] = []
    /// Records that were not there before.
    public internal(set) var inserted = 0
    /// Records that were there and say something else now.
    public internal(set) var replaced = 0
    /// Records that were there and say the same.
    public internal(set) var unchanged = 0
    /// Records that now belong to another day than before.
    public internal(set) var moved = 0
    /// Rows that wait because no day is known for their keys.
    public internal(set) var pending = 0
    /// The days that were recomputed, ascending.
    public internal(set) var touchedDays: [Day] = []
    /// Those of them whose partials are not the same as before, ascending.
    public internal(set) var changedDays: [Day] = []
    /// Whether interventions or measurements were added or taken out.
    public internal(set) var registersChanged = false
}
