import Model
import Statistics

/// How good a model's predictions were, with intervals.
public struct ModelCard: Sendable, Hashable {
    /// The judgement.
    public var score: ModelScore
    /// Accuracy, precision, recall and F1, in this order.
    public var figures: [ModelFigure]

    /// The newest judgement of each model and version.
    static func all(_ scores: [ModelScore], level: Double) -> [ModelCard] {
        var newest: [[String]: ModelScore] = [:]
        for score in scores {
            let key = [score.name, score.version]
            if newest[key].map({ $0.day <= score.day }) ?? true { newest[key] = score }
        }
        return newest.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ModelCard($0.value, level: level) }
    }

    init(_ score: ModelScore, level: Double) {
        self.score = score
        figures =
            score.counts.map { ModelFigure.all($0, score.supplied, level: level) }
            ?? ["accuracy", "precision", "recall", "f1"].map { ModelFigure(supplied: $0, of: score, level: level) }
        guard score.counts == nil, let precision = score.supplied["precision"], let recall = score.supplied["recall"],
            let f1 = score.supplied["f1"], precision + recall > 0
        else { return }
        let mean = { (p: Double, r: Double) in p + r > 0 ? 2 * p * r / (p + r) : 0 }
        // Each may be rounded to two places; F1 rises with both.
        let low = mean(max(0, precision - 0.005), max(0, recall - 0.005)) - 0.005
        let high = mean(precision + 0.005, recall + 0.005) + 0.005
        if !(low - 1e-9...high + 1e-9).contains(f1) { figures[3].implied = mean(precision, recall) }
    }
}

/// One figure of a model: from the counts where they were supplied, else as the export has it.
public struct ModelFigure: Sendable, Hashable {
    /// `accuracy`, `precision`, `recall` or `f1`.
    public var name: String
    /// The figure, from 0 to 1.
    public var value: Answer<Double>
    /// Its interval; where there are no counts, only of an accuracy with its number of predictions.
    public var interval: Answer<Interval>
    /// How many predictions it is a share of; nil where that is not known, and for F1, which is no share.
    public var n: Int?
    /// What the export says of it; nil where it says nothing.
    public var supplied: Double?
    /// Whether the value is the export's own, for want of counts.
    public var isSupplied: Bool
    /// The F1 that supplied precision and recall give, 2PR ÷ (P + R), where the supplied one differs by more than rounding.
    public var implied: Double?

    /// Whether the export says something else than its counts do, beyond rounding to two places.
    public var contradictsCounts: Bool {
        guard !isSupplied, let supplied, let value = value.value else { return false }
        return abs(supplied - value) > 0.005 + 1e-9
    }

    /// The figures of a confusion matrix. Shares have Wilson's interval.
    ///
    /// F1 = 2TP ÷ (2TP + FP + FN) = 2J ÷ (1 + J) with J = TP ÷ (TP + FP + FN). Given TP + FP + FN, TP is binomial, and F1
    /// rises with J, so that the ends of Wilson's interval of J become those of F1's ("Wilson indirect"). Source: K. F. Y. Lam,
    /// V. Gopal and J. Qian, arXiv:2309.14621.
    static func all(_ counts: ModelScore.Counts, _ supplied: [String: Double], level: Double) -> [ModelFigure] {
        let (tp, fp, fn, tn) = (
            counts.truePositives, counts.falsePositives, counts.falseNegatives, counts.trueNegatives
        )
        let share = { (name: String, successes: Int, n: Int, reason: Absence) in
            let found = n > 0 ? Scorecard.share(successes, of: n, level: level) : .failure(reason)
            return ModelFigure(
                name: name, value: found.map(\.share), interval: found.map(\.interval), n: n,
                supplied: supplied[name], isSupplied: false)
        }
        let none = Absence.undefined("there were no cases that were positive or taken for it")
        var f1 = share("f1", tp, tp + fp + fn, none)
        f1.n = nil
        f1.value = f1.value.map { 2 * $0 / (1 + $0) }
        f1.interval = f1.interval.map {
            Interval(low: 2 * $0.low / (1 + $0.low), high: 2 * $0.high / (1 + $0.high), level: level)
        }
        return [
            share("accuracy", tp + tn, tp + fp + fn + tn, .noRecords),
            share("precision", tp, tp + fp, .undefined("nothing was taken for positive")),
            share("recall", tp, tp + fn, .undefined("there were no positive cases")), f1,
        ]
    }

    private init(
        name: String, value: Answer<Double>, interval: Answer<Interval>, n: Int?, supplied: Double?, isSupplied: Bool
    ) {
        (self.name, self.value, self.interval) = (name, value, interval)
        (self.n, self.supplied, self.isSupplied) = (n, supplied, isSupplied)
    }

    /// A figure as the export has it. Of the supplied n only accuracy is a share; of what the others are shares is not said.
    init(supplied name: String, of score: ModelScore, level: Double) {
        let own = score.supplied[name]
        let missing = Absence.undefined(
            "neither it nor the counts of its predictions were supplied, or they were refused")
        let unknown = Absence.undefined("the counts that an interval takes were not supplied")
        let isShareOfAll = name == "accuracy" && (score.n ?? 0) > 0
        self.init(
            name: name, value: own.map { .success($0) } ?? .failure(missing),
            interval: .failure(own == nil ? missing : unknown),
            n: isShareOfAll && own != nil ? score.n : nil, supplied: own, isSupplied: own != nil)
        guard let own, let n else { return }
        interval = computed { () throws(Undefined) in
            try WilsonInterval.weighted(own * Double(n), of: Double(n), level: level)
        }
    }
}
