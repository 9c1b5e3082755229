import Model
import Partials
import Statistics

extension AnalysisSettings {
    /// The bands of a metric: those declared for it, or `bands` for a score on 0 to 1 that is not a proportion; nil for
    /// none.
    func bands(of metric: Metric) -> [QualityBand]? {
        if let declared = bandsByMetric[metric.name] { return declared.isEmpty ? nil : declared }
        return metric.range == 0...1 && !metric.isProportion && !bands.isEmpty ? bands : nil
    }
}

extension BandCount {
    /// How many values lie in each band, [low, high), the last one with its upper edge; values outside all bands are in
    /// none. Bins count where their middle lies, which is exact unless an edge of a band cuts one.
    static func counts(
        _ counts: ValueCounts, in bands: [QualityBand], level: Double
    ) throws(Undefined) -> [BandCount] {
        var found: [BandCount] = []
        for (index, band) in bands.enumerated() {
            let isLast = index == bands.count - 1
            let count = zip(counts.sample.values, counts.sample.counts).reduce(0) { sum, entry in
                let isIn = band.low <= entry.0 && (entry.0 < band.high || (isLast && entry.0 <= band.high))
                return isIn ? sum + entry.1 : sum
            }
            let share = try WilsonInterval(successes: count, of: counts.sample.n, level: level)
            found.append(
                BandCount(
                    band: band, count: count, share: share.proportion, interval: share.interval,
                    exactness: counts.exactness(between: band.low, band.high)))
        }
        return found
    }
}

extension BandWeek {
    /// The bands of a subject in every ISO week from a day through another; none for a metric without bands.
    static func weeks(
        of subject: Subject, table: PartialTable, from first: Day, through last: Day, settings: AnalysisSettings
    ) -> [BandWeek] {
        guard let bands = table.catalogue.metric(named: subject.metric).flatMap(settings.bands(of:)) else { return [] }
        var weeks: [BandWeek] = []
        var start = first
        while start <= last {
            let week = Period(of: .week, containing: start)
            start = week.end
            guard let partial = table.merged(metric: subject.metric, group: subject.group, over: week) else { continue }
            let counted: Answer<[BandCount]> = computed { () throws(Undefined) in
                try BandCount.counts(ValueCounts(toldBy: partial), in: bands, level: settings.level)
            }
            if let counts = counted.value { weeks.append(BandWeek(week: week, n: partial.n, bands: counts)) }
        }
        return weeks
    }
}

extension ValueCounts {
    /// How near a count between two edges is: exact unless an edge cuts a bin that has values.
    fileprivate func exactness(between low: Double, _ high: Double) -> Exactness {
        if exactness == .levelled { return .levelled }
        guard let bins else { return .exact }
        let cuts = bins.contains { bin in
            let margin = 1e-9 * (bin.upperBound - bin.lowerBound)
            return [low, high].contains { bin.lowerBound + margin < $0 && $0 < bin.upperBound - margin }
        }
        return cuts ? exactness : .exact
    }
}
