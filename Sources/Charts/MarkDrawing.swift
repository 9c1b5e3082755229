extension Layout {
    /// Draws a mark; rules and stretches have their own turn, above and below all others.
    mutating func draw(_ mark: Mark, at place: Int, _ frame: Frame, _ plan: HeadPlan) {
        switch mark {
        case .line(let points, let tone, let dashed, let label):
            drawLine(points, tone, dashed: dashed, frame)
            if plan.isDirect, let label, let end = end(of: points, frame) {
                labels.append(DirectLabel(text: label, tone: tone, at: end))
            }
        case .band(let spans, let tone, _): drawBand(spans, tone, frame)
        case .dots(let points, let tone, _): drawDots(points, tone, frame)
        case .bars(let rows, let tone): drawBars(rows, tone, at: place, frame)
        case .bins(let bins, let tone): drawBins(bins, tone, frame)
        case .boxes(let boxes, let tone): drawBoxes(boxes, tone, at: place, frame)
        case .intervals(let rows, let tone): drawIntervals(rows, tone, at: place, frame)
        case .cells(let cells): drawCells(cells, frame)
        case .strips(let strips): drawStrips(strips, frame)
        case .rule, .stretch: break
        }
    }
}
