import Analysis
import Charts
import Model
import Words

/// Words for learners, used by pages, terminal and summary alike.
enum LearningWording {
    static func quality(_ value: Double) -> String { NumberText.fixed(value, decimals: 2) }
    static func hours(_ value: Double) -> String {
        NumberText.fixed(value, decimals: value < 100 ? 1 : 0) + "\u{202F}h"
    }
    static func minutes(_ value: Double) -> String { NumberText.fixed(value, decimals: 0) + "\u{202F}min" }
    static func days(_ count: Int) -> String { NumberWords.count(count, "day", "days") }

    /// What a trend is about, at the beginning of a sentence.
    static func title(_ kind: LearningTrend.Kind) -> String {
        switch kind {
        case .quality: say("Quality")
        case .minutes: say("Minutes per day")
        case .exchanges: say("Exchanges per day")
        }
    }

    /// The metric of a trend, so that its figures are worded like those of any other metric.
    static func words(_ kind: LearningTrend.Kind) -> MetricWords? {
        let metric: Metric? =
            switch kind {
            case .quality:
                Metric(name: "quality", title: say("Quality"), unit: "score", range: 0...1, direction: .higher)
            case .minutes:
                Metric(
                    name: "minutes", title: say("Minutes per day"), unit: "min", range: 0...Double.infinity,
                    direction: .higher)
            case .exchanges:
                Metric(
                    name: "exchanges", title: say("Exchanges per day"), range: 0...Double.infinity, direction: .higher)
            }
        return metric.map { MetricWords(metric: $0) }
    }

    static func span(_ span: LearningSpan) -> String { say(word: span.rawValue) }

    static func status(_ status: GoalState.Status) -> (word: String, tone: Tone) {
        switch status {
        case .active: (say("pursued"), .muted)
        case .completed: (say("reached"), .good)
        case .paused: (say("paused"), .muted)
        case .abandoned: (say("given up"), .muted)
        case .expired: (say("missed"), .bad)
        }
    }

    /// A value of a goal with its unit: of means one decimal throughout, as they stand in columns.
    static func value(_ value: Double, _ goal: LearningGoal) -> String {
        let isWhole = goal.kind != .quality && value == value.rounded()
        return withUnit(NumberText.fixed(value, decimals: isWhole ? 0 : 1), goal)
    }

    /// The target of a goal with its unit, as it was set; a share that became per cent without what rounding left.
    static func target(_ goal: LearningGoal) -> String {
        withUnit(NumberWords.exactly((goal.target * 1e6).rounded() / 1e6), goal)
    }

    private static func withUnit(_ number: String, _ goal: LearningGoal) -> String {
        goal.kind.unit.isEmpty ? number : "\(number)\u{202F}\(say(word: goal.kind.unit))"
    }

    static func kind(_ kind: LearningGoal.Kind) -> String {
        switch kind {
        case .streak: say("Streak")
        case .sessions: say("Sessions")
        case .topics: say("Topics")
        case .quality: say("Quality")
        case .exchanges: say("Exchanges")
        case .minutes: say("Minutes")
        case .feedback: say("Feedback")
        case .custom: say("Custom")
        }
    }

    /// What an achievement requires.
    static func requirement(_ requirement: AchievementDefinition.Requirement) -> String {
        let clock = { (minute: Int) in
            "\(minute / 60 < 10 ? "0" : "")\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
        }
        let count = { (count: Int, one: Phrase, many: Phrase) in NumberWords.count(count, one, many) }
        return switch requirement {
        case .sessions(let n): count(n, "session", "sessions")
        case .streak(let n): say("a streak of \(count(n, "day", "days"))")
        case .startBefore(let minute): say("a session that starts before \(clock(minute))")
        case .startFrom(let minute): say("a session that starts at \(clock(minute)) or later")
        case .qualityDays(let n, let least): say("a mean quality of \(quality(least)) on \(count(n, "day", "days"))")
        case .qualitySessions(let n, let least):
            say("\(count(n, "session", "sessions")) of quality \(quality(least)) or more")
        case .topics(let n): count(n, "topic", "topics")
        case .topicExchanges(let n): say("\(count(n, "exchange", "exchanges")) on one topic")
        case .exchanges(let n): count(n, "exchange", "exchanges")
        case .sessionMinutes(let minutes): say("a session of \(NumberWords.exactly(minutes)) minutes or more")
        case .minutes(let minutes): say("\(NumberWords.exactly(minutes)) minutes")
        case .feedback(let n): count(n, "item of feedback", "items of feedback")
        case .activeDays(let n): count(n, "day with a session", "days with a session")
        }
    }

