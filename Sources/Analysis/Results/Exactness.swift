/// How near a figure is to what all raw values would give.
public enum Exactness: Sendable, Hashable {
    /// Computed from every value, or from sums that lose nothing but rounding.
    case exact
    /// Read from bins of declared width: off by at most this much.
    case binned(BinError)
    /// Read from values as enough people share them, or from the mean of neighbours of which enough people have one. How far
    /// that is from the values themselves is not told: it would tell of the outermost.
    case levelled
    /// Computed from a sample of `n` of the `of` records, drawn by hash of the record key.
    case sampled(n: Int, of: Int)

    /// The largest error of a figure that was read from bins.
    public enum BinError: Sendable, Hashable {
        /// In the metric's unit.
        case absolute(Double)
        /// As a share of the figure itself.
        case relative(Double)
    }
}
