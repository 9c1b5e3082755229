import Model
import Statistics

/// How the daily means of a subject scatter while nothing happens: the yardstick for one day, or for some days
/// together, against what earlier days lead us to expect of their weekdays.
///
/// A daily mean is taken as weekday level + day effect + sampling error, where asked for with a common slope over the days
/// or a common step on one of them (least squares within weekdays). What this leaves of the D days has variance V with
/// D − w degrees of freedom for w weekdays, one less with a course. Records scatter within a day with variance σ²
/// (pooled), which leaves σ²/nᵢ in a mean of nᵢ records; what V has beyond the mean of those is the variance of the day
/// effects, τ² = max(0, V − mean σ²/nᵢ), as in the moment estimate of R. DerSimonian and N. Laird 1986,
/// doi:10.1016/0197-2456(86)90046-2. So a night with a tenth of the records is allowed more, and all weekdays together
/// say how much one of them varies.
///
/// Day effects may depend on the day before: φ is the lag-1 autocorrelation of the residuals, freed of its bias as in
/// `SlopeClaim`, within 0...0.95. The variance of a mean of k days grows by 1 + 2 Σ (1 − j/k) φʲ, and the degrees of
/// freedom become D (1 − φ) / (1 + φ) − w, at least 1.
///
/// Where records are skewed, so are means of few of them: the third central moment within days is
/// μ₃ = Σ m₃ / Σ (nᵢ − 1)(nᵢ − 2) / nᵢ with m₃ a day's cubes about its mean, and that of a mean of n records μ₃ / n².
struct DayNoise {
    /// How the level moves in the days themselves.
    enum Course {
        /// Not at all.
        case level
        /// Along a line.
        case line
        /// By a step on a day.
        case step(on: Day)

        /// Where a day stands on it; the same for all days of a level.
        func place(_ day: Day) -> Double {
            switch self {
            case .level: 0
            case .line: Double(day.number)
            case .step(let first): day < first ? 0 : 1
            }
        }
    }

    /// The earlier days of one weekday.
    private struct Weekday {
        var n = 0
        var mean = 0.0
        /// The mean of their places on the course.
        var place = 0.0
    }

    private let course: Course

    /// Monday first.
    private let weekdays: [Weekday]
    /// How far one place on the course moves the level.
    let slope: Double
    /// The sum of squared places about those of their weekdays; infinite where they say nothing of the course.
    private let spread: Double
    /// What is left of all days, squared and summed.
    let squares: Double
    /// σ².
    private let within: Double
    /// μ₃; 0 where no day has three records.
    private let third: Double
    /// How many records the days have together.
    let records: Int
    /// τ².
    private let between: Double
    /// V.
    private let residual: Double
    private let phi: Double
    /// Of every variance that it gives.
    let degreesOfFreedom: Double

    /// From earlier days with a value, in order; nil where no weekday has two of them or all residuals are rounding.
    init?(_ days: ArraySlice<DayFigures>, along course: Course) {
        guard let scale = days.first?.mean else { return nil }
        var weekdays = [Weekday](repeating: Weekday(), count: 7)
        var (squares, free, sampling) = (0.0, 0, 0.0)
        var (cubes, cubeUnits) = (0.0, 0.0)
        for day in days {
            let size = Double(day.n)
            cubes += day.moments.m3
            cubeUnits += (size - 1) * (size - 2) / size
            let weekday = day.day.weekday
            weekdays[weekday].n += 1
            let n = Double(weekdays[weekday].n)
            weekdays[weekday].mean += (day.mean - weekdays[weekday].mean) / n
            weekdays[weekday].place += (course.place(day.day) - weekdays[weekday].place) / n
            squares += day.moments.m2
            free += day.n - 1
        }
        let within = free > 0 ? squares / Double(free) : 0
        var (product, spread) = (0.0, 0.0)
        for day in days {
            let level = weekdays[day.day.weekday]
            let place = course.place(day.day) - level.place
            product += place * (day.mean - level.mean)
            spread += place * place
        }
        let slope = spread > 0 ? product / spread : 0
        var (sum, neighbours, last) = (0.0, 0.0, Double?.none)
        for day in days {
            let level = weekdays[day.day.weekday]
            let rest = day.mean - level.mean - slope * (course.place(day.day) - level.place)
            sum += rest * rest
            neighbours += (last ?? 0) * rest
            last = rest
            sampling += within / Double(day.n)
        }
        let count = Double(days.count)
        let levels = Double(weekdays.count { $0.n > 0 } + (spread > 0 ? 1 : 0))
        guard count - levels >= 1, exceedsRounding(variance: sum / (count - levels), about: scale) else { return nil }
        let phi = min(0.95, max(0, (neighbours / sum + 2 / count) / max(0.2, 1 - 4 / count)))
        self.course = course
        self.weekdays = weekdays
        self.slope = slope
        self.squares = sum
        self.spread = spread > 0 ? spread : .infinity
        self.within = within
        third = cubeUnits > 0 ? cubes / cubeUnits : 0
        records = days.reduce(0) { $0 + $1.n }
        self.phi = phi
        residual = sum / (count - levels)
        between = max(0, residual - sampling / count)
        degreesOfFreedom = max(1, count * (1 - phi) / (1 + phi) - levels)
    }