    /// The mark of a milestone that is no topic's.
    static func mark(_ item: LearningMilestone) -> String {
        let n = Int(item.mark)
        return switch item.subject {
        case "sessions": NumberWords.count(n, "session", "sessions")
        case "exchanges": NumberWords.count(n, "exchange", "exchanges")
        case "hours": NumberWords.count(n, "hour", "hours")
        case "topics": NumberWords.count(n, "topic", "topics")
        case "active days": NumberWords.count(n, "active day", "active days")
        case "streak days": say("a streak of \(days(n))")
        default: say("a day with a mean quality of \(quality(item.mark))")
        }
    }

    /// How far an achievement is: "3 of 10"; of a streak also the longest one.
    static func progress(_ state: AchievementState) -> String {
        let value = NumberText.fixed(state.value, decimals: state.value == state.value.rounded() ? 0 : 1)
        return say("\(value) of \(NumberWords.exactly(state.needed))")
            + (state.longest.map { say(", longest \($0)") } ?? "")
    }

    /// Decimals of means of a kind that stand in one column.
    static func decimals(_ kind: LearningTrend.Kind) -> Int { kind == .quality ? 3 : 1 }

    /// Why a goal is suggested.
    static func reason(_ item: GoalSuggestion) -> String {
        let now = Int(item.current.rounded())
        let pace = { NumberText.fixed(item.target / Double(item.days), decimals: 1) }
        return switch item.kind {
        case .streak:
            say("the streak that goes on has \(days(Int(item.current))), the longest so far \(days(item.longest ?? 0))")
        case .sessions:
            say(
                "\(NumberWords.count(now, "session", "sessions")) in the last \(days(item.days)); this would be \(pace()) a day"
            )
        case .topics: say("\(NumberWords.count(now, "topic", "topics")) so far")
        case .quality:
            say("the mean so far is \(NumberText.fixed(item.current, decimals: 0)) %, and this is the next step")
        default:
            say(
                "\(NumberWords.count(now, "exchange", "exchanges")) in the last \(days(item.days)); this would be \(pace()) a day"
            )
        }
    }

    // MARK: Insights

    /// An insight as a sentence.
    static func sentence(_ insight: LearningInsight) -> String {
        switch insight.claim {
        case .trend(let kind, let perDay, let interval, let isRising):
            let words = words(kind)
            return
                say(
                    "\(title(kind)) \(isRising ? say("rises") : say("falls")) by \(words?.value(abs(perDay) * 7, resolving: 7 * (interval.high - interval.low)) ?? "") a week (\(words?.differenceInterval(interval.scaled(by: 7)) ?? ""))."
                )
        case .change(let kind, let days, let difference, let interval):
            let words = words(kind)
            return
                say(
                    "\(title(kind)): \(words?.difference(difference, beside: interval) ?? "") over the last \(days) days against the \(days) before (\(words?.differenceInterval(interval) ?? ""))."
                )
        case .reversal(let kind): return say("\(title(kind)) turned round within the last two weeks.")
        case .weekdays(let kind, let best, let above, let worst, let below):
            let words = words(kind)
            return
                say(
                    "\(title(kind)) is best on \(Wording.weekdays[best])s (\(words?.difference(above) ?? "")) and lowest on \(Wording.weekdays[worst])s (\(words?.difference(below) ?? "")), against the mean of all weekdays."
                )
        case .anomaly(let anomaly):
            let words = words(anomaly.kind)
            let gap = abs(anomaly.value - anomaly.expected)
            return
                say(
                    "\(title(anomaly.kind)) of \(words?.value(anomaly.value, resolving: gap) ?? "") on \(Wording.day(anomaly.day)), where \(words?.value(anomaly.expected, resolving: gap) ?? "") was expected (z = \(NumberText.fixed(anomaly.z, decimals: 1)), \(say(word: anomaly.severity.rawValue)))."
                )
        default: return counted(insight.claim)
        }
    }

