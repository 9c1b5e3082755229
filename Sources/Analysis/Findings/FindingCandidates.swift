import Model
import Statistics

extension ReportAnalyses {
    /// Every claim whose test is below α after correction and whose effect is not trivial, the weightiest first.
    ///
    /// A claim needs both: an adjusted p below `settings.alpha`, and a standardised effect of at least
    /// `settings.smallestEffect` (a correlation of at least `settings.notableCorrelation`). Order: weight, then
    /// adjusted p, then id. Those of one event are gathered (`Gathering`).
    func standingFindings() -> [Finding] {
        let claims =
            trendFindings() + seasonFindings() + hourFindings() + groupFindings() + correlationFindings()
            + interventionFindings() + volumeFindings()
        let ranked = claims.filter(stands).sorted { left, right in
            if left.weight != right.weight { return left.weight > right.weight }
            if left.pAdjusted != right.pAdjusted { return left.pAdjusted < right.pAdjusted }
            return left.id < right.id
        }
        return Gathering(ranked).gathered
    }

    private func stands(_ finding: Finding) -> Bool {
        let bound = finding.kind == .correlation ? settings.notableCorrelation : settings.smallestEffect
        return finding.pAdjusted < settings.alpha && abs(finding.standardised) >= bound
    }

    private func trendFindings() -> [Finding] {
        trends.flatMap { trend in
            let changes: [(Finding.Kind, Answer<ChangeFigures>)] = [
                (.recentChange, trend.sincePrevious), (.nightChange, trend.sinceSameWeekday),
            ]
            let moves = changes.compactMap { kind, change in
                change.value.flatMap { finding(kind, .metric(trend.subject), $0, metric: trend.subject.metric) }
            }
            return [slopeFinding(trend), shiftFinding(trend)].compactMap { $0 } + moves
        }
    }

    /// A step that a line would tell as well is left to the line.
    private func shiftFinding(_ trend: TrendResult) -> Finding? {
        guard let shift = trend.lastingShift.value, shift.fitsBetterThanLine else { return nil }
        return finding(.levelShift, .metric(trend.subject), shift.change, metric: trend.subject.metric)
    }

    /// The finding that a subject's level has moved for good, if it stands.
    public func standingShift(of trend: TrendResult) -> Finding? {
        shiftFinding(trend).flatMap { stands($0) ? $0 : nil }
    }

    private func slopeFinding(_ trend: TrendResult) -> Finding? {
        guard trend.direction == .rising || trend.direction == .falling, let line = trend.line.value,
            let sd = distribution(of: trend.subject)?.moments.value?.sd, sd > 0
        else { return nil }
        return finding(
            .trend, .metric(trend.subject), metric: trend.subject.metric, estimate: line.totalChange,
            interval: line.totalChangeInterval, standardised: line.totalChange / sd, n: trend.n, test: line.claim,
            period: Period(from: line.firstDay, through: line.lastDay))
    }

    /// The distance between the highest and the lowest weekday.
    private func seasonFindings() -> [Finding] {
        trends.compactMap { trend in
            guard let season = trend.behaviour.season.value, let adjusted = season.test.pAdjusted,
                let metric = catalogue.metric(named: trend.subject.metric),
                let sd = distribution(of: trend.subject)?.moments.value?.sd, sd > 0
            else { return nil }
            let offsets = season.levels.map(\.offset)
            let range = (offsets.max() ?? 0) - (offsets.min() ?? 0)
            let topic = Finding.Topic.metric(trend.subject)
            return Finding(
                id: Finding.id(kind: .season, subject: topic), kind: .season, subject: topic, estimate: range,
                unit: metric.unit, interval: nil, standardised: range / sd, n: trend.n, p: season.test.p,
                pAdjusted: adjusted, severity: .note, period: trend.period, goodness: .neutral)
        }
    }

    /// The distance between the highest and the lowest hour.
    private func hourFindings() -> [Finding] {
        hours.compactMap { answer in
            guard let profile = answer.value, let adjusted = profile.test.pAdjusted,
                let metric = catalogue.metric(named: profile.metric),
                let sd = distribution(of: Subject(metric: profile.metric, group: .all))?.moments.value?.sd, sd > 0
            else { return nil }
            let means = profile.levels.map(\.mean)
            let range = (means.max() ?? 0) - (means.min() ?? 0)
            let topic = Finding.Topic.metric(Subject(metric: profile.metric, group: .all))
            return Finding(
                id: Finding.id(kind: .hours, subject: topic), kind: .hours, subject: topic, estimate: range,
                unit: metric.unit, interval: nil, standardised: range / sd, n: profile.n, p: profile.test.p,
                pAdjusted: adjusted, severity: .note, period: period, goodness: .neutral)
        }
    }