    /// How many earlier days there are of the rarest weekday among some days.
    func support(of days: ArraySlice<DayFigures>) -> Int { days.map { weekdays[$0.day.weekday].n }.min() ?? 0 }

    /// What the earlier days lead us to expect of the mean of some days, each counting the same, and the variance of the
    /// difference between what is found and this, with the skewness that the records of those days bring into it (the earlier
    /// ones are many more). There is a day at least, and each has an earlier one of its weekday.
    func expectation(of days: ArraySlice<DayFigures>) -> (mean: Double, variance: Double, skewness: Double) {
        let count = Double(days.count)
        var uses = [Double](repeating: 0, count: 7)
        var (mean, sampling, reach, cubes) = (0.0, 0.0, 0.0, 0.0)
        for day in days {
            let level = weekdays[day.day.weekday]
            let place = course.place(day.day) - level.place
            mean += (level.mean + slope * place) / count
            reach += place / count
            uses[day.day.weekday] += 1 / count
            sampling += within / Double(day.n) / (count * count)
            cubes += third / Double(day.n * day.n) / (count * count * count)
        }
        var growth = 1.0
        var power = phi
        for step in 1..<max(2, days.count) where days.count > 1 {
            growth += 2 * (1 - Double(step) / count) * power
            power *= phi
            if power < 1e-6 { break }
        }
        let known = uses.indices.reduce(residual * reach * reach / spread) { sum, weekday in
            uses[weekday] > 0 ? sum + uses[weekday] * uses[weekday] * residual / Double(weekdays[weekday].n) : sum
        }
        // Levels and slope depend on neighbouring days, too, by at most the factor of a long mean.
        let variance = (between / count + sampling) * growth + known * (1 + phi) / (1 - phi)
        return (mean, variance, cubes / (variance * variance.squareRoot()))
    }

    /// Whether the days lie on different places of the course within a weekday at least.
    var tellsOfCourse: Bool { spread.isFinite }

    /// The variance and the skewness of `slope` as found from the days that the noise was made of; infinite where they say
    /// nothing of it.
    ///
    /// The slope is Σ cᵢ yᵢ with c the places about those of their weekdays over their sum of squares. Its variance is
    /// Σ cᵢ² (τ² + σ²/nᵢ), grown by what dependent days add, 1 + 2 Σ cᵢ cⱼ φ^(j−i) / Σ cᵢ², where that is growth.
    func slopeError(_ days: ArraySlice<DayFigures>) -> (variance: Double, skewness: Double) {
        guard tellsOfCourse else { return (.infinity, 0) }
        var (sum, squares, products, carried, cubes) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for day in days {
            let weight = (course.place(day.day) - weekdays[day.day.weekday].place) / spread
            sum += weight * weight * (between + within / Double(day.n))
            cubes += weight * weight * weight * third / Double(day.n * day.n)
            squares += weight * weight
            products += weight * carried
            carried = phi * (carried + weight)
        }
        let variance = sum * max(1, 1 + 2 * products / squares)
        return (variance, cubes / (variance * variance.squareRoot()))
    }
}
