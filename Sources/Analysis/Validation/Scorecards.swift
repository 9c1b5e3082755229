import Model
import Statistics

/// A result with what the rules make of it.
struct JudgedTest {
    var result: TestResult
    var status: TestResult.Status
    var isByScore: Bool
    var cutOffs: [Double]
    var category: String
    var isGate: Bool

    /// The suite and test in one, as messages name it.
    var name: String { JudgedTest.name(result) }

    static func name(_ result: TestResult) -> String {
        result.suite.isEmpty ? result.test : "\(result.suite)/\(result.test)"
    }
}

extension ValidationSettings {
    /// What the rules make of a result: the status of the export holds; where it gives none, the cut-offs decide.
    func judged(_ result: TestResult) -> JudgedTest {
        let declared = categories.first { !$0.tests.isEmpty && $0.tests.match(result) }
        let given = result.category ?? (result.suite.isEmpty ? nil : result.suite)
        let category = declared?.name ?? given ?? "tests"
        let rule = categories.first { $0.name == category }
        let cutOffs = [rule?.passScore ?? passScore, rule?.warnScore ?? warnScore]
        let status = result.status ?? result.score.map { self.status(of: $0, cutOffs) } ?? .errored
        return JudgedTest(
            result: result, status: status, isByScore: result.status == nil, cutOffs: cutOffs, category: category,
            isGate: gates.match(result))
    }

    private func status(of score: Double, _ cutOffs: [Double]) -> TestResult.Status {
        score >= cutOffs[0] ? .passed : score >= cutOffs[1] ? .warned : .failed
    }

    /// The heading of a category: the declared one, else its name in words.
    public func title(ofCategory name: String) -> String {
        categories.first { $0.name == name }?.title ?? KeyWords.title(of: name)
    }

    /// The weight of a category in the overall score.
    func weight(ofCategory name: String) -> Double { categories.first { $0.name == name }?.weight ?? 1 }

    /// The names of categories: the declared ones in their order, then others by name.
    func order(_ names: Set<String>) -> [String] {
        let declared = categories.map(\.name).filter(names.contains)
        return declared + names.subtracting(declared).sorted()
    }
}

extension Scorecard {
    /// The figures of one category.
    static func category(_ tests: [JudgedTest], level: Double) -> Scorecard {
        var counts = StatusCounts()
        for test in tests { counts.add(test.status) }
        let scores = tests.filter { $0.status != .skipped && $0.status != .errored }.compactMap(\.result.score)
        let seconds = tests.compactMap(\.result.seconds)
        return Scorecard(
            counts: counts, success: share(counts.passed, of: counts.ran, level: level),
            score: scores.isEmpty
                ? .failure(.undefined("no scores given"))
                : .success(scores.reduce(0, +) / Double(scores.count)),
            scored: scores.count, seconds: seconds.isEmpty ? nil : seconds.reduce(0, +))
    }

    /// The figures of a run: its score is the mean of its categories' scores by their weights.
    static func run(_ tests: [JudgedTest], settings: ValidationSettings, level: Double) -> Scorecard {
        var card = category(tests, level: level)
        let groups = Dictionary(grouping: tests, by: \.category)
        var (sum, weights) = (0.0, 0.0)
        for name in settings.order(Set(groups.keys)) {
            let weight = settings.weight(ofCategory: name)
            guard let score = category(groups[name] ?? [], level: level).score.value, weight > 0 else { continue }
            sum += weight * score
            weights += weight
        }
        card.score = weights > 0 ? .success(sum / weights) : .failure(.undefined("no scores given"))
        return card
    }

    /// A share with Wilson's interval.
    static func share(_ successes: Int, of n: Int, level: Double) -> Answer<SuccessShare> {
        computed { () throws(Undefined) in
            let wilson = try WilsonInterval(successes: successes, of: n, level: level)
            return SuccessShare(successes: successes, n: n, share: wilson.proportion, interval: wilson.interval)
        }
    }
}
