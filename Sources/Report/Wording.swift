import Analysis
import Charts
import Model
import Words

/// Words that more than one page uses. "Improving" and "declining" are said here and nowhere else.
enum Wording {
    /// A day as readers write it: 19 November 2026.
    static func day(_ day: Day) -> String {
        let (year, month, number) = day.date
        return Language.current.formats.day(number, month: month, year: year)
    }

    /// A day in a caption or on an axis: 19 Nov.
    static func shortDay(_ day: Day) -> String {
        Language.current.formats.shortDay(day.date.day, month: day.date.month)
    }

    /// A period in words, its last day included.
    static func period(_ period: Period) -> String {
        guard let last = period.last else { return say("no days") }
        return period.start == last ? day(last) : say("\(day(period.start)) to \(day(last))")
    }

    static var months: [String] { Language.current.formats.months }
    static var shortMonths: [String] { Language.current.formats.shortMonths }
    static var weekdays: [String] { Language.current.formats.weekdays }
    static var shortWeekdays: [String] { Language.current.formats.shortWeekdays }

    /// A title of the data within a sentence.
    static func within(_ title: String) -> String {
        guard Language.current.formats.lowersTitles else { return title }
        return title.split(separator: " ", omittingEmptySubsequences: false).map { word in
            word.count > 1 && word.contains(where: \.isLetter) && word == word.uppercased()
                ? String(word) : word.lowercased()
        }.joined(separator: " ")
    }

    /// A key without a declared title: its phrase in the language in force, else its words.
    static func title(ofKey key: String) -> String { say(word: KeyWords.words(of: key)).capitalizedFirst }

    /// A value after its dimension's title; alone where it begins with that already ("Opened by 120").
    static func named(_ value: String, of title: String) -> String {
        value.lowercased().hasPrefix(title.lowercased()) ? value : "\(title) \(value)"
    }

    /// A name of words and data with commas between ("anxiety, high frequency"), each word in the language in force; a number in
    /// one is its hole ("engagement below 0.3").
    static func parts(_ name: String) -> String {
        name.split(separator: ", ", omittingEmptySubsequences: false).map { part in
            guard let number = number(in: part) else {
                return say(word: String(part))
            }
            var pieces = Phrase.StringInterpolation(literalCapacity: part.utf8.count, interpolationCount: 1)
            pieces.appendLiteral(String(part[..<number.startIndex]))
            if let value = Double(number) {
                pieces.appendInterpolation(value)
            } else {
                pieces.appendInterpolation(number)
            }
            pieces.appendLiteral(String(part[number.endIndex...]))
            return say(Phrase(stringInterpolation: pieces))
        }.joined(separator: ", ")
    }

