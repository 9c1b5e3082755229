import Model
import Partials
import Statistics

extension VoiceResult {
    /// What sessions of a period say; nil where they are no sessions of a voice service.
    ///
    /// - Parameters:
    ///   - table: the partials.
    ///   - sample: records of the period, all of them where there are few.
    ///   - roles: what the configuration says; the rest is told by names.
    ///
    /// Pure. Cost: a merge of the days for each metric that plays a part, and a pass over the sample.
    init?(_ table: PartialTable, sample: RecordSample, roles declared: VoiceRoles, period: Period, level: Double) {
        let roles = declared.completed(by: table.catalogue, among: sample)
        guard roles.areVoice else { return nil }
        let sample = roles.sessions(of: sample, in: table.catalogue)
        let reading = VoiceReading(table: table, sample: sample, roles: roles, period: period, level: level)
        guard reading.sessions > 0 else { return nil }
        let errors = ErrorKind.all(table, roles: roles, period: period)
        self.init(
            roles: roles, period: period, sessions: reading.sessions, shares: reading.shares,
            sumCheck: reading.sumCheck, buckets: reading.latencies.compactMap(reading.buckets),
            targets: roles.targets.map(reading.target), sessionsWithErrors: reading.sessionsWithErrors,
            errorsPerSession: reading.errorsPerSession, errorBlocks: reading.errorBlocks,
            caches: roles.caches.map(reading.cache),
            outcomes: reading.outcomes, load: reading.load, slowest: reading.slowest,
            windows: VoiceWindows(sample, roles: roles, catalogue: table.catalogue), errorWeeks: errors.weeks,
            errorKinds: errors.kinds)
        for days in [1, 7, 30] {
            guard let last = period.last,
                let snapshot = VoiceSnapshot(
                    table, roles: roles, period: Period(days: days, through: last), level: level)
            else { continue }
            snapshots.append(snapshot)
            if days == 7 { advice = VoiceAdvice.all(snapshot, catalogue: table.catalogue) }
        }
    }
}

/// What the figures are read from.
private struct VoiceReading {
    let table: PartialTable
    let sample: RecordSample
    let roles: VoiceRoles
    let period: Period
    let level: Double

    var sessions: Int { sample.isComplete ? sample.count : roles.count(in: table, over: period) }

    /// The metrics that are latencies: components, then the whole.
    var latencies: [String] { roles.components.map(\.metric) + [roles.total].compactMap { $0 } }

    private func partial(_ metric: String?) -> Partial? {
        metric.flatMap { table.merged(metric: $0, group: .all, over: period) }
    }

    private func place(_ metric: String) -> Int? { table.catalogue.metrics.firstIndex { $0.name == metric } }

    /// Units in a second; where the unit is not known all are taken to be alike.
    private func second(_ metric: String) -> Double { table.catalogue.metric(named: metric)?.unitsInSecond ?? 1 }

    private func exactness(_ partial: Partial) -> Exactness {
        computed { () throws(Undefined) in try ValueCounts(toldBy: partial).exactness }.value ?? .exact
    }

    private var sampled: Exactness {
        sample.isComplete ? .exact : .sampled(n: sample.count, of: sample.population)
    }

    // MARK: Latencies

    var shares: Answer<[VoiceResult.ComponentShare]> {
        let means = roles.components.compactMap { component -> (VoiceRoles.Component, Double)? in
            guard let partial = partial(component.metric), partial.n > 0 else { return nil }
            return (component, partial.moments.mean)
        }
        let sum = means.reduce(0) { $0 + $1.1 / second($1.0.metric) }
        guard means.count >= 2, sum > 0 else {
            return .failure(.tooFew(.metrics, found: means.count, needed: 2))
        }
        return .success(
            means.map { component, mean in
                .init(component: component, mean: mean, share: mean / second(component.metric) / sum)
            })
    }

    var sumCheck: Answer<VoiceResult.SumCheck> {
        guard let total = roles.total, total != VoiceRoles.sum, let whole = place(total), roles.components.count >= 2
        else {
            return .failure(.undefined("no whole latency is supplied beside its components"))
        }
        let unit = second(total)
        let values = sample.values(metric: whole)
        let parts = roles.components.compactMap { component in
            place(component.metric).map { (sample.values(metric: $0), unit / second(component.metric)) }
        }
        var differences: [Double] = []
        var differing = 0
        for (row, value) in values.enumerated() {
            let sum = parts.reduce(0) { $0 + $1.0[row] * $1.1 }
            guard value.isFinite, sum.isFinite else { continue }
            differences.append(value - sum)
            if abs(value - sum) > max(0.05 * abs(value), 0.05 * unit) { differing += 1 }
        }
        return computed { () throws(Undefined) in
            let median = try Quantiles(differences).median
            return VoiceResult.SumCheck(
                n: differences.count, total: sample.population, differing: differing, medianDifference: median)
        }
    }

