import Analysis
import Model
import Yams

extension SettingsAssembly {
    /// The entries under `kpis`, in the order of the file.
    mutating func kpis(_ catalogue: Catalogue) -> [KPI] {
        var kpis: [KPI] = []
        for entry in file.kpis {
            let what = "KPI `\(entry.name)`"
            let keys = ["title", "metric", "statistic", "value", "where", "target", "owner", "range", "better"]
            let fields = reader.fields(entry.node, of: what, keys: keys)
            guard let subject = subject(fields, of: what, at: entry.key, catalogue) else { continue }
            guard let target = reader.number(fields, "target", of: what),
                let owner = reader.text(fields, "owner", of: what)
            else {
                reader.fail(
                    "\(what) needs `metric`, `target` and `owner`", at: entry.key,
                    fix: "A target that nobody answers for is a number; declare a benchmark instead.")
                continue
            }
            if let range = subject.statistic.range(of: subject.metric), !range.contains(target) {
                reader.fail(
                    "the target of \(what) lies outside \(range.lowerBound) to \(range.upperBound)",
                    at: fields["target"], fix: subject.metric.isProportion ? "Shares are written from 0 to 1." : nil)
                continue
            }
            guard let bad = bad(fields, subject, of: what, at: entry.key) else { continue }
            kpis.append(
                KPI(
                    id: entry.name, title: reader.text(fields, "title", of: what) ?? subject.metric.title,
                    metric: subject.metric.name, statistic: subject.statistic, group: subject.group, target: target,
                    bad: bad, owner: owner, days: fields["range"].flatMap { days($0, of: what) }))
        }
        return kpis
    }

    /// The rows of the score by deductions, and the points of an unusual day.
    mutating func health(_ catalogue: Catalogue, into settings: inout AnalysisSettings) {
        guard let node = file.health else { return }
        let fields = reader.fields(node, of: "`health`", keys: ["score", "unusual_day_points", "points", "stages"])
        points(fields["points"], into: &settings)
        for (name, _, node) in reader.entries(fields["stages"], of: "`stages` of `health`") {
            guard let minutes = reader.number(node, of: "the minutes of stage `\(name)`") else { continue }
            if minutes <= 0 {
                reader.fail("stage `\(name)` may take more than 0 minutes", at: node)
            } else if name == "other" {
                settings.stageLimits.other = minutes
            } else {
                settings.stageLimits.minutes[name] = minutes
            }
        }
        if let points = reader.number(fields, "unusual_day_points", of: "`health`") {
            settings.unusualDayPoints = points
            requirePoints(points, of: "an unusual day", at: fields["unusual_day_points"])
        }
        for (name, key, node) in reader.entries(fields["score"], of: "`score` of `health`") {
            let what = "health row `\(name)`"
            let keys = ["title", "metric", "statistic", "value", "where", "above", "below", "limit"]
            let fields = reader.fields(node, of: what, keys: keys)
            guard let subject = subject(fields, of: what, at: key, catalogue) else { continue }
            let sides = ["above", "below", "limit"].filter { fields[$0] != nil }
            guard let side = sides.first, let ladder = fields[side], sides.count == 1 else {
                reader.fail("\(what) needs one of `above`, `below`, `limit` with points by limit", at: key)
                continue
            }
            guard let bad = LimitSide(rawValue: side) ?? self.bad([:], subject, of: what, at: ladder) else { continue }
            var steps: [HealthRow.Step] = []
            for (limit, key, node) in reader.entries(ladder, of: "`\(side)` of \(what)") {
                guard let limit = Double(limit), limit.isFinite else {
                    reader.fail("`\(side)` of \(what) has points by limit, such as {2: 10, 3: 20}", at: key)
                    continue
                }
                if let points = reader.number(node, of: "the points of \(what)") {
                    steps.append(.init(limit: limit, points: points))
                    requirePoints(points, of: what, at: node)
                }
            }
            if steps.isEmpty { reader.fail("`\(side)` of \(what) names no limit", at: ladder) }
            settings.healthRows.append(
                HealthRow(
                    id: name, title: reader.text(fields, "title", of: what) ?? subject.metric.title,
                    metric: subject.metric.name, statistic: subject.statistic, group: subject.group, bad: bad,
                    steps: steps))
        }
    }

    /// Points are deducted from 100: none is below 0 or above that.
    private mutating func requirePoints(_ points: Double, of what: String, at node: Node?) {
        if (0...100).contains(points) { return }
        reader.fail("the points of \(what) lie between 0 and 100, found \(points)", at: node)
    }

    /// What an entry measures: metric, statistic and group.
    private struct Measured {
        let metric: Metric
        let statistic: MetricStatistic
        let group: Group
    }

    private mutating func subject(
        _ fields: [String: Node], of what: String, at key: Node, _ catalogue: Catalogue
    ) -> Measured? {
        guard let node = fields["metric"] else {
            reader.fail("\(what) names no `metric`", at: key)
            return nil
        }
        guard let metric = metric(node, of: what, catalogue), let statistic = reader.statistic(fields, of: what),
            let scope = scope(fields, of: what, catalogue)
        else { return nil }
        switch scope {
        case .one(let dimension, let value):
            return Measured(metric: metric, statistic: statistic, group: .value(dimension: dimension, value: value))
        case .all, .each: return Measured(metric: metric, statistic: statistic, group: .all)
        }
    }

    /// The bad side: against `better`, else by the metric's direction.
    private mutating func bad(
        _ fields: [String: Node], _ subject: Measured, of what: String, at key: Node
    ) -> LimitSide? {
        if let better: Direction = reader.choice(fields, "better", of: what), better != .neutral {
            return better == .higher ? .below : .above
        }
        if let side = subject.statistic.badSide(for: subject.metric.direction) { return side }
        reader.fail(
            "\(what): neither way of `\(subject.metric.name)` is better", at: key,
            fix: "Say `better: higher` or `better: lower`, or give the metric a `direction`.")
        return nil
    }

    /// `7d` as 7.
    mutating func days(_ node: Node, of what: String) -> Int? {
        guard let text = reader.text(node, of: "`range` of \(what)") else { return nil }
        guard text.hasSuffix("d"), let days = Int(text.dropLast()), (1...366).contains(days) else {
            reader.fail("`range` of \(what) is a number of days such as 7d, found `\(text)`", at: node)
            return nil
        }
        return days
    }
}

extension SettingsAssembly {
    /// What is run after publishing; nil where nothing is declared.
    mutating func notification() -> NoticeCommand? {
        guard let node = file.notify else { return nil }
        let fields = reader.fields(node, of: "`notify`", keys: ["command", "on", "timeout_seconds"])
        guard let command = fields["command"].map({ reader.texts($0, of: "`command` of `notify`") }),
            command.first?.contains(where: { !$0.isWhitespace }) == true
        else {
            reader.fail("`notify` needs a `command`", at: node, fix: "Such as [./tell.sh, operators].")
            return nil
        }
        var notification = NoticeCommand(command: command)
        notification.occasion = reader.choice(fields, "on", of: "`notify`") ?? notification.occasion
        if let seconds = fields["timeout_seconds"] {
            let what = "`timeout_seconds` of `notify`"
            notification.timeLimit = reader.integer(seconds, of: what, in: 1...3_600) ?? notification.timeLimit
        }
        return notification
    }
}
