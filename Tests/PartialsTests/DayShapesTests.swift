import Model
import Testing

@testable import Partials

/// Days that agree in metrics, dimensions and groups keep these once; what they say stays the same.
@Suite struct DayShapesTests {
    private static func day(_ number: Int32, seed: UInt64) -> DayPartials {
        DayPartials.make(
            day: Day(number: number), records: SmallDay.records(300, seed: seed), catalogue: SmallDay.catalogue)
    }

    @Test func equalShapesAreOneObject() {
        var shapes = DayShapes()
        let days = (0..<3).map { Self.day($0, seed: UInt64($0) + 1) }
        let shared = days.map { shapes.sharing($0) }
        #expect(days[0].shape !== days[1].shape)
        #expect(shared[0].shape === shared[1].shape && shared[1].shape === shared[2].shape)
        #expect(shared == days)
    }

    @Test func anotherShapeStaysAnother() {
        var shapes = DayShapes()
        let (whole, outline) = (Self.day(0, seed: 1), Self.day(1, seed: 2).kept(.series))
        let pairs = [whole, outline].map { day in shapes.sharing(day).shape.groups.filter { $0.isPair } }
        #expect(!pairs[0].isEmpty && pairs[1].isEmpty)
    }

    @Test(arguments: [DayDetail.series, .counts]) func lessDetailSaysTheSameOfWhatIsKept(detail: DayDetail) {
        let whole = Self.day(4, seed: 7)
        let kept = whole.kept(detail)
        #expect(kept.groups == whole.groups.filter { !$0.isPair })
        for group in kept.groups {
            #expect(kept.recordCount(of: group) == whole.recordCount(of: group))
            #expect(kept.hourCounts(of: group) == whole.hourCounts(of: group))
            for metric in whole.metrics.map(\.name) {
                #expect(kept.moments(metric: metric, group: group) == whole.moments(metric: metric, group: group))
                guard detail >= .counts else { continue }
                #expect(kept.partial(metric: metric, group: group) == whole.partial(metric: metric, group: group))
            }
        }
    }
}
