import Model
import Statistics

/// What a nightly series leads us to expect of a further night, and how far such nights stray from it by themselves.
///
/// From the nights before alone, so that a suspect never hides itself:
///
/// 1. Weekdays: a weekday counts once it has three nights, because with fewer nothing tells a Sunday from an incident. Its
///    offset is the median of its nights, each less the median of the week around it.
/// 2. Level: the median of all nights of the window (a change) or of the last seven (a surprise), offsets taken out.
/// 3. Noise: s = 1.4826 × the median absolute difference of each night from what the others lead us to expect of it, its own
///    weekday's offset made without it (Hampel 1974, as `MedianDeviation`); where more than half of them are 0, 1.2533 ×
///    their mean.
///
/// This is done with and without weekdays. Where Kruskal–Wallis finds that weekdays differ, the first counts alone; where it
/// does not, which with three weeks of nights says little, the one that is less surprised.
///
/// `DayNoise` reckons with the records of every day and is the sharper judge of means; this one serves any statistic and is
/// not blinded by the incidents that lie in its window.
///
/// The standard error of a change of k nights is s √(v/k + π/(2 m)), with v = 1 + 2 Σ (1 − j/k) ρʲ for the first
/// autocorrelation ρ ≥ 0 of the differences, and m the nights that the level rests on: π/2 is the variance of a median
/// against that of a mean. Nothing is smaller than the standard error that the night's own records give its mean.
struct AlertBaseline {
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

        /// (value − expected) / standard error.
        func score(of value: Double) -> Double { (value - self.value) / standardError }
    }

    private let models: [BaselineModel]

    /// Nights that a level of the recent ones is made of: a week.
    static let span = 7

    /// Learns from earlier nights, in order of days.
    ///
    /// Fails below `settings.minimumDecomposed` nights of weekdays that count and with `.constant` where none differs from
    /// the others. Cost: a sort of a week for each night, of its weekday, and of all nights.
    init(_ nights: [(day: Day, value: Double)], level: Level, settings: AnalysisSettings) throws(Absence) {
        let counts = Dictionary(grouping: nights, by: \.day.weekday).mapValues(\.count).filter { $0.value >= 3 }
        let earlier = nights.filter { counts[$0.day.weekday] != nil }
        guard earlier.count >= max(2 * Self.span, settings.minimumDecomposed) else {
            throw .tooFew(
                .periods, found: nights.count, needed: max(3 * Self.span, settings.minimumDecomposed, nights.count + 1))
        }
        let weekdays = WeekdayOffsets(earlier)
        var models: [BaselineModel] = []
        if counts.count > 1 {
            models.append(try BaselineModel(earlier, weekdays: weekdays, level: level, counts: counts))
        }
        if models.isEmpty || !weekdays.differ(settings: settings) {
            models.append(try BaselineModel(earlier, weekdays: nil, level: level, counts: counts))
        }
        self.models = models
    }

    /// What is expected of a value over some days; fails where one of their weekdays does not count yet.
    ///
    /// - Parameter own: the standard error that the records of these days give, if any.
    func expected(of value: Double, on days: [Day], own: Double?) throws(Absence) -> Expected {
        var found: Expected?
        for model in models {
            let next = try model.expected(on: days, own: own)
            if let known = found, abs(known.score(of: value)) <= abs(next.score(of: value)) { continue }
            found = next
        }
        guard let found else { throw .noRecords }
        return found
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let half = sorted.count / 2
        guard !sorted.isEmpty else { return 0 }
        return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }
}

/// How weekdays lie to the nights around them.
private struct WeekdayOffsets {
    /// The offset of each weekday that occurs, their mean 0.
    let offsets: [Int: Double]
    /// For each night the offset of its weekday made without it.
    let withoutOwn: [Double]
    private let places: SeasonalPlaces

