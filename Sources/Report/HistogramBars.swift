import Analysis
import Charts
import Model

/// The bars of a distribution as its metric is drawn and told.
extension MetricWords {
    /// Bars within what the metric can be: those of single values of a proportion are thin, and end at 0 and at 1.
    func bars(_ histogram: HistogramFigures) -> [Mark.Bin] {
        histogram.bins.map { bin in
            var (low, high) = (bin.low, bin.high)
            if metric.isProportion {
                if histogram.rule == .distinctValues {
                    let (middle, half) = ((low + high) / 2, min(0.03, (high - low) / 2))
                    (low, high) = (middle - half, middle + half)
                }
                (low, high) = (max(0, low), min(1, high))
            }
            return .init(from: onAxis(low), to: onAxis(high), height: Double(bin.count))
        }
    }

    /// From 0 to 100 % for a proportion, else as the bars need.
    var barScale: Axis.Scale {
        metric.isProportion ? .linear(domain: 0...100, includesZero: true) : .linear(domain: nil, includesZero: false)
    }

    /// The end of a bar in a table whose head has the unit.
    func barEnd(_ value: Double) -> String { metric.isProportion ? self.value(value) : NumberWords.plain(value) }
}
