extension Layout {
    /// The plot's rectangle and scales; nil where an axis has nothing to span.
    func frame(_ plan: HeadPlan) -> Frame? {
        let size = self.size
        if figure.x.scale.isHidden { return bareFrame(size) }
        let isHorizontal = figure.y.scale.hasNames
        let below = (figure.x.title.isEmpty ? 0 : 16.0) + 22
        // The number of y ticks is settled before the rows of notes, so that words and margins agree.
        let count = max(2, Int((size.height - plan.height - below) / 46))
        guard let rough = scale(figure.y, extentY, from: size.height - below, to: plan.height, count: count) else {
            return nil
        }
        let yTicks = ticks(figure.y, rough, count: count)
        let left = leftMargin(yTicks, size.width)
        let right = size.width - plan.labelWidth - (plan.labelWidth > 0 ? 12 : 14)
        let columns = max(2, Int((right - left) / 90))
        guard let x = scale(figure.x, extentX, from: left, to: right, count: columns) else { return nil }
        let bottom = size.height - below - extraNameLine(right - left)
        let top = plan.height + Double(noteRows(x, left: left, right: right)) * TextSize.line
        guard top < bottom - 10, let y = scale(figure.y, extentY, from: bottom, to: top, count: count) else {
            return nil
        }
        var frame = Frame(
            left: left, top: top, right: right, bottom: bottom, x: x, y: y, isHorizontal: isHorizontal,
            columnNames: figure.x.scale.names, rowNames: figure.y.scale.names,
            xTicks: ticks(figure.x, x, count: columns), yTicks: yTicks, slotWidth: 0)
        settleSlots(&frame)
        return frame
    }

    /// A picture without axes: only the line with room for its stroke and its last dot.
    private func bareFrame(_ size: (width: Double, height: Double)) -> Frame? {
        guard let x = scale(figure.x, extentX, from: 4, to: size.width - 5, count: 0),
            let y = scale(figure.y, extentY, from: size.height - 5, to: 5, count: 0)
        else { return nil }
        var frame = Frame(
            left: 0, top: 0, right: size.width, bottom: size.height, x: x, y: y, isHorizontal: false, columnNames: [],
            rowNames: [], xTicks: [], yTicks: [], slotWidth: 0, isBare: true)
        settleSlots(&frame)
        return frame
    }

    /// Slots on an axis of names share it evenly; elsewhere they are as far apart as the nearest two, and the scale is
    /// drawn in so that the outer bars have room.
    private func settleSlots(_ frame: inout Frame) {
        if frame.isHorizontal {
            frame.slotWidth = (frame.bottom - frame.top) / Double(max(1, frame.rowNames.count))
        } else if !frame.columnNames.isEmpty {
            frame.slotWidth = (frame.right - frame.left) / Double(frame.columnNames.count)
        } else {
            let places = Set(figure.marks.flatMap(\.slots)).sorted().compactMap { frame.x.pixel($0) }
            guard !places.isEmpty else { return }
            let gaps = zip(places, places.dropFirst()).map { abs($1 - $0) }.filter { $0 > 0 }
            frame.slotWidth = min(48, gaps.min() ?? 48)
            frame.x = frame.x.inset(by: frame.slotWidth / 2)
        }
    }

    private var extentX: Extent {
        figure.marks.reduce(into: Extent()) { extent, mark in
            if figure.y.scale.hasNames { mark.extend(acrossRows: &extent) } else { mark.extend(positions: &extent) }
        }
    }

    private var extentY: Extent { figure.marks.reduce(into: Extent()) { $1.extend(values: &$0) } }

