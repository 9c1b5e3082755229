import Model

/// How good a model's predictions were, with intervals.
public struct ModelCard: Sendable, Hashable {
    /// The judgement.
    public var score: ModelScore
    /// Accuracy, precision, recall, each with Wilson's interval over the predictions that it is a share of; a supplied share
    /// gets one where its n is known (accuracy only: the n of the others is not).
    public var shares: [(name: String, share: Answer<SuccessShare>)]
    /// 2·precision·recall ÷ (precision + recall), which is no share and has no such interval.
    public var f1: Double?

    /// Whether two are the same.
    public static func == (left: ModelCard, right: ModelCard) -> Bool {
        left.score == right.score && left.f1 == right.f1 && left.shares.map(\.share) == right.shares.map(\.share)
    }

    /// Hashes what tells them apart.
    public func hash(into hasher: inout Hasher) { hasher.combine(score) }

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
        if let counts = score.counts {
            let (tp, fp, fn, tn) = (
                counts.truePositives, counts.falsePositives, counts.falseNegatives, counts.trueNegatives
            )
            shares = [
                ("accuracy", Scorecard.share(tp + tn, of: tp + fp + fn + tn, level: level)),
                ("precision", Scorecard.share(tp, of: tp + fp, level: level)),
                ("recall", Scorecard.share(tp, of: tp + fn, level: level)),
            ]
            f1 = 2 * tp + fp + fn > 0 ? 2 * Double(tp) / Double(2 * tp + fp + fn) : nil
        } else {
            let n = score.n
            shares = ["accuracy", "precision", "recall"].map { name in
                guard let share = score.supplied[name], name == "accuracy", let n, n > 0 else {
                    return (name, .failure(.notDeclared))
                }
                return (name, Scorecard.share(Int((share * Double(n)).rounded()), of: n, level: level))
            }
            f1 = score.supplied["f1"]
        }
    }
}
