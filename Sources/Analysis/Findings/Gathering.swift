import Model
import Statistics

/// Findings of one event, gathered under the one that tells it for the most records.
///
/// A step of a whole report is a step of each of its groups; it is one piece of news. A finding is part of another
/// (`Finding.partOf`) if that one
/// - is at least as grave and claims the same kind of change of the same metric in the same direction for a group that
///   holds its own, with an interval that overlaps its own, and for steps with a first day at most a week away; or
/// - is the step of the very subject whose slope it claims, in the same direction (a line through a step fits it less
///   well and rises by up to half more than the step); or
/// - is the weightiest step of the same metric in the same direction in some group, where all records have none that holds
///   them both, with overlapping intervals and first days at most a week apart; or
/// - is the weightiest pair of the same metric and dimension; or
/// - is the lasting change of the number of records that the newest day goes along with.
///
/// A group in which a change is plainly larger or smaller than in the whole keeps a finding of its own. The test and its
/// correction know nothing of this: it orders what stands, and drops nothing. Cost is linear in the findings.
struct Gathering {
    private let findings: [Finding]
    private let bySubject: [Claimed: Finding]
    private let firstPairs: [[String]: Finding]
    private let firstSteps: [Step: Finding]
    private let volumeShift: Finding?

    private struct Claimed: Hashable {
        var kind: Finding.Kind
        var subject: Subject
    }

    /// Steps of a metric in one direction.
    private struct Step: Hashable {
        var metric: String
        var isDown: Bool
    }

    /// Findings in order of weight.
    init(_ findings: [Finding]) {
        self.findings = findings
        var subjects: [Claimed: Finding] = [:]
        var pairs: [[String]: Finding] = [:]
        var steps: [Step: Finding] = [:]
        for finding in findings {
            switch finding.subject {
            case .metric(let subject):
                subjects[Claimed(kind: finding.kind, subject: subject)] = finding
                let step = Step(metric: subject.metric, isDown: finding.estimate < 0)
                if finding.kind == .levelShift, subject.group.isValue, steps[step] == nil { steps[step] = finding }
            case .pair(let metric, let dimension, _, _):
                if pairs[[metric, dimension]] == nil { pairs[[metric, dimension]] = finding }
            case .metrics, .intervention, .records: break
            }
        }
        volumeShift = findings.first { $0.subject == .records(.all) && $0.kind == .levelShift }
        (bySubject, firstPairs, firstSteps) = (subjects, pairs, steps)
    }

    /// The same findings, each with the id of the finding that it is part of and with the number of its own parts.
    var gathered: [Finding] {
        var parts: [String: Int] = [:]
        let told = findings.map { finding in
            var told = finding
            var wider = holder(of: finding)
            while let next = wider {
                told.partOf = next.id
                wider = holder(of: next)
            }
            if let event = told.partOf { parts[event, default: 0] += 1 }
            return told
        }
        return told.map { finding in
            var told = finding
            told.parts = parts[finding.id] ?? 0
            return told
        }
    }

    /// The next wider finding: always of a wider group, or a step in place of a slope, or a heavier pair, or a heavier step
    /// of another value that nothing wider holds, so that no two hold each other.
    private func holder(of finding: Finding) -> Finding? {
        switch finding.subject {
        case .metric(let subject):
            if finding.kind == .trend, let step = bySubject[Claimed(kind: .levelShift, subject: subject)],
                step.goesAlong(finding)
            {
                return step
            }
            return subject.group.wider.lazy
                .compactMap {
                    bySubject[Claimed(kind: finding.kind, subject: Subject(metric: subject.metric, group: $0))]
                }
                .first { $0.severity >= finding.severity && $0.goesAlong(finding) && $0.isLike(finding) }
                ?? sibling(of: finding, subject)
        case .pair(let metric, let dimension, _, _):
            return firstPairs[[metric, dimension]].flatMap {
                $0.id != finding.id && $0.severity >= finding.severity ? $0 : nil
            }
        case .records:
            guard finding.kind == .volume, let shift = volumeShift, shift.goesAlong(finding),
                shift.severity >= finding.severity
            else { return nil }
            return shift
        case .metrics, .intervention: return nil
        }
    }

    /// The weightiest step like one of a value, where no step of all records goes along.
    private func sibling(of finding: Finding, _ subject: Subject) -> Finding? {
        guard finding.kind == .levelShift, subject.group.isValue,
            let first = firstSteps[Step(metric: subject.metric, isDown: finding.estimate < 0)], first.id != finding.id,
            first.severity >= finding.severity, first.isLike(finding)
        else { return nil }
        let whole = bySubject[Claimed(kind: .levelShift, subject: Subject(metric: subject.metric, group: .all))]
        return whole?.goesAlong(finding) == true ? nil : first
    }
}

extension Finding {
    fileprivate func goesAlong(_ other: Finding) -> Bool { (estimate < 0) == (other.estimate < 0) }

    /// Whether the sizes, and of steps the days, could be the same.
    fileprivate func isLike(_ other: Finding) -> Bool {
        guard let interval, let its = other.interval, interval.low <= its.high, its.low <= interval.high else {
            return false
        }
        return kind != .levelShift || abs(period.start.distance(to: other.period.start)) <= 7
    }
}

extension Group {
    /// Whether it is one value of one dimension.
    fileprivate var isValue: Bool { if case .value = self { true } else { false } }

    /// The groups that hold all records of this one, the widest first.
    fileprivate var wider: [Group] {
        switch self {
        case .all: []
        case .value: [.all]
        case .pair(let first, let firstValue, let second, let secondValue):
            [
                .all, .value(dimension: first, value: firstValue), .value(dimension: second, value: secondValue),
            ]
        }
    }
}

extension ReportAnalyses {
    /// What a reader is told: one finding for each event, the weightiest first.
    public var events: [Finding] { findings.filter { $0.partOf == nil } }
}
