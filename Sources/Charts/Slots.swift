extension Mark {
    /// The positions on which bars, boxes and intervals stand.
    var slots: [Double] {
        switch self {
        case .bars(let rows, _), .intervals(let rows, _): rows.map(\.slot).filter(\.isFinite)
        case .boxes(let boxes, _): boxes.map(\.slot).filter(\.isFinite)
        default: []
        }
    }

    /// The smallest positive value above 1e-290; empty where there is none.
    var positiveValues: [Double] {
        var smallest = Double.infinity
        // Numbers too small to have all their digits have no place among powers of ten.
        func see(_ value: Double?) { if let value, value > 1e-290, value < smallest { smallest = value } }
        switch self {
        case .line(let points, _, _, _), .dots(let points, _, _):
            for point in points { for value in [point.y, point.x] { see(value) } }
        case .band(let spans, _, _): for span in spans { see(span.low) }
        case .bars(let rows, _), .intervals(let rows, _):
            for row in rows { for value in [row.value, row.low] { see(value) } }
        case .boxes(let boxes, _): for box in boxes { for value in [box.low] + box.outliers { see(value) } }
        case .bins(let bins, _): for bin in bins { for value in [bin.from, bin.height] { see(value) } }
        default: break
        }
        return smallest.isFinite ? [smallest] : []
    }
}

/// The part of a slot that one of several marks of the same kind takes, side by side.
struct SlotShare {
    let offset: Double
    let half: Double

    /// The share of the mark at a place in the figure: all marks of its kind that stand on slots split the slot.
    init(of place: Int, in marks: [Mark], slotWidth: Double, filling: Double, atMost widest: Double) {
        let same = marks.indices.filter {
            marks[$0].kindOnSlots != nil && marks[$0].kindOnSlots == marks[place].kindOnSlots
        }
        let count = Double(max(1, same.count))
        // Gaps of less than a pixel would flicker: bars that narrow stand side by side.
        let width = min(slotWidth < 4 ? slotWidth : slotWidth * filling, widest * count) / count
        half = max(0.5, width / 2 - (count > 1 && width > 4 ? 0.5 : 0))
        offset = (Double(same.firstIndex(of: place) ?? 0) - (count - 1) / 2) * width
    }
}

extension Mark {
    fileprivate var kindOnSlots: Int? {
        switch self {
        case .bars: 0
        case .boxes: 1
        case .intervals: 2
        default: nil
        }
    }
}
