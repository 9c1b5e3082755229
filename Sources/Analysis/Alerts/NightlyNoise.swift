import Model
import Statistics

/// What a nightly series leads us to expect of a further night, and how far such nights stray from it by themselves.
///
/// From the nights before alone, so that a suspect never hides itself:
///
/// 1. Weekdays: each night less the median of the week around it, by weekday; where Kruskal–Wallis finds a difference (and
///    every weekday that occurs has three nights) the weekdays' medians are taken out of the series and put back into what
///    is expected.
/// 2. Level: the median of all nights of the window (a change), or of the last seven (a surprise).
/// 3. Noise: s = 1.4826 × the median absolute difference from it, × √(m / (m − g)) for the g medians that were fitted to m
///    nights; where more than half of the differences are 0, 1.2533 × their mean. Hampel 1974, as `MedianDeviation`.
///
/// The standard error of a change of k nights is s √(v/k + π/(2 m)), with v = 1 + 2 Σ (1 − j/k) ρʲ for the first
/// autocorrelation ρ ≥ 0 of the differences, and m the nights of the same weekday where weekdays differ: π/2 is the variance
/// of a median against that of a mean. Nothing is smaller than the standard error that the night's own records give its mean.
struct NightlyNoise {
    /// Which nights make the level.
    enum Level {
        /// All of the window.
        case window
        /// The last seven.
        case recent
    }

    /// What is expected of a night, and the error that its difference from it has by chance.
    struct Expected {
        let value: Double
        let standardError: Double
    }

    private let level: Double
    private let spread: Double
    private let autocorrelation: Double
    private let offsets: [Int: Double]
    private let nights: [Int: Int]
    private let count: Int
    private let kind: Level

    /// Nights that a level of the recent ones is made of: a week.
    private static let span = 7

    /// Learns from earlier nights, in order of days.
    ///
    /// Fails below `settings.minimumDecomposed` of them and with `.constant` where none differs from the others. Cost: a sort
    /// of a week for each night and of all nights.
    init(_ earlier: [(day: Day, value: Double)], level kind: Level, settings: AnalysisSettings) throws(Absence) {
        let needed = max(2 * Self.span, settings.minimumDecomposed)
        guard earlier.count >= needed else {
            throw .tooFew(.periods, found: earlier.count, needed: needed)
        }
        let offsets = Self.weekdays(earlier, settings: settings)
        let flat = earlier.map { $0.value - (offsets[$0.day.weekday] ?? 0) }
        let differences: [Double]
        switch kind {
        case .window:
            level = Self.median(flat)
            differences = flat.map { [level] in $0 - level }
        case .recent:
            level = Self.median(Array(flat.suffix(Self.span)))
            differences = (Self.span..<flat.count).map { flat[$0] - Self.median(Array(flat[($0 - Self.span)..<$0])) }
        }
        let scale = earlier.reduce(0) { max($0, abs($1.value)) } * 1e-12
        var spread = Self.median(differences.map(abs)) * 1.482602218505602
        if spread <= scale {
            spread = differences.reduce(0) { $0 + abs($1) } / Double(differences.count) * 1.2533141373155003
        }
        guard spread > scale else { throw .constant }
        let fitted = Double(max(1, offsets.count))
        let free = Double(earlier.count) / max(1, Double(earlier.count) - fitted)
        self.spread = spread * free.squareRoot()
        autocorrelation = Self.firstAutocorrelation(differences)
        self.offsets = offsets
        nights = Dictionary(grouping: earlier, by: \.day.weekday).mapValues(\.count)
        count = earlier.count
        self.kind = kind
    }

    /// What is expected of the mean over some days; fails where weekdays differ and one of them has never been seen.
    ///
    /// - Parameter own: the standard error that the records of these days give, if any.
    func expected(on days: [Day], own: Double?) throws(Absence) -> Expected {
        let k = Double(days.count)
        var sum = 0.0
        for day in days where !offsets.isEmpty {
            guard let offset = offsets[day.weekday] else { throw .noRecords }
            sum += offset
        }
        var variance = 1.0
        if days.count > 1 {
            var power = 1.0
            for lag in 1..<days.count {
                power *= autocorrelation
                variance += 2 * (1 - Double(lag) / k) * power
            }
        }
        variance /= k
        if kind == .window {
            let same = offsets.isEmpty ? count : days.map { nights[$0.weekday] ?? 1 }.min() ?? 1
            variance += Double.pi / 2 / Double(offsets.isEmpty ? same : same * days.count)
        }
        return Expected(
            value: level + (days.isEmpty ? 0 : sum / k),
            standardError: max(spread * variance.squareRoot(), own ?? 0))
    }

    /// Offsets of weekdays with the mean 0; none where weekdays do not differ or there is too little to tell.
    private static func weekdays(_ nights: [(day: Day, value: Double)], settings: AnalysisSettings) -> [Int: Double] {
        let entries = nights.indices.map { index -> (value: Double, place: Int)? in
            let day = nights[index].day
            var around: [Double] = []
            var place = index
            while place > 0, nights[place - 1].day.distance(to: day) <= 3 { place -= 1 }
            while place < nights.count, day.distance(to: nights[place].day) <= 3 {
                around.append(nights[place].value)
                place += 1
            }
            return (nights[index].value - median(around), day.weekday)
        }
        let places = SeasonalPlaces(entries, season: 7)
        guard places.values.allSatisfy({ $0.isEmpty || $0.count >= 3 }) else { return [:] }
        let profile = caught { () throws(Absence) in try SeasonalProfile(places, settings: settings) }
        guard let p = profile.value?.test.p, p < settings.alpha else { return [:] }
        let medians = places.values.enumerated().filter { !$0.element.isEmpty }.map { ($0.offset, median($0.element)) }
        let centre = medians.reduce(0) { $0 + $1.1 } / Double(medians.count)
        return Dictionary(medians.map { ($0.0, $0.1 - centre) }) { first, _ in first }
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let half = sorted.count / 2
        guard !sorted.isEmpty else { return 0 }
        return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }

    private static func firstAutocorrelation(_ values: [Double]) -> Double {
        let found: Answer<Double> = computed { () throws(Undefined) in try Autocorrelation(values, maxLag: 1).values[1]
        }
        return min(0.99, max(0, found.value ?? 0))
    }
}
