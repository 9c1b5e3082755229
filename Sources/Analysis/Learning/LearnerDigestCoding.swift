import Model
import Partials
import Statistics

extension LearnerDigest {
    /// Changes with the meaning of the bytes, so that no digest of an earlier program is read as one of this.
    public static let revision = 1

    /// The digest as bytes; who it is of is kept beside them.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.write(zone)
        writer.write(sessions)
        writer.write(minutes)
        writer.write(quality)
        for hour in hours { writer.write(hour) }
        writer.write(byte: streak == nil ? 0 : 1)
        if let streak {
            writer.write(streak.length)
            writer.write(streak.end)
            writer.write(streak.grace)
        }
        writer.write(longestStreak)
        writer.write(topics.count)
        for topic in topics { writer.write(topic) }
        writer.write(met.count)
        for day in met { writer.write(day) }
        writer.write(goals.count)
        for goal in goals {
            writer.write(goal.kind.rawValue)
            writer.write(byte: goal.isReached ? 1 : 0)
            writer.write(goal.declared.rawValue)
            writer.write(goal.deadline)
        }
        writer.write(days.count)
        var before: Int32 = 0
        for day in days {
            writer.write(signed: Int64(day.day.number - before))
            writer.write(byte: day.has)
            before = day.day.number
        }
        writer.write(recent.count)
        for day in recent {
            writer.write(day.day)
            writer.write(day.sessions)
            writer.write(day.minutes)
            writer.write(day.topics.count)
            for place in day.topics { writer.write(place) }
        }
        return writer.bytes
    }

    /// Reads what `bytes` wrote.
    public init(learner: String, bytes: [UInt8]) throws(DecodingFailure) {
        var reader = ByteReader(bytes)
        self.learner = learner
        zone = try reader.text()
        sessions = try reader.count()
        minutes = try reader.double()
        quality = try reader.optionalDouble()
        hours = []
        for _ in 0..<24 { hours.append(try reader.count()) }
        streak =
            try reader.byte() == 0
            ? nil : NewestStreak(length: try reader.count(), end: try reader.day(), grace: try reader.day())
        longestStreak = try reader.count()
        topics = try reader.list { reader throws(DecodingFailure) in try reader.topic() }
        met = try reader.list { reader throws(DecodingFailure) in try reader.optionalDay() }
        goals = try reader.list { reader throws(DecodingFailure) in
            guard let kind = LearningGoal.Kind(rawValue: try reader.text()) else { throw .invalid("kind of a goal") }
            let isReached = try reader.byte() != 0
            guard let declared = LearningGoal.Declaration(rawValue: try reader.text()) else {
                throw .invalid("word on a goal")
            }
            return GoalStanding(
                kind: kind, isReached: isReached, declared: declared, deadline: try reader.optionalDay())
        }
        var before: Int32 = 0
        days = try reader.list { reader throws(DecodingFailure) in
            guard let number = Int32(exactly: Int64(before) + (try reader.signed())) else { throw .invalid("day") }
            before = number
            return ActiveDay(day: Day(number: number), has: try reader.byte())
        }
        let count = topics.count
        recent = try reader.list { reader throws(DecodingFailure) in
            RecentDay(
                day: try reader.day(), sessions: try reader.count(), minutes: try reader.double(),
                topics: try reader.list { reader throws(DecodingFailure) in try reader.count(atMost: count - 1) })
        }
        guard reader.isAtEnd else { throw .invalid("bytes behind the end") }
    }
}

extension LearnersDayAccount {
    /// The account as bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.write(withQuality)
        for number in [
            totals.sessions, totals.completed, totals.exchanges, totals.untimed, totals.pacedExchanges,
            totals.questions, totals.clarifications, totals.positive, totals.negative, totals.activeDays,
        ] { writer.write(number) }
        writer.write(totals.minutes)
        writer.write(totals.pacedMinutes)
        writer.write(totals.quality)
        writer.write(totals.parts.count)
        for part in totals.parts { writer.write(part) }
        return writer.bytes
    }

    /// Reads what `bytes` wrote.
    public init(bytes: [UInt8]) throws(DecodingFailure) {
        var reader = ByteReader(bytes)
        withQuality = try reader.count()
        var numbers: [Int] = []
        for _ in 0..<10 { numbers.append(try reader.count()) }
        totals = LearningTotals()
        (totals.sessions, totals.completed, totals.exchanges) = (numbers[0], numbers[1], numbers[2])
        (totals.untimed, totals.pacedExchanges, totals.questions) = (numbers[3], numbers[4], numbers[5])
        (totals.clarifications, totals.positive, totals.negative) = (numbers[6], numbers[7], numbers[8])
        totals.activeDays = numbers[9]
        totals.minutes = try reader.double()
        totals.pacedMinutes = try reader.double()
        totals.quality = try reader.moments()
        totals.parts = try reader.list { reader throws(DecodingFailure) in try reader.moments() }
        guard reader.isAtEnd else { throw .invalid("bytes behind the end") }
    }
}

extension ByteWriter {
    fileprivate mutating func write(_ day: Day) { write(signed: Int64(day.number)) }

    fileprivate mutating func write(_ day: Day?) {
        write(byte: day == nil ? 0 : 1)
        if let day { write(day) }
    }

    fileprivate mutating func write(_ value: Double?) {
        write(byte: value == nil ? 0 : 1)
        if let value { write(value) }
    }

    fileprivate mutating func write(_ moments: Moments) {
        write(moments.n)
        for value in [moments.mean, moments.m2, moments.m3, moments.m4] { write(value) }
    }

    fileprivate mutating func write(_ topic: TopicStanding) {
        write(topic.topic)
        for number in [topic.sessions, topic.judged, topic.successes] { write(number) }
        let evidence = topic.evidence
        for value in [
            evidence.weight, evidence.weightOfSuccesses, evidence.smoothed, evidence.smoothedWeight, topic.minutes,
            topic.exchanges,
        ] { write(value) }
        write(topic.quality)
        write(topic.first)
        write(topic.last)
    }
}

extension ByteReader {
    fileprivate mutating func day() throws(DecodingFailure) -> Day {
        guard let number = Int32(exactly: try signed()) else { throw .invalid("day") }
        return Day(number: number)
    }

    fileprivate mutating func optionalDay() throws(DecodingFailure) -> Day? { try byte() == 0 ? nil : try day() }

    fileprivate mutating func optionalDouble() throws(DecodingFailure) -> Double? {
        try byte() == 0 ? nil : try double()
    }

    fileprivate mutating func moments() throws(DecodingFailure) -> Moments {
        Moments(
            n: try count(), mean: try double(), m2: try double(), m3: try double(), m4: try double())
    }

    fileprivate mutating func list<Element>(
        _ element: (inout ByteReader) throws(DecodingFailure) -> Element
    ) throws(DecodingFailure) -> [Element] {
        // Each element has a byte or more.
        let count = try count(atMost: end - position)
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try element(&self)) }
        return elements
    }

    fileprivate mutating func topic() throws(DecodingFailure) -> TopicStanding {
        let name = try text()
        let numbers = (try count(), try count(), try count())
        let evidence = MasteryEvidence(
            weight: try double(), weightOfSuccesses: try double(), smoothed: try double(),
            smoothedWeight: try double())
        let (minutes, exchanges) = (try double(), try double())
        let quality = try moments()
        var topic = TopicStanding(topic: name, first: try day(), last: try day())
        (topic.sessions, topic.judged, topic.successes) = numbers
        (topic.evidence, topic.minutes, topic.exchanges, topic.quality) = (evidence, minutes, exchanges, quality)
        return topic
    }
}