    private func groupFindings() -> [Finding] {
        comparisons.flatMap { comparison in
            comparison.pairs.compactMap { pair in
                // Nothing is claimed that the table of its own comparison does not tell apart.
                guard let test = pair.counted.value, let size = pair.standardised, let holm = pair.pHolm,
                    holm < settings.alpha
                else { return nil }
                let topic = Finding.Topic.pair(
                    metric: comparison.metric, dimension: comparison.dimension, a: pair.a, b: pair.b)
                return finding(
                    .groupDifference, topic, metric: comparison.metric, estimate: pair.difference,
                    interval: pair.reach, standardised: size, n: pair.countA + pair.countB, test: test,
                    period: comparison.period)
            }
        }
    }

    /// The newest day, and a level since some day that a line would not tell as well.
    private func volumeFindings() -> [Finding] {
        let shift = volumeBehaviour?.lastingShift.value.flatMap { $0.fitsBetterThanLine ? $0.change : nil }
        return [(Finding.Kind.volume, volumeBehaviour?.newest.value), (.levelShift, shift)].compactMap { kind, change in
            change.flatMap { volumeFinding(kind, $0) }
        }
    }

    /// Fewer records than expected are bad news, more are not.
    private func volumeFinding(_ kind: Finding.Kind, _ change: ChangeFigures) -> Finding? {
        guard let adjusted = change.test.pAdjusted else { return nil }
        let share = { (logarithm: Double) in Logarithm.inverse(logarithm) - 1 }
        let topic = Finding.Topic.records(.all)
        let goodness: Finding.Goodness = change.difference < 0 ? .worse : .neutral
        let counted = kind == .volume ? change.current.period : period
        return Finding(
            id: Finding.id(kind: kind, subject: topic), kind: kind, subject: topic,
            estimate: share(change.difference), unit: "",
            interval: Interval(
                low: share(change.interval.low), high: share(change.interval.high), level: change.interval.level),
            standardised: change.difference,
            n: volume(of: .all, by: .day)?.points.reduce(0) { counted.contains($1.period.start) ? $0 + $1.records : $0 }
                ?? 0,
            p: change.test.p, pAdjusted: adjusted,
            severity: Finding.Severity(of: change.difference, goodness: goodness, steps: settings.effectSteps),
            period: change.current.period, goodness: goodness)
    }

    private func correlationFindings() -> [Finding] {
        guard let table = correlation.value else { return [] }
        return table.pairs.compactMap { pair in
            guard !pair.isByDefinition, let rho = pair.spearman.value, let adjusted = rho.test.pAdjusted else {
                return nil
            }
            let topic = Finding.Topic.metrics(x: pair.x, y: pair.y, group: table.group)
            return Finding(
                id: Finding.id(kind: .correlation, subject: topic), kind: .correlation, subject: topic,
                estimate: rho.coefficient, unit: "", interval: rho.interval, standardised: rho.coefficient,
                n: pair.n, p: rho.test.p, pAdjusted: adjusted, severity: .note, period: table.period,
                goodness: .neutral)
        }
    }

    private func interventionFindings() -> [Finding] {
        improvements.compactMap { result in
            guard let subject = result.subject, let figures = result.figures.value, let credit = result.credit.value,
                let standardised = credit.standardised, result.isConfirmed(settings) ?? true
            else { return nil }
            return finding(
                .intervention, .intervention(id: result.intervention.id, subject: subject), metric: subject.metric,
                estimate: credit.estimate, interval: credit.interval, standardised: standardised,
                n: figures.before.n + figures.after.n, test: credit.test, period: result.after)
        }
    }

    private func finding(
        _ kind: Finding.Kind, _ topic: Finding.Topic, _ change: ChangeFigures, metric: String
    ) -> Finding? {
        guard let standardised = change.standardised else { return nil }
        return finding(
            kind, topic, metric: metric, estimate: change.difference, interval: change.interval,
            standardised: standardised,
            n: kind == .nightChange ? change.current.n : change.current.n + change.baseline.n, test: change.test,
            period: change.current.period)
    }

    private func finding(
        _ kind: Finding.Kind, _ topic: Finding.Topic, metric name: String, estimate: Double, interval: Interval?,
        standardised: Double, n: Int, test: TestFigures, period: Period
    ) -> Finding? {
        guard let adjusted = test.pAdjusted, let metric = catalogue.metric(named: name) else { return nil }
        let goodness = Finding.Goodness(of: estimate, kind: kind, direction: metric.direction)
        return Finding(
            id: Finding.id(kind: kind, subject: topic), kind: kind, subject: topic, estimate: estimate,
            unit: metric.unit, interval: interval, standardised: standardised, n: n, p: test.p, pAdjusted: adjusted,
            severity: Finding.Severity(of: standardised, goodness: goodness, steps: settings.effectSteps),
            period: period, goodness: goodness)
    }
}