    init(_ nights: [(day: Day, value: Double)]) {
        let entries = nights.indices.map { index -> (value: Double, place: Int)? in
            let day = nights[index].day
            var around: [Double] = []
            var place = index
            while place > 0, nights[place - 1].day.distance(to: day) <= 3 { place -= 1 }
            while place < nights.count, day.distance(to: nights[place].day) <= 3 {
                around.append(nights[place].value)
                place += 1
            }
            return (nights[index].value - AlertBaseline.median(around), day.weekday)
        }
        places = SeasonalPlaces(entries, season: 7)
        let medians = places.values.map { $0.isEmpty ? nil : AlertBaseline.median($0) }
        let filled = medians.compactMap { $0 }
        let centre = filled.reduce(0, +) / Double(max(1, filled.count))
        var offsets: [Int: Double] = [:]
        for (weekday, median) in medians.enumerated() { offsets[weekday] = median.map { $0 - centre } }
        self.offsets = offsets
        var seen = [Int](repeating: 0, count: 7)
        withoutOwn = entries.map { [places] entry in
            guard let entry else { return 0 }
            var others = places.values[entry.place]
            others.remove(at: seen[entry.place])
            seen[entry.place] += 1
            return AlertBaseline.median(others) - centre
        }
    }

    /// Whether Kruskal–Wallis finds a difference between weekdays.
    func differ(settings: AnalysisSettings) -> Bool {
        let profile = caught { () throws(Absence) in try SeasonalProfile(places, settings: settings) }
        return (profile.value?.test.p ?? 1) < settings.alpha
    }
}

/// Level and noise with or without weekdays.
private struct BaselineModel {
    private let level: Double
    private let spread: Double
    private let autocorrelation: Double
    private let offsets: [Int: Double]?
    private let counts: [Int: Int]
    private let count: Int
    private let kind: AlertBaseline.Level

    init(
        _ nights: [(day: Day, value: Double)], weekdays: WeekdayOffsets?, level kind: AlertBaseline.Level,
        counts: [Int: Int]
    ) throws(Absence) {
        let flat = nights.map { $0.value - (weekdays?.offsets[$0.day.weekday] ?? 0) }
        let own = nights.indices.map { nights[$0].value - (weekdays?.withoutOwn[$0] ?? 0) }
        let differences: [Double]
        let rest: Double
        switch kind {
        case .window:
            level = AlertBaseline.median(flat)
            differences = own.map { [level] in $0 - level }
            // What the medians add to a difference is taken off here, because `expected` adds it for the night that is asked.
            rest = weekdays == nil ? 1 : 1 + Double.pi / 2 / Double(max(1, (counts.values.min() ?? 2) - 1))
        case .recent:
            level = AlertBaseline.median(Array(flat.suffix(AlertBaseline.span)))
            differences = (AlertBaseline.span..<flat.count).map {
                own[$0] - AlertBaseline.median(Array(flat[($0 - AlertBaseline.span)..<$0]))
            }
            rest = 1
        }
        let scale = nights.reduce(0) { max($0, abs($1.value)) } * 1e-12
        var spread = AlertBaseline.median(differences.map(abs)) * 1.482602218505602
        if spread <= scale {
            spread = differences.reduce(0) { $0 + abs($1) } / Double(differences.count) * 1.2533141373155003
        }
        guard spread > scale else { throw .constant }
        self.spread = spread / rest.squareRoot()
        let found: Answer<Double> = computed { () throws(Undefined) in
            try Autocorrelation(differences, maxLag: 1).values[1]
        }
        autocorrelation = min(0.99, max(0, found.value ?? 0))
        offsets = weekdays?.offsets
        self.counts = counts
        count = nights.count
        self.kind = kind
    }

    func expected(on days: [Day], own: Double?) throws(Absence) -> AlertBaseline.Expected {
        let k = Double(max(1, days.count))
        var sum = 0.0
        var rarest = count
        for day in days {
            guard let same = counts[day.weekday] else {
                throw .undefined("this weekday is too rare to know what is usual")
            }
            rarest = min(rarest, same)
            sum += offsets?[day.weekday] ?? 0
        }
        var variance = 1.0
        var power = 1.0
        for lag in 1..<max(1, days.count) {
            power *= autocorrelation
            variance += 2 * (1 - Double(lag) / k) * power
        }
        variance /= k
        if kind == .window {
            variance += Double.pi / 2 / Double(offsets == nil ? count : min(count, rarest * max(1, days.count)))
        }
        return AlertBaseline.Expected(
            value: level + sum / k, standardError: max(spread * variance.squareRoot(), own ?? 0))
    }
}
