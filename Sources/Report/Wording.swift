import Analysis
import Charts
import Model

/// Words that more than one page uses. "Improving" and "declining" are said here and nowhere else.
enum Wording {
    /// A day as readers write it: 19 November 2026.
    static func day(_ day: Day) -> String {
        let (year, month, number) = day.date
        return "\(number) \(months[month - 1]) \(year)"
    }

    /// A day in a caption or on an axis: 19 Nov.
    static func shortDay(_ day: Day) -> String { "\(day.date.day) \(months[day.date.month - 1].prefix(3))" }

    /// A period in words, its last day included.
    static func period(_ period: Period) -> String {
        guard let last = period.last else { return "no days" }
        return period.start == last ? day(last) : "\(day(period.start)) to \(day(last))"
    }

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// A group of records: "all records", "tier professional".
    static func group(_ group: Group, _ catalogue: Catalogue) -> String {
        let title = { (name: String) in catalogue.dimension(named: name)?.title ?? name }
        return switch group {
        case .all: "all records"
        case .value(let dimension, let value): "\(title(dimension)) \(value)"
        case .pair(let first, let firstValue, let second, let secondValue):
            "\(title(first)) \(firstValue), \(title(second)) \(secondValue)"
        }
    }

    /// The value of a group of one dimension, without the dimension's name.
    static func value(of group: Group) -> String {
        switch group {
        case .all: "all records"
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
        case (.rising, .higher), (.falling, .lower): ("improving", .good)
        case (.rising, .lower), (.falling, .higher): ("declining", .bad)
        case (.rising, .neutral): ("rising", .muted)
        case (.falling, .neutral): ("falling", .muted)
        case (.flat, _): ("flat", .muted)
        case (.inconclusive, _): ("inconclusive", .muted)
        case (.insufficient, _): ("too little data", .muted)
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
        case .noRecords: "no records"
        case .tooFew(let counted, let found, let needed):
            "\(NumberWords.count(found, counted.one, counted.rawValue)), too few to say; needs \(NumberWords.count(needed))"
        case .constant: "all values are equal"
        case .notDeclared: "not declared for this metric"
        case .hidden: "too few people to say without telling who they are"
        case .notPublishable: "the table would tell of few people whatever is withheld"
        case .undefined(let why): why
        }
    }

    /// Why there is no figure of people.
    static func absence(_ absence: Absence, smallest k: Int) -> String {
        absence == .hidden
            ? "fewer than \(k) people, or others from whom such a count could be told" : self.absence(absence)
    }

    /// How near figures are to what all values would give.
    static func exactness(_ exactness: Exactness) -> String {
        switch exactness {
        case .exact: "exact"
        case .binned(.absolute(let error)): "read from bins, off by at most \(NumberWords.plain(error))"
        case .binned(.relative(let share)): "read from bins, off by at most \(NumberWords.percent(share)) of itself"
        case .sampled(let n, let total):
            "from a sample of \(NumberWords.count(n)) of \(NumberWords.count(total)) records"
        }
    }

    /// A test's name as the field writes it.
    static func method(_ method: TestFigures.Method) -> String {
        switch method {
        case .slopeHAC: "Slope, Newey–West"
        case .slopeAR1: "Slope, days reduced by autocorrelation"
        case .mannKendall: "Mann–Kendall"
        case .mannKendallHamedRao: "Mann–Kendall, Hamed–Rao"
        case .welch: "Welch t"
        case .welchByDay: "Welch t, days as clusters"
        case .welchByDayAR1: "Welch t, days as clusters, reduced by autocorrelation"
        case .prediction: "t against the same weekdays"
        case .lastingShift: "t of the best of many days, corrected for their number"
        case .mannWhitney: "Mann–Whitney"
        case .anova: "Analysis of variance"
        case .welchANOVA: "Welch analysis of variance"
        case .kruskalWallis: "Kruskal–Wallis"
        case .brownForsythe: "Brown–Forsythe"
        case .pearson: "Pearson"
        case .spearman: "Spearman"
        case .shapiroWilk: "Shapiro–Wilk"
        case .andersonDarling: "Anderson–Darling"
        case .dagostinoK2: "D’Agostino K²"
        case .lilliefors: "Lilliefors"
        case .jarqueBera: "Jarque–Bera"
        case .hartiganDip: "Hartigan’s dip"
        case .kolmogorovSmirnov: "Kolmogorov–Smirnov"
        case .pairedT: "Paired t"
        case .wilcoxon: "Wilcoxon signed ranks"
        case .kendall: "Kendall τ-b"
        case .segmented: "Segmented regression, autoregressive errors"
        case .fisherExact: "Fisher’s exact test"
        case .twoProportion: "Two proportions, z"
        case .chiSquared: "χ²"
        case .differenceInDifferences: "Difference in differences"
        }
    }
}
