/// A quantile of the last values of a stream.
struct SlidingQuantile: Sendable {
    private let length: Int
    private var sorted: [Double] = []
    private var order: [Double] = []
    private var oldest = 0

    /// Keeps the last `length` values.
    init(length: Int) { self.length = length }

    var count: Int { sorted.count }

    /// The order statistic at ⌊p·n⌋ from below; nil without values.
    func callAsFunction(_ p: Double) -> Double? {
        sorted.isEmpty ? nil : sorted[Swift.min(sorted.count - 1, Int(p * Double(sorted.count)))]
    }

    /// Takes a value in and lets the oldest go. Cost: two binary searches and moves within `length` values.
    mutating func insert(_ value: Double) {
        if order.count < length {
            order.append(value)
        } else {
            sorted.remove(at: sorted.place(of: order[oldest]))
            order[oldest] = value
            oldest = (oldest + 1) % length
        }
        sorted.insert(value, at: sorted.place(of: value))
    }
}