    func buckets(_ metric: String) -> VoiceResult.BucketCounts? {
        guard let partial = partial(metric), partial.n > 0,
            let second = table.catalogue.metric(named: metric)?.unitsInSecond
        else { return nil }
        let limits = VoiceResult.bucketSeconds.map { $0 * second }
        let values = known(metric)
        var below = 0
        var counts: [Int] = []
        for limit in limits {
            let upTo = values.map { $0.count { $0 <= limit } } ?? count(partial.counts, upTo: limit)
            counts.append(upTo - below)
            below = upTo
        }
        return .init(
            metric: metric, limits: limits.map { $0 } + [nil], counts: counts + [(values?.count ?? partial.n) - below],
            exactness: values == nil ? exactness(partial) : .exact)
    }

    /// Every value of a metric, where the sample holds all sessions and none names a person.
    private func known(_ metric: String) -> [Double]? {
        guard sample.isComplete, !sample.isOfPeople, let place = place(metric) else { return nil }
        return sample.values(metric: place).filter(\.isFinite)
    }

    private func count(_ counts: BinnedCounts, upTo limit: Double) -> Int {
        Int(((counts.cumulativeShare(at: limit) ?? 0) * Double(counts.n)).rounded())
    }

    func target(_ target: VoiceRoles.Target) -> VoiceResult.TargetResult {
        guard let partial = partial(target.metric), partial.n > 0 else {
            return .init(target: target, share: .failure(.noRecords), isMet: nil, exactness: .exact)
        }
        let values = known(target.metric)
        let kept = values.map { $0.count { $0 <= target.atMost } } ?? count(partial.counts, upTo: target.atMost)
        let share = Scorecard.share(kept, of: values?.count ?? partial.n, level: level)
        return .init(
            target: target, share: share, isMet: share.value.map { $0.share >= target.share },
            days: days(of: target), exactness: values == nil ? exactness(partial) : .exact)
    }

    /// Day by day; nil is a day without a value.
    private func days(of target: VoiceRoles.Target) -> [VoiceResult.CurveDay] {
        (0..<period.length).map { offset in
            let day = period.start.advanced(by: offset)
            let partial = table.merged(metric: target.metric, group: .all, over: Period(of: .day, containing: day))
            let share = partial.flatMap { partial -> Double? in
                partial.n > 0 ? Double(count(partial.counts, upTo: target.atMost)) / Double(partial.n) : nil
            }
            return .init(day: day, share: share)
        }
    }

    // MARK: Errors and caches

    var sessionsWithErrors: Answer<SuccessShare> {
        guard let partial = partial(roles.errors), partial.n > 0 else { return .failure(.undefined("not supplied")) }
        return Scorecard.share(partial.n - count(partial.counts, upTo: 0), of: partial.n, level: level)
    }

    var errorsPerSession: Answer<Double> {
        guard let partial = partial(roles.errors), partial.n > 0 else { return .failure(.undefined("not supplied")) }
        return .success(partial.moments.mean)
    }

    /// Six hours each: fixed parts of the day, not rows in a file.
    var errorBlocks: [VoiceResult.ErrorBlock] {
        guard let place = roles.errors.flatMap(place) else { return [] }
        let values = sample.values(metric: place)
        var (sessions, failing) = ([0, 0, 0, 0], [0, 0, 0, 0])
        for (row, value) in values.enumerated() where value.isFinite {
            let minute = Int(sample.records.minutes[row])
            guard (0..<1_440).contains(minute) else { continue }
            sessions[minute / 360] += 1
            if value > 0 { failing[minute / 360] += 1 }
        }
        guard sessions.contains(where: { $0 > 0 }) else { return [] }
        return (0..<4).map {
            .init(
                from: $0 * 6, to: $0 * 6 + 6, share: Scorecard.share(failing[$0], of: sessions[$0], level: level))
        }
    }

