/// The memory of one limit: it fires once every point has been beyond it for long enough, and ends after enough good points.
///
/// Breaches are timed, not counted: two points in a burst are no five minutes. A gap longer than the stale time interrupts a
/// breach that has not fired; one that fires stays, because no data is not good.
struct PointLatch {
    private let bad: LimitSide
    private let limit: Double
    private let clear: Double
    private let duration: Int64
    private let clearPoints: Int
    private let stale: Int64
    private var last: Int64?
    private var goodPoints = 0
    private var firstGood: Int64?
    /// The first point of the breach that fires or pends.
    private(set) var began: Int64?
    private(set) var isFiring = false
    /// The first good point of the run that ended it last.
    private(set) var ended: Int64?

    init?(_ rule: PointRule, limit: Double?, clear: Double?) {
        guard let limit else { return nil }
        bad = rule.bad
        self.limit = limit
        self.clear = clear ?? limit
        duration = Int64((rule.minutes * 60_000_000).rounded())
        clearPoints = max(1, rule.clearPoints)
        stale = Int64((rule.staleMinutes * 60_000_000).rounded())
    }

    mutating func take(_ point: PointValue) {
        defer { last = point.time }
        if isFiring {
            // Beyond the clearing limit nothing is good yet.
            guard !bad.holds(point.value, of: clear) else {
                goodPoints = 0
                firstGood = nil
                return
            }
            if let last, point.time - last > stale {
                goodPoints = 0
                firstGood = nil
            }
            goodPoints += 1
            firstGood = firstGood ?? point.time
            if goodPoints >= clearPoints {
                (ended, isFiring, began) = (firstGood, false, nil)
                (goodPoints, firstGood) = (0, nil)
            }
            return
        }
        guard bad.holds(point.value, of: limit) else {
            began = nil
            return
        }
        if let last, point.time - last > stale { began = nil }
        began = began ?? point.time
        if let began, point.time - began >= duration { isFiring = true }
    }
}