    private func scale(_ axis: Axis, _ extent: Extent, from: Double, to: Double, count: Int) -> Scale? {
        switch axis.scale {
        case .names(let names): return slots(names.count, from: min(from, to), to: max(from, to))
        case .labelled(let domain, _):
            return Extent.usable(domain).map { Scale(kind: .linear, domain: $0, from: from, to: to) }
        case .logarithmic(let domain):
            let given = Extent.usable(domain).flatMap { $0.lowerBound > 1e-290 ? $0 : nil }
            return (given ?? positive).map { Scale(kind: .logarithmic, domain: $0, from: from, to: to) }
        case .linear(let domain, let includesZero):
            let range = Extent.usable(domain) ?? open(axis, extent, includesZero: includesZero, count: count)
            return range.map { Scale(kind: .linear, domain: $0, from: from, to: to) }
        case .hidden: return extent.range.map { Scale(kind: .linear, domain: $0, from: from, to: to) }
        }
    }

    /// Slot 0 stands in the middle of the first part, from the left or from the top.
    private func slots(_ count: Int, from: Double, to: Double) -> Scale? {
        guard count > 0 else { return nil }
        let part = (to - from) / Double(count)
        let last = Double(max(1, count - 1))
        return Scale(kind: .linear, domain: 0...last, from: from + part / 2, to: from + part * (last + 0.5))
    }

    /// The domain of an axis that the figure leaves open: values end at whole steps, positions at the last mark.
    private func open(_ axis: Axis, _ extent: Extent, includesZero: Bool, count: Int) -> ClosedRange<Double>? {
        var extent = extent
        let isValues = figure.y.scale.hasNames ? axis == figure.x : axis == figure.y
        let fromZero = includesZero || isValues && figure.marks.contains(where: \.startsAtZero)
        if fromZero, !extent.isEmpty { extent.include(0) }
        let isScatter = figure.marks.contains { if case .dots = $0 { true } else { false } }
        guard let range = extent.range else { return nil }
        return isValues || isScatter ? Ticks.widened(range, count: count, isCount: axis.isCount) : range
    }

    /// The positive values of the axis that is logarithmic.
    private var positive: ClosedRange<Double>? {
        var extent = Extent()
        for mark in figure.marks {
            var all = Extent()
            if case .logarithmic = figure.y.scale {
                mark.extend(values: &all)
            } else if figure.y.scale.hasNames {
                mark.extend(acrossRows: &all)
            } else {
                mark.extend(positions: &all)
            }
            if !all.isEmpty {
                for value in [all.low, all.high] + mark.positiveValues where value > 0 { extent.include(value) }
            }
        }
        return extent.range.map { max($0.lowerBound, extent.low / 2)...$0.upperBound }
    }

    /// The ticks of an axis with numbers or worded ticks.
    private func ticks(_ axis: Axis, _ scale: Scale, count: Int) -> [Axis.Tick] {
        let label = TickLabel(words: words)
        switch axis.scale {
        case .labelled(_, let ticks): return ticks.filter { scale.domain.contains($0.position) }
        case .logarithmic:
            let positions = Ticks.logarithmic(scale.domain)
            return positions.map { Axis.Tick(position: $0, label: label.alone($0)) }
        case .linear:
            let (positions, step) = Ticks.linear(scale.domain, count: count, isCount: axis.isCount)
            return zip(positions, label.texts(positions, step: step)).map { Axis.Tick(position: $0, label: $1) }
        case .names, .hidden: return []
        }
    }

    /// Room for names up to a third of the width, or for numbers.
    private func leftMargin(_ ticks: [Axis.Tick], _ width: Double) -> Double {
        if figure.y.scale.hasNames {
            return min(width / 3, measure.widest(figure.y.scale.names, size: TextSize.tick) + 10)
        }
        return max(16, measure.widest(ticks.map(\.label), size: TextSize.tick) + 8)
    }

    /// The height of a second line of column names, where they need one.
    private func extraNameLine(_ width: Double) -> Double {
        let names = figure.x.scale.names
        guard !names.isEmpty else { return 0 }
        return NameFit(names, slot: width / Double(names.count), measure).lines > 1 ? TextSize.line : 0
    }
}
