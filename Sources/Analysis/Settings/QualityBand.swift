/// A named stretch of a bounded score, [low, high).
public struct QualityBand: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// The lower edge, which belongs to it.
    public var low: Double
    /// The upper edge, which belongs to the next band, or to this one if it is the last.
    public var high: Double

    /// Names a band.
    public init(name: String, low: Double, high: Double) {
        self.name = name
        self.low = low
        self.high = high
    }

    /// Poor below 0.4, Fair below 0.6, Good below 0.8, Excellent from 0.8 to 1.
    public static let quality: [QualityBand] = [
        QualityBand(name: "Poor", low: 0, high: 0.4),
        QualityBand(name: "Fair", low: 0.4, high: 0.6),
        QualityBand(name: "Good", low: 0.6, high: 0.8),
        QualityBand(name: "Excellent", low: 0.8, high: 1),
    ]
}
