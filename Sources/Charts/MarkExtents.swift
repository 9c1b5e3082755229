extension Mark {
    /// Adds what the mark reaches on the axis along which its positions or slots run.
    func extend(positions extent: inout Extent) {
        switch self {
        case .line(let points, _, _, _), .dots(let points, _, _):
            for point in points where point.y?.isFinite == true { extent.include(point.x) }
        case .band(let spans, _, _): for span in spans where span.low != nil { extent.include(span.x) }
        case .bins(let bins, _):
            for bin in bins {
                extent.include(bin.from)
                extent.include(bin.to)
            }
        case .bars(let rows, _), .intervals(let rows, _): for row in rows { extent.include(row.slot) }
        case .boxes(let boxes, _): for box in boxes { extent.include(box.slot) }
        case .rule(let at, let vertical, _, _): if vertical { extent.include(at) }
        case .stretch(let from, let to, _, _):
            extent.include(from)
            extent.include(to)
        case .strips(let strips): for strip in strips { extent.include(strip.slot) }
        case .cells: break
        }
    }

    /// Adds what the mark reaches on the axis of its values.
    func extend(values extent: inout Extent) {
        switch self {
        case .line(let points, _, _, _), .dots(let points, _, _): for point in points { extent.include(point.y) }
        case .band(let spans, _, _):
            for span in spans {
                extent.include(span.low)
                extent.include(span.high)
            }
        case .bins(let bins, _): for bin in bins { extent.include(bin.height) }
        case .bars(let rows, _), .intervals(let rows, _):
            for row in rows where row.value?.isFinite == true {
                for value in [row.value, row.low, row.high] { extent.include(value) }
            }
        case .boxes(let boxes, _):
            for box in boxes { for value in [box.low, box.high] + box.outliers { extent.include(value) } }
        case .rule(let at, let vertical, _, _): if !vertical { extent.include(at) }
        case .strips(let strips):
            for strip in strips {
                extent.include(strip.from)
                extent.include(strip.to)
            }
        case .stretch, .cells: break
        }
    }

    /// Adds what the mark reaches on the x axis of a figure whose y axis has names.
    func extend(acrossRows extent: inout Extent) {
        switch self {
        case .rule, .stretch: extend(positions: &extent)
        case .dots(let points, _, _), .line(let points, _, _, _): for point in points { extent.include(point.x) }
        default: extend(values: &extent)
        }
    }

    /// Whether lengths are read from zero, so that the axis has to show it.
    var startsAtZero: Bool {
        switch self {
        case .bars, .bins: true
        default: false
        }
    }

    /// Whether the mark has anything to draw; rules and stretches are no data.
    var hasData: Bool {
        var extent = Extent()
        switch self {
        case .rule, .stretch: return false
        case .cells(let cells): return !cells.isEmpty
        default: extend(values: &extent)
        }
        return !extent.isEmpty
    }
}