    private static func counted(_ claim: LearningInsight.Claim) -> String {
        switch claim {
        case .gap(let idle, let since): say("No session for \(days(idle)), since \(Wording.day(since)).")
        case .streakAtRisk(let length): say("The streak of \(days(length)) ends unless there is a session soon.")
        case .longestStreak(let length): say("The streak of \(days(length)) is the longest so far.")
        case .streakNear(let length, let milestone):
            say("\(days(milestone - length)) to go to a streak of \(days(milestone)).")
        case .mastered(let topic, let level, let day):
            say("“\(topic)” reached the level \(level) on \(Wording.day(day)).")
        case .faded(let topic, let idle):
            say("“\(topic)” was mastered and is not any more, \(days(idle)) after its last session.")
        case .emerging(let topic, let recent, let before):
            say(
                "“\(topic)” takes \(NumberWords.percent(recent)) of the topic days of the last 30 days, \(NumberWords.percent(before)) before."
            )
        case .manyTopics(let topics, let mastered):
            say(
                "Mastered so far: \(NumberWords.count(mastered)) of \(NumberWords.count(topics)) topics that were tried."
            )
        case .velocity(let perHour, let isHigh):
            say(
                "\(NumberText.fixed(perHour, decimals: 1)) exchanges an hour over the last 30 days: \(isHigh ? say("a quick pace") : say("a slow pace"))."
            )
        case .goalNear(let goal, let now):
            say("“\(goal.title)” stands at \(value(now, goal)); its target is \(target(goal)).")
        case .goalLate(_, let title, let expected, let deadline):
            say("“\(title)” is expected on \(Wording.day(expected)), after its deadline on \(Wording.day(deadline)).")
        case .goalReached(_, let title, let day): say("“\(title)” was reached on \(Wording.day(day)).")
        case .achieved(_, let title, let day): say("“\(say(word: title))” was achieved on \(Wording.day(day)).")
        default: ""
        }
    }

    /// What an insight rests on.
    static func evidence(_ insight: LearningInsight) -> String {
        let basis =
            insight.test.map {
                say(
                    "\(Wording.method($0.method)), \(NumberWords.p($0.pAdjusted ?? $0.p)) after correction over this learner’s tests"
                )
            } ?? say("counted")
        return [
            say(word: insight.category.rawValue), say("importance \(insight.importance) of 5"), basis,
            insight.n.map { "n = \(days($0))" }, say("until \(Wording.day(insight.validUntil))"),
        ].compactMap(\.self).joined(separator: " · ")
    }

    static func tone(_ insight: LearningInsight) -> Tone {
        switch insight.claim {
        case .trend(_, _, _, let isRising): isRising ? .good : .bad
        case .change(_, _, let difference, _): difference > 0 ? .good : .bad
        case .anomaly(let anomaly): anomaly.isBad ? .bad : .good
        case .gap, .streakAtRisk, .goalLate, .faded: .bad
        case .mastered, .longestStreak, .goalReached, .achieved: .good
        default: .muted
        }
    }

    /// A recommendation: what to do, and the figures that it rests on.
    static func advice(_ item: LearningRecommendation) -> (what: String, figures: String) {
        switch item.action {
        case .keepStreak(let length): (say("Learn today to keep the streak"), say("\(days(length)) so far"))
        case .resume(let idle): (say("Begin again with a short session"), say("\(days(idle)) without one"))
        case .review(let topic, let score): (say("Review “\(topic)”"), say("its score is down to \(quality(score))"))
        case .hurry(let goal, let needed, let pace):
            (
                say("Do more for “\(goal)”, or move its deadline"),
                say(
                    "\(NumberText.fixed(needed, decimals: 1)) a day are needed, \(NumberText.fixed(pace, decimals: 1)) were done"
                )
            )
        case .clarify(let share):
            (say("Ask in smaller steps"), say("\(NumberWords.percent(share)) of the exchanges ask again"))
        case .useWeekday(let weekday, let above):
            (
                say("Put hard topics on \(Wording.weekdays[weekday])s"),
                say("quality is \(quality(above)) above the mean there")
            )
        case .finish(let title, let progress):
            (say("Finish “\(say(word: title))”"), say("\(NumberWords.percent(progress, decimals: 0)) are done"))
        case .deepen(let topics, let mastered):
            (
                say("Go deeper into fewer topics"),
                say("\(NumberWords.count(mastered)) of \(NumberWords.count(topics)) are mastered")
            )
        }
    }

    static func tone(_ priority: LearningRecommendation.Priority) -> Tone {
        priority == .urgent ? .bad : priority == .high ? .accent : .muted
    }
}
