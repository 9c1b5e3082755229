import Diagnostics
import Foundation
import Ingest
import Model
import Report
import Samples

/// `assay sample`: writes exports, their truth and the configuration to read them with.
public func writeSample(_ request: SampleRequest, in surroundings: Surroundings, messages: MessageSink) async
    -> ExitStatus
{
    await reporting(to: messages) {
        let plan = try request.plan()
        let folder = surroundings.absolute(request.folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var files = 0
        let truth = try SampleExports(plan: plan).write { (name: String, bytes: [UInt8]) throws -> Void in
            try Data(bytes).write(to: URL(filePath: folder + "/" + name))
            files += 1
        }
        if plan.hasPeople {
            try SamplePeople(plan: plan).write { (name: String, bytes: [UInt8]) throws -> Void in
                try Data(bytes).write(to: URL(filePath: folder + "/" + name))
                files += 1
            }
        }
        try Data(truth.json.pretty).write(to: URL(filePath: folder + "/truth.json"))
        messages.say(
            .outcome(
                "\(files) files with \(truth.sessions) sessions in \(request.folder); what is planted stands in truth.json."
            ))
    }
}

extension SampleRequest {
    /// The plan, or what is wrong with the options.
    func plan() throws -> SamplePlan {
        guard let end = Day(iso: end) else { throw Failure(.usage, "--end takes YYYY-MM-DD, found `\(self.end)`") }
        guard let zone = ZoneRules(identifier: timeZone) else {
            throw Failure(.usage, "there is no time zone `\(timeZone)`")
        }
        guard let format = SamplePlan.Format(rawValue: format) else {
            throw Failure(.usage, "--format takes csv or ndjson, found `\(self.format)`")
        }
        guard let split = SamplePlan.Split(rawValue: split) else {
            throw Failure(.usage, "--split takes day, month or whole, found `\(self.split)`")
        }
        let found = SamplePlan(
            sessions: sessions, days: days, end: end, seed: seed, zone: zone, format: format, split: split)
        guard var plan = found else {
            throw Failure(
                .usage, "a sample has 1 to 36500 days and at least one session a day, at most 100000000 in all")
        }
        plan.hasVoice = hasVoice
        guard (0...100_000).contains(learners), learners == 0 || learners >= 5 else {
            throw Failure(.usage, "--learners takes 5 to 100000, found \(learners)")
        }
        plan.learners = learners
        plan.learnerZones = ["Europe/Berlin", "America/New_York", "Asia/Tokyo"].compactMap {
            ZoneRules(identifier: $0)
        }
        plan.hasHealth = hasHealth
        plan.hasPeople = hasPeople
        return plan
    }
}

extension SampleTruth {
    /// The truth file: what was planted, and sums over the rows as written.
    var json: JSONValue {
        var fields: [String: JSONValue] = [
            "plan": .object([
                "sessions": .int(plan.sessions), "days": .int(plan.days), "start": .string(plan.start.iso),
                "end": .string(plan.end.iso),
                "seed": .string(String(plan.seed)), "zone": .string(plan.zone.name),
            ]),
            "counts": .object([
                "sessions": .int(sessions), "graded": .int(graded),
                "by_tier": .object(sessionsByTier.mapValues { .int($0) }),
            ]),
            "scores": .object(
                Dictionary(
                    scoreSums.map { score in
                        (
                            score.name,
                            .object([
                                "n": .int(score.cells),
                                "mean": .number(Double(score.sum) / 10_000 / Double(score.cells)),
                            ])
                        )
                    }
                ) { first, _ in first }),
            "effects": .array(effects.map { json(of: $0) }),
            "validation": .object([
                "flaky": .string(SampleResults.planted.flaky),
                "newly_failing": .string(SampleResults.planted.newlyFailing),
                "fixed": .string(SampleResults.planted.fixed), "errored": .string(SampleResults.planted.errored),
                "skipped": .string(SampleResults.planted.skipped),
            ]),
        ]
        if plan.learners > 0 {
            fields["learning"] = .array(SampleLearners.planted(plan).map { json(of: $0) })
        }
        if plan.hasHealth {
            let points = HealthPoints(plan)
            fields["health_incidents"] = .array(
                HealthPoints.incidents.map { incident in
                    .object([
                        "metric": .string(incident.metric.isEmpty ? "all" : incident.metric),
                        "day": .string(points.incidentDay.iso), "minute": .int(incident.minute),
                        "minutes": .int(incident.minutes), "level": .string(incident.level),
                    ])
                })
        }
        if plan.hasPeople { fields["people"] = Self.people }
        guard plan.hasVoice else { return .object(fields) }
        fields["incidents"] = .array(
            VoiceIncident.all.map { incident in
                .object([
                    "kind": .string(incident.kind.rawValue), "days": .int(incident.days),
                    "from": .string(incident.start(in: plan).iso),
                    "through": .string(incident.start(in: plan).advanced(by: incident.days - 1).iso),
                ])
            })
        return .object(fields)
    }

    /// Cohorts with what is planted of each, and how many ways to use the product there are: those of each level, by who came back.
    private static var people: JSONValue {
        let cohorts = SamplePeople.cohorts
        return .object([
            "cohorts": .array(
                cohorts.map { cohort in
                    let counted = { (percent: Int) in (0..<cohort.people).count { $0 * 100 < percent * cohort.people } }
                    return .object([
                        "name": .string("\(cohort.focus), \(cohort.level) frequency, \(cohort.level) engagement"),
                        "people": .int(cohort.people), "successes": .int(counted(cohort.success)),
                        "came_back": .int(counted(cohort.back)), "minutes": .int(cohort.minutes),
                        "interactions": .int(cohort.interactions),
                    ])
                }),  // Each way to use the product with and without sessions in a second month.
            "segments": .int(2 * Set(cohorts.map(\.minutes)).count),
        ])
    }

    private func json(of item: SampleLearners.Planted) -> JSONValue {
        let number: JSONValue = item.number.map { .int($0) } ?? .null
        return .object([
            "learner": .string(item.learner), "what": .string(item.what), "day": .text(item.day?.iso), "number": number,
        ])
    }

    private func json(of effect: PlantedEffect) -> JSONValue {
        let scope: JSONValue =
            if case .value(let dimension, let value) = effect.scope { .string("\(dimension)=\(value)") } else {
                .string("all")
            }
        var fields: [String: JSONValue] = [
            "metric": .string(effect.metric), "scope": scope, "size": .number(effect.size),
            "is_factor": .bool(effect.isFactor),
            "intervention": .text(effect.intervention),
        ]
        switch effect.shape {
        case .constant: fields["shape"] = .string("constant")
        case .linear: fields["shape"] = .string("linear")
        case .step(let share):
            fields["shape"] = .string("step")
            fields["from"] = .string(plan.day(at: share).iso)
        case .day(let share):
            fields["shape"] = .string("day")
            fields["on"] = .string(plan.day(at: share).iso)
        case .weekday(let offsets):
            fields["shape"] = .string("weekday")
            fields["multiples"] = .array(offsets.map { .number($0) })
        }
        return .object(fields)
    }
}
