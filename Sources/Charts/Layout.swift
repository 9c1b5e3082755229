extension Figure {
    /// The figure with every position resolved.
    ///
    /// A figure without any value becomes a scene that says so. Cost is linear in the number of points.
    public func scene(measure: TextMeasure) -> Scene {
        var layout = Layout(figure: self, measure: measure)
        return layout.scene()
    }
}

/// Builds a scene: margins from measured words, then frame, marks and labels.
struct Layout {
    let figure: Figure
    let measure: TextMeasure
    var items: [Scene.Item] = []
    var labels: [DirectLabel] = []

    /// A label that wants to stand beside the end of its mark.
    struct DirectLabel {
        var text: String
        var tone: Tone
        var at: Scene.Corner
    }

    init(figure: Figure, measure: TextMeasure) {
        self.figure = figure
        self.measure = measure
    }

    mutating func scene() -> Scene {
        let size = self.size
        if let frame = frame(in: size) {
            drawStretches(frame)
            drawAxes(frame)
            for mark in figure.marks { draw(mark, frame) }
            drawRules(frame)
            drawLabels(frame)
        } else {
            items.append(.text("No data", x: size.width / 2, y: size.height / 2, anchor: .middle, role: .note))
        }
        return Scene(
            width: size.width, height: size.height, title: figure.title, description: figure.description, items: items)
    }

    private var size: (width: Double, height: Double) {
        switch figure.size {
        case .standard: (720, 300)
        case .small: (340, 190)
        case .sparkline: (120, 28)
        case .rows(let count): (720, 58 + Double(max(1, count)) * 24)
        }
    }

    private var isHorizontal: Bool { !figure.y.scale.names.isEmpty }

    private func frame(in size: (width: Double, height: Double)) -> Frame? {
        if figure.x.scale.isHidden {
            guard let x = scale(figure.x, extentX, from: 3, to: size.width - 3, ticks: 0),
                let y = scale(figure.y, extentY, from: size.height - 4, to: 4, ticks: 0)
            else { return nil }
            return Frame(
                left: 0, top: 0, right: size.width, bottom: size.height, x: x, y: y, isHorizontal: false,
                columnNames: [],
                rowNames: [])
        }
        let top = figure.y.title.isEmpty ? 10.0 : 28.0
        let bottom = size.height - (figure.x.title.isEmpty ? 22 : 38)
        let yTicks = max(2, Int((bottom - top) / 48))
        guard let y = scale(figure.y, extentY, from: bottom, to: top, ticks: yTicks) else { return nil }
        let left = leftMargin(y, ticks: yTicks)
        let right = size.width - rightMargin
        let xTicks = max(2, Int((right - left) / 90))
        guard let x = scale(figure.x, extentX, from: left, to: right, ticks: xTicks) else { return nil }
        return Frame(
            left: left, top: top, right: right, bottom: bottom, x: x, y: y, isHorizontal: isHorizontal,
            columnNames: figure.x.scale.names, rowNames: figure.y.scale.names)
    }

    private var extentX: Extent {
        var extent = Extent()
        for mark in figure.marks {
            if isHorizontal, case .cells = mark {
            } else if isHorizontal {
                mark.extend(values: &extent)
            } else {
                mark.extend(x: &extent)
            }
        }
        return extent
    }

    private var extentY: Extent {
        var extent = Extent()
        for mark in figure.marks { mark.extend(y: &extent) }
        return extent
    }

    private func scale(_ axis: Axis, _ extent: Extent, from: Double, to: Double, ticks: Int) -> Scale? {
        switch axis.scale {
        case .names(let names):
            guard !names.isEmpty else { return nil }
            // Names run from the left or from the top; slot 0 stands in the middle of the first part.
            let part = abs(to - from) / Double(names.count)
            let low = min(from, to) + part / 2
            return Scale(
                kind: .linear, domain: 0...Double(max(1, names.count - 1)), from: low,
                to: low + part * Double(max(1, names.count - 1)))
        case .labelled(let domain, _): return Scale(kind: .linear, domain: domain, from: from, to: to)
        case .logarithmic(let domain):
            guard let range = domain ?? positive(extent) else { return nil }
            return Scale(kind: .logarithmic, domain: range, from: from, to: to)
        case .linear(let domain, let includesZero):
            var extent = extent
            if includesZero, !extent.isEmpty { extent.include(0) }
            guard let range = domain ?? extent.range.map({ Ticks.widened($0, count: ticks) }) else { return nil }
            return Scale(kind: .linear, domain: range, from: from, to: to)
        case .hidden:
            guard let range = extent.range else { return nil }
            return Scale(kind: .linear, domain: range, from: from, to: to)
        }
    }

    private func positive(_ extent: Extent) -> ClosedRange<Double>? {
        guard !extent.isEmpty, extent.high > 0 else { return nil }
        let low = extent.low > 0 ? extent.low : extent.high / 1000
        return low < extent.high ? low...extent.high : low / 2...low * 2
    }

    private func leftMargin(_ y: Scale, ticks: Int) -> Double {
        let names = figure.y.scale.names
        if !names.isEmpty { return min(220, (names.map { measure.width($0, TextSize.tick) }.max() ?? 0) + 12) }
        let labels = numericTicks(figure.y, y, count: ticks).map(\.label)
        return max(24, (labels.map { measure.width($0, TextSize.tick) }.max() ?? 0) + 10)
    }

    /// Room for labels beside the ends of lines.
    private var rightMargin: Double {
        let widths = figure.marks.compactMap { mark -> Double? in
            if case .line(let points, _, _, let label?) = mark, points.contains(where: { $0.y != nil }) {
                return measure.width(label, TextSize.label)
            }
            return nil
        }
        return min(150, (widths.max() ?? 0) + (widths.isEmpty ? 12 : 16))
    }

    /// The ticks of an axis with numbers or worded ticks.
    func numericTicks(_ axis: Axis, _ scale: Scale, count: Int) -> [Axis.Tick] {
        switch axis.scale {
        case .labelled(_, let ticks): return ticks
        case .logarithmic:
            return Ticks.logarithmic(scale.domain).map { Axis.Tick(position: $0, label: Ticks.label($0, step: $0)) }
        case .linear:
            let (positions, step) = Ticks.linear(scale.domain, count: count)
            return positions.map { Axis.Tick(position: $0, label: Ticks.label($0, step: step)) }
        case .names, .hidden: return []
        }
    }
}
