import Analysis
import Model
import Words

/// What else a difference between two groups may be due to, said where it is claimed.
extension Finding {
    /// Whether it is about all records.
    fileprivate var isOfAll: Bool {
        switch subject {
        case .metric(let subject), .intervention(_, let subject): subject.group == .all
        default: false
        }
    }
}

extension ReportContext {
    /// The sentence that follows a claim that two groups differ; nil where nothing speaks against it.
    func caution(metric name: String, dimension: String, a: String, b: String) -> String? {
        guard let metric = catalogue.metric(named: name),
            let result = analyses.comparison(of: name, by: dimension),
            let pair = result.pairs.first(where: { $0.a == a && $0.b == b })
        else { return nil }
        return caution(metric, pair, in: result)
    }

    /// The sentence that follows a change that is mostly due to other shares of groups; nil for others.
    func makeUp(of finding: Finding, _ metric: Metric) -> String? {
        analyses.makeUps[finding.id].map { sentence($0, metric, isOfAll: finding.isOfAll) }
    }

    private func sentence(_ found: MakeUp, _ metric: Metric, isOfAll: Bool) -> String {
        let words = MetricWords(metric: metric)
        let title = catalogue.dimension(named: found.dimension)?.title ?? found.dimension
        let drivers = found.drivers
        guard isOfAll else {
            return say(
                "It is mostly another make-up: of \(words.difference(drivers.change)) over the records of the group, \(words.difference(drivers.mix)) comes from other shares of \(title) and \(words.difference(drivers.within)) from within its groups."
            )
        }
        return say(
            "It is mostly another make-up: of \(words.difference(drivers.change)) over all records, \(words.difference(drivers.mix)) comes from other shares of \(title) and \(words.difference(drivers.within)) from within its groups."
        )
    }

    /// The notice that follows the effect of an intervention that is mostly another make-up of the records; nil for others.
    func makeUpNotice(_ result: ImprovementResult) -> Block? {
        guard let found = result.makeUp, let subject = result.subject,
            let metric = catalogue.metric(named: subject.metric)
        else { return nil }
        return .notice(
            tell(
                "\(result.intervention.name) (\(result.intervention.id)): after − before is no sign that it worked. \(sentence(found, metric, isOfAll: subject.group == .all))"
            ))
    }

    func caution(_ metric: Metric, _ pair: PairFigures, in result: ComparisonResult) -> String? {
        let words = MetricWords(metric: metric)
        let title = { (name: String) in self.catalogue.dimension(named: name)?.title ?? name }
        var sentences = pair.contradictions.map { found in
            say(
                "Among records alike in \(title(found.dimension)) the difference is \(words.difference(found.difference, beside: found.interval)) (\(words.differenceInterval(found.interval))): it may be due to \(title(found.dimension))."
            )
        }
        sentences += pair.openAdjustments.map { found in
            say(
                "Among records alike in \(title(found.dimension)) the difference is \(words.difference(found.difference, beside: found.interval)) (\(words.differenceInterval(found.interval))): they are too few to rule out that it is due to \(title(found.dimension))."
            )
        }
        let apart = result.inseparable(pair).map(title)
        if !apart.isEmpty {
            sentences.append(
                say(
                    "The two share no value of \(apart.joined(separator: ", ")), so that the difference cannot be laid to one of them alone."
                ))
        }
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }
}
