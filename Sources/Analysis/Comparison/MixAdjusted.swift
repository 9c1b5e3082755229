import Model
import Partials
import Statistics

/// The difference between two groups when both are given the same make-up in another dimension.
///
/// Professional sessions may look better only because they come from the easier dataset. Within each value e of the other
/// dimension the two groups are compared, and the differences are averaged with the pooled numbers of records as
/// weights: Σ wₑ (mean of b in e − mean of a in e), wₑ = (n of a in e + n of b in e) / Σ, over the values that both have
/// (direct standardisation). Variance: Σ wₑ² (s²ₐₑ / nₐₑ + s²ᵦₑ / nᵦₑ), degrees of freedom by Satterthwaite. Source: S. Greenland
/// and J. M. Robins, Biometrics 41 (1985) 55–68, doi:10.2307/2530643.
public struct MixAdjusted: Sendable, Hashable {
    /// The other dimension's name.
    public var dimension: String
    /// mean(b) − mean(a), standardised.
    public var difference: Double
    /// Its interval.
    public var interval: Interval
    /// Values of the other dimension that both groups have.
    public var strata: Int
    /// The share of the two groups' records that lie in those values.
    public var coverage: Double
    /// Whether it rests on all records or on a sample.
    public var exactness: Exactness
}

extension MixAdjusted {
    /// Whether it speaks against a raw difference: more than half of that goes away, and what is left may be none (the interval
    /// holds 0) or has the other sign.
    public func contradicts(_ raw: Double) -> Bool {
        difference * raw < raw * raw / 2 && (interval.contains(0) || difference * raw < 0)
    }

    /// Whether it neither speaks against a raw difference nor bears it out: the records that are alike are too few.
    public func leavesOpen(_ raw: Double) -> Bool { interval.contains(0) && !contradicts(raw) }

    /// One value of the other dimension in both groups.
    struct Stratum {
        let a: Moments
        let b: Moments
    }

    /// The standardised difference; fails where no value has two records of each group.
    ///
    /// - Parameter range: of the values, if they have one; with few records in a stratum the interval could reach beyond what
    ///   two values can differ by.
    init(
        dimension: String, strata: [Stratum], within range: ClosedRange<Double>? = nil, exactness: Exactness = .exact,
        level: Double
    ) throws(Absence) {
        let limits = range.map { -($0.upperBound - $0.lowerBound)...($0.upperBound - $0.lowerBound) }
        let used = strata.filter { $0.a.n >= 2 && $0.b.n >= 2 }
        let total = used.reduce(0) { $0 + $1.a.n + $1.b.n }
        let all = strata.reduce(0) { $0 + $1.a.n + $1.b.n }
        guard total > 0 else { throw .tooFew(.groups, found: 0, needed: 1) }
        var (difference, variance, parts) = (0.0, 0.0, 0.0)
        for stratum in used {
            let weight = Double(stratum.a.n + stratum.b.n) / Double(total)
            difference += weight * (stratum.b.mean - stratum.a.mean)
            for side in [stratum.a, stratum.b] {
                let share = weight * weight * (side.variance ?? 0) / Double(side.n)
                variance += share
                parts += share * share / Double(side.n - 1)
            }
        }
        let free = parts > 0 ? variance * variance / parts : Double(total)
        let reach = variance > 0 ? StudentT.quantile((1 + level) / 2, df: free) * variance.squareRoot() : 0
        self.init(
            dimension: dimension, difference: difference,
            interval: Interval(low: difference - reach, high: difference + reach, level: level).held(within: limits),
            strata: used.count,
            coverage: Double(total) / Double(all), exactness: exactness)
    }
}

/// The moments of every declared pair of dimensions over a period, by metric: read once for all comparisons.
struct PairMoments {
    private var moments: [Subject: Moments] = [:]
    private var values: [String: [String]] = [:]

    init(_ table: PartialTable, period: Period) {
        guard !table.catalogue.pairs.isEmpty else { return }
        let groups = table.groups.filter { if case .pair = $0 { true } else { false } }
        for dimension in table.catalogue.dimensions {
            values[dimension.name] = table.groups(of: dimension.name).compactMap {
                if case .value(_, let value) = $0 { value } else { nil }
            }
        }
        for group in groups {
            for metric in table.catalogue.metrics {
                var sum = Moments()
                for day in table.momentSeries(metric: metric.name, group: group) where period.contains(day.day) {
                    sum.merge(day.moments)
                }
                if sum.n > 0 { moments[Subject(metric: metric.name, group: group)] = sum }
            }
        }
    }

    /// The adjustments of a pair of values of a dimension for every other dimension that it is declared a pair with.
    func adjustments(
        of metric: String, dimension: String, a: String, b: String, catalogue: Catalogue, level: Double
    ) -> [MixAdjusted] {
        catalogue.pairs.compactMap { pair in
            let (first, second) = (catalogue.dimensions[pair.first].name, catalogue.dimensions[pair.second].name)
            guard first == dimension || second == dimension else { return nil }
            let other = first == dimension ? second : first
            let found = { (value: String, stratum: String) -> Moments in
                let group =
                    first == dimension
                    ? Group.pair(first: first, firstValue: value, second: second, secondValue: stratum)
                    : Group.pair(first: first, firstValue: stratum, second: second, secondValue: value)
                return moments[Subject(metric: metric, group: group)] ?? Moments()
            }
            let strata = (values[other] ?? []).map { MixAdjusted.Stratum(a: found(a, $0), b: found(b, $0)) }
            return caught { () throws(Absence) in
                try MixAdjusted(
                    dimension: other, strata: strata, within: catalogue.metric(named: metric)?.range, level: level)
            }.value
        }
    }
}