    /// The first word of a text that is a number without a sign: digits, or digits, a point and digits, behind a blank.
    private static func number(in text: Substring) -> Substring? {
        let (blank, point) = (UInt8(ascii: " "), UInt8(ascii: "."))
        return text.utf8.split(separator: blank, omittingEmptySubsequences: false).dropFirst().first { word in
            let parts = word.split(separator: point, omittingEmptySubsequences: false)
            return parts.count <= 2
                && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } }
        }.map { Substring($0) }
    }

    /// A group of records: "all records", "tier professional".
    static func group(_ group: Group, _ catalogue: Catalogue) -> String {
        let title = { (name: String) in catalogue.dimension(named: name)?.title ?? name }
        return switch group {
        case .all: say("all records")
        case .value(let dimension, let value): named(value, of: title(dimension))
        case .pair(let first, let firstValue, let second, let secondValue):
            "\(named(firstValue, of: title(first))), \(named(secondValue, of: title(second)))"
        }
    }

    /// The value of a group of one dimension, without the dimension's name.
    static func value(of group: Group) -> String {
        switch group {
        case .all: say("all records")
        case .value(_, let value): value
        case .pair(_, let first, _, let second): "\(first), \(second)"
        }
    }

    /// A trend read through the metric's direction of goodness, and its tone.
    static func trend(_ direction: TrendDirection, of metric: Metric) -> (word: String, tone: Tone) {
        trend(direction, metric.direction)
    }

    /// The same for what is good in a direction.
    static func trend(_ direction: TrendDirection, _ good: Direction) -> (word: String, tone: Tone) {
        switch (direction, good) {
        case (.rising, .higher), (.falling, .lower): (say("getting better"), .good)
        case (.rising, .lower), (.falling, .higher): (say("getting worse"), .bad)
        case (.rising, .neutral): (say("rising"), .muted)
        case (.falling, .neutral): (say("falling"), .muted)
        case (.flat, _): (say("flat"), .muted)
        case (.inconclusive, _): (say("inconclusive"), .muted)
        case (.insufficient, _): (say("too little data"), .muted)
        }
    }

    /// Whether a difference is good, bad or neither for a metric.
    static func tone(of difference: Double, for metric: Metric) -> Tone {
        switch metric.direction {
        case .neutral: .muted
        case .higher: difference > 0 ? .good : difference < 0 ? .bad : .muted
        case .lower: difference < 0 ? .good : difference > 0 ? .bad : .muted
        }
    }

    static func tone(of goodness: Finding.Goodness) -> Tone {
        switch goodness {
        case .better: .good
        case .worse: .bad
        case .neutral: .muted
        }
    }

    /// Why there is no figure.
    static func absence(_ absence: Absence) -> String {
        switch absence {
        case .noRecords: say("no records")
        case .noEarlier: say("nothing earlier to compare with")
        case .noneBefore: say("no values in the days that it is compared with")
        case .tooFew(let counted, let found, let needed):
            say(
                "\(NumberWords.count(found, Phrase(exactly: counted.one), Phrase(exactly: counted.rawValue))), too few to say; needs \(NumberWords.count(needed))"
            )
        case .constant: say("all values are equal")
        case .constantSides: say("neither side varies")
        case .notDeclared: say("not declared for this metric")
        case .notBegun: say("not begun")
        case .cancelled: say("cancelled")
        case .beforeStart: say("before the start")
        case .hidden: say("too few people to say without telling who they are")
        case .notPublishable: say("the table would tell of few people whatever is withheld")
        case .leavesOutFew: say("it leaves out so few of all people that its total would tell how many")
        case .notPublishedBefore: say("tables stand as of an earlier night, when this one was not published")
        case .undefined(let why): say(why)
        }
    }

    /// What there is too little of, and how much would do.
    static func shortfall(_ absence: Absence) -> String {
        guard case .tooFew(let counted, let found, let needed) = absence else { return self.absence(absence) }
        return say(
            "\(NumberWords.count(found, Phrase(exactly: counted.one), Phrase(exactly: counted.rawValue))) of \(NumberWords.count(needed))"
        )
    }

    /// Why there is no figure of people.
    static func absence(_ absence: Absence, smallest k: Int) -> String {
        absence == .hidden
            ? say("fewer than \(k) people, or others from whom such a count could be told") : self.absence(absence)
    }

    /// How near figures are to what all values would give.
    static func exactness(_ exactness: Exactness) -> String {
        switch exactness {
        case .exact: say("exact")
        case .binned(.absolute(let error)): say("read from bins, off by at most \(NumberWords.plain(error))")
        case .binned(.relative(let share)):
            say("read from bins, off by at most \(NumberWords.percent(share)) of itself")
        case .levelled: say("read from values that enough people share")
        case .sampled(let n, let total):
            say("from a sample of \(NumberWords.count(n)) of \(NumberWords.count(total)) records")
        }
    }

    /// What the values look like: “the values are …”.
    static func shape(_ shape: ShapeFigures.Shape) -> String {
        switch shape {
        case .discrete: say("a scale of few values")
        case .multimodal: say("several hills")
        case .normal: say("near a normal distribution")
        case .lognormal: say("near a lognormal distribution")
        case .uniform: say("near an even spread")
        case .exponential: say("near an exponential distribution")
        case .rightSkewed: say("skewed to the right")
        case .leftSkewed: say("skewed to the left")
        case .other: say("nearly symmetric, but near none of the usual distributions")
        }
    }

    /// How strongly two metrics go together: from |ρ| = 0.3 weakly, from 0.5 moderately, from 0.7 strongly.
    static func strength(ofCorrelation coefficient: Double) -> String {
        switch abs(coefficient) {
        case 0.7...: say("strong")
        case 0.5...: say("moderate")
        case 0.3...: say("weak")
        default: say("negligible")
        }
    }

    /// How large a standardised difference is.
    static func size(ofEffect effect: Double, _ steps: AnalysisSettings.EffectSteps) -> String {
        switch abs(effect) {
        case steps.large...: say("large")
        case steps.medium...: say("medium")
        case steps.small...: say("small")
        default: say("negligible")
        }
    }

    /// A test's name as the field writes it.
    static func method(_ method: TestFigures.Method) -> String {
        switch method {
        case .slopeHAC: say("Slope, Newey–West")
        case .slopeAR1: say("Slope, days reduced by autocorrelation")
        case .mannKendall: say("Mann–Kendall")
        case .mannKendallHamedRao: say("Mann–Kendall, Hamed–Rao")
        case .welch: say("Welch t")
        case .welchByDay: say("Welch t, days as clusters")
        case .welchByDayAR1: say("Welch t, days as clusters, reduced by autocorrelation")
        case .prediction: say("t against the same weekdays")
        case .stepPermutation: say("order of the days, by permutation")
        case .lastingShift: say("t of the best of many days, corrected for their number")
        case .robustZ: say("robust z")
        case .mannWhitney: say("Mann–Whitney")
        case .anova: say("Analysis of variance")
        case .welchANOVA: say("Welch analysis of variance")
        case .kruskalWallis: say("Kruskal–Wallis")
        case .brownForsythe: say("Brown–Forsythe")
        case .pearson: say("Pearson")
        case .spearman: say("Spearman")
        case .shapiroWilk: say("Shapiro–Wilk")
        case .andersonDarling: say("Anderson–Darling")
        case .dagostinoK2: say("D’Agostino K²")
        case .lilliefors: say("Lilliefors")
        case .jarqueBera: say("Jarque–Bera")
        case .hartiganDip: say("Hartigan’s dip")
        case .kolmogorovSmirnov: say("Kolmogorov–Smirnov")
        case .pairedT: say("Paired t")
        case .wilcoxon: say("Wilcoxon signed ranks")
        case .kendall: say("Kendall τ-b")
        case .segmented: say("Segmented regression, autoregressive errors")
        case .fisherExact: say("Fisher’s exact test")
        case .twoProportion: say("Two proportions, z")
        case .clusteredShares: say("Two shares, learners as clusters, t")
        case .clusteredWeeks: say("Two shares, weeks as clusters, t")
        case .chiSquared: "χ²"
        case .differenceInDifferences: say("Difference in differences")
        }
    }
}