    func cache(_ cache: VoiceRoles.Cache) -> VoiceResult.CacheResult {
        let (hits, misses) = (sum(partial(cache.hits)), sum(partial(cache.misses)))
        let daily = { (metric: String) in
            Dictionary(
                table.momentSeries(metric: metric, group: .all).map { ($0.day, $0.moments.sum) },
                uniquingKeysWith: +)
        }
        let (hitDays, missDays) = (daily(cache.hits), daily(cache.misses))
        let days = (0..<period.length).map { offset -> VoiceResult.CurveDay in
            let day = period.start.advanced(by: offset)
            let (hit, miss) = (hitDays[day] ?? 0, missDays[day] ?? 0)
            return .init(day: day, share: hit + miss > 0 ? hit / (hit + miss) : nil)
        }
        let rate = RequestShare([cache], of: sample, in: table.catalogue)
            .interval(hits: hits, of: hits + misses, level: level)
        return .init(cache: cache, rate: rate, days: days)
    }

    private func sum(_ partial: Partial?) -> Int { partial.map { Int($0.moments.sum.rounded()) } ?? 0 }

    // MARK: Outcomes and load

    var outcomes: Answer<VoiceResult.OutcomeTable> {
        guard let intent = roles.intent, let outcome = roles.outcome,
            let first = table.catalogue.dimensions.firstIndex(where: { $0.name == intent }),
            let second = table.catalogue.dimensions.firstIndex(where: { $0.name == outcome })
        else { return .failure(.undefined("intents and outcomes are not both supplied")) }
        var counts: [String: [String: Int]] = [:]
        for row in 0..<sample.count {
            guard let a = sample.value(dimension: first, at: row), let b = sample.value(dimension: second, at: row)
            else { continue }
            counts[a, default: [:]][b, default: 0] += 1
        }
        guard !counts.isEmpty else { return .failure(.noRecords) }
        let ranked = { (sizes: [String: Int], limit: Int) in
            Array(sizes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key).prefix(limit))
        }
        let intents = ranked(counts.mapValues { $0.values.reduce(0, +) }, 20)
        let totals = counts.values.reduce(into: [String: Int]()) { $0.merge($1, uniquingKeysWith: +) }
        let outcomes = ranked(totals, 12)
        return .success(
            .init(
                intents: intents, outcomes: outcomes,
                counts: intents.map { intent in outcomes.map { counts[intent]?[$0] ?? 0 } }, exactness: sampled))
    }

    var load: VoiceResult.LoadTable {
        let volume = roles.kin == nil ? table.weekVolume(over: period) : sampledVolume
        let means = (0..<7).map { weekday in
            volume.counts[weekday].map { count -> Double? in
                volume.days[weekday] > 0 ? Double(count) / Double(volume.days[weekday]) : nil
            }
        }
        return .init(means: means, counts: volume.counts, withoutHour: volume.withoutHour.reduce(0, +))
    }

    /// Where records of another kind stand beside the sessions: those of the sample, as many as it stands for.
    private var sampledVolume: WeekVolume {
        var counts = Array(repeating: Array(repeating: 0.0, count: 24), count: 7)
        var withoutHour = Array(repeating: 0.0, count: 7)
        var days: [Set<Int32>] = Array(repeating: [], count: 7)
        let weight = sample.count > 0 ? Double(sample.population) / Double(sample.count) : 1
        for row in 0..<sample.count {
            let weekday = Day(number: sample.records.days[row]).weekday
            let minute = Int(sample.records.minutes[row])
            days[weekday].insert(sample.records.days[row])
            if (0..<1_440).contains(minute) {
                counts[weekday][minute / 60] += weight
            } else {
                withoutHour[weekday] += weight
            }
        }
        return WeekVolume(
            counts: counts.map { $0.map { Int($0.rounded()) } }, withoutHour: withoutHour.map { Int($0.rounded()) },
            days: days.map(\.count))
    }

    /// Of the sample, the 15 with the largest whole latency (or sum of components); none where nothing was timed or records name people.
    var slowest: [VoiceResult.SessionRow] {
        guard !sample.isOfPeople else { return [] }
        let columns =
            roles.total.flatMap(place).map { [sample.values(metric: $0)] }
            ?? roles.components.compactMap { place($0.metric).map { sample.values(metric: $0) } }
        guard !columns.isEmpty else { return [] }
        let sums = (0..<sample.count).map { row in columns.reduce(0) { $0 + $1[row] } }
        let rows = sums.indices.filter { sums[$0].isFinite }.sorted {
            (sums[$1], sample.records.keys[$0]) < (sums[$0], sample.records.keys[$1])
        }
        let all = table.catalogue.metrics.indices.map { sample.values(metric: $0) }
        return rows.prefix(15).map { row in
            .init(
                id: sample.records.ids[row], day: Day(number: sample.records.days[row]),
                values: all.map { $0[row].isFinite ? $0[row] : nil })
        }
    }
}
