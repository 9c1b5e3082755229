/// The values that marks reach on each axis, where the figure does not say.
struct Extent {
    private(set) var low = Double.infinity
    private(set) var high = -Double.infinity

    mutating func include(_ value: Double?) {
        guard let value, value.isFinite else { return }
        low = min(low, value)
        high = max(high, value)
    }

    var isEmpty: Bool { low > high }

    /// The extent with a margin where it is a single value; nil if nothing was included.
    var range: ClosedRange<Double>? {
        if isEmpty { return nil }
        if low < high { return low...high }
        let margin = low == 0 ? 1 : abs(low) * 0.1
        return (low - margin)...(high + margin)
    }
}

extension Mark {
    /// Adds the values of a mark along the x axis.
    func extend(x: inout Extent) {
        switch self {
        case .line(let points, _, _, _), .dots(let points, _, _): for point in points { x.include(point.x) }
        case .band(let spans, _, _): for span in spans { x.include(span.x) }
        case .bins(let bins, _):
            for bin in bins {
                x.include(bin.from)
                x.include(bin.to)
            }
        case .bars(let rows, _), .intervals(let rows, _): for row in rows { x.include(row.slot) }
        case .boxes(let boxes, _): for box in boxes { x.include(box.slot) }
        case .cells(let cells): for cell in cells { x.include(Double(cell.column)) }
        case .rule(let at, let vertical, _, _): if vertical { x.include(at) }
        case .stretch(let from, let to, _, _):
            x.include(from)
            x.include(to)
        }
    }

    /// Adds the values of a mark along the y axis.
    func extend(y: inout Extent) {
        switch self {
        case .line(let points, _, _, _), .dots(let points, _, _): for point in points { y.include(point.y) }
        case .band(let spans, _, _):
            for span in spans {
                y.include(span.low)
                y.include(span.high)
            }
        case .bins(let bins, _): for bin in bins { y.include(bin.height) }
        case .bars(let rows, _), .intervals(let rows, _): extend(values: &y, of: rows)
        case .boxes(let boxes, _): extend(values: &y, of: boxes)
        case .cells(let cells): for cell in cells { y.include(Double(cell.row)) }
        case .rule(let at, let vertical, _, _): if !vertical { y.include(at) }
        case .stretch: break
        }
    }

    /// Adds the values along the axis that has no names.
    func extend(values: inout Extent) {
        switch self {
        case .bars(let rows, _), .intervals(let rows, _): extend(values: &values, of: rows)
        case .boxes(let boxes, _): extend(values: &values, of: boxes)
        case .rule(let at, let vertical, _, _): if vertical { values.include(at) }
        case .dots(let points, _, _): for point in points { values.include(point.x) }
        default: break
        }
    }

    private func extend(values: inout Extent, of rows: [Estimate]) {
        for row in rows {
            values.include(row.value)
            values.include(row.low)
            values.include(row.high)
        }
    }

    private func extend(values: inout Extent, of boxes: [Box]) {
        for box in boxes { for value in [box.low, box.high] + box.outliers { values.include(value) } }
    }
}
