import Model
import Statistics

extension CreditedEffect {
    /// A change of every day: the days before have one level and those after another, and no day leaves its own.
    ///
    /// Its size is known exactly. What is not defined is an error, since no day tells how far days stray, and so there is no
    /// interval. The p is that of the order of the days (`TestFigures.orderOfDays`).
    ///
    /// nil where days vary, where both levels are the same, and with fewer than two days with a value on either side.
    static func whole(
        _ days: [DayFigures], _ before: Period, _ after: Period, basis: Basis, recordSD: Double?
    ) -> CreditedEffect? {
        let found = caught { () throws(Absence) in
            let sides = (try DayCluster(days, in: before), try DayCluster(days, in: after))
            _ = try ChangeFigures.between(sides.1, and: sides.0, recordSD: nil, level: 0.95)
            return sides
        }
        guard found.absence == .constantSides else { return nil }
        let sides = [before, after].compactMap { period in
            caught { () throws(Absence) in try DayCluster(days, in: period).figures }.value
        }
        let change = sides[1].mean - sides[0].mean
        return CreditedEffect(
            basis: basis, estimate: change, interval: nil,
            test: .orderOfDays([(sides[0].days, sides[1].days)], step: change),
            standardised: recordSD.flatMap { $0 > 0 ? change / $0 : nil })
    }
}

extension TestFigures {
    /// The test of a step between levels that no day leaves.
    ///
    /// Were every order of the days equally likely, that of one level after the other, either first, would come up with
    /// p = 2 / C(D, k) for k of D days on the later level. Where days are put in order within parts (weekdays) only,
    /// p = 2 / Π C(Dᵢ, kᵢ).
    ///
    /// - Parameter counts: of each part, the days on the earlier and on the later level.
    static func orderOfDays(_ counts: [(early: Int, late: Int)], step: Double) -> TestFigures {
        var p = 2.0
        for (early, late) in counts {
            for place in 0..<late { p *= Double(place + 1) / Double(early + place + 1) }
        }
        return TestFigures(
            method: .stepPermutation, statistic: step, p: min(1, p), isExact: true)
    }
}
