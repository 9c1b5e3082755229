/// What stands above and beside the plot: the title of the y axis, the key, and the room for labels at line ends.
struct HeadPlan {
    /// An entry of the key.
    struct KeyItem {
        var form: Scene.Form
        var tone: Tone
        var text: String
        var x = 0.0
        var row = 0
    }

    /// The entries of the key with their places.
    private(set) var entries: [KeyItem] = []
    /// Whether labels stand at the ends of their lines; otherwise the key names the lines too.
    private(set) var isDirect = true
    /// The width that labels at line ends take.
    private(set) var labelWidth = 0.0
    /// From the top of the picture to the top of the plot, notes aside.
    private(set) var height: Double

    init(figure: Figure, measure: TextMeasure, width: Double, height: Double) {
        self.height = figure.x.scale.isHidden ? 0 : figure.y.heading.isEmpty ? 10 : 26
        guard !figure.x.scale.isHidden else {
            isDirect = false
            return
        }
        let labels = figure.marks.compactMap(\.lineLabel)
        // More labels than the plot has lines for, or a narrow picture with long ones: a key says it better.
        isDirect = Double(labels.count) * TextSize.line <= height * 0.6
        let widest = measure.widest(labels, size: TextSize.label)
        isDirect = isDirect && (widest <= width * 0.3 || labels.count == 1)
        // The margin beyond is 12; a label that has to move stands 14 away from its line.
        if isDirect, !labels.isEmpty { labelWidth = min(widest + 4, width * 0.3) }
        entries = figure.marks.compactMap { $0.keyEntry(withLines: !isDirect) }
        place(
            entries: width, after: figure.y.heading.isEmpty ? 0 : measure.width(figure.y.heading, TextSize.title) + 24,
            measure)
    }

    /// Puts the entries into rows: beside the title of the y axis where they fit there, else below it.
    private mutating func place(entries width: Double, after start: Double, _ measure: TextMeasure) {
        guard !entries.isEmpty else { return }
        let widths = entries.map { 20 + measure.width($0.text, TextSize.note) + 16 }
        let isBeside = start + widths.reduce(0, +) <= width + 16
        var (x, row) = (isBeside ? start : 0, isBeside || start == 0 ? 0 : 1)
        for index in entries.indices {
            if x > 0, !(isBeside && index == 0), x + widths[index] > width + 16 { (x, row) = (0, row + 1) }
            (entries[index].x, entries[index].row) = (x, row)
            x += widths[index]
        }
        height = max(height, 26 + Double(row) * 16)
    }
}

extension Mark {
    /// The label of a line that has a value, or of a rule at a value.
    fileprivate var lineLabel: String? {
        switch self {
        case .line(_, _, _, let label?) where hasData: label
        case .rule(_, false, _, let label?): label
        default: nil
        }
    }

    fileprivate func keyEntry(withLines: Bool) -> HeadPlan.KeyItem? {
        switch self {
        case .rule(_, false, let tone, let label?) where withLines: return .init(form: .dashed, tone: tone, text: label)
        case _ where !hasData: return nil
        case .band(_, let tone, let label?): return .init(form: .band, tone: tone, text: label)
        case .dots(_, let tone, let label?): return .init(form: .dot, tone: tone, text: label)
        case .line(_, let tone, let dashed, let label?) where withLines:
            return .init(form: dashed ? .dashed : .line, tone: tone, text: label)
        default: return nil
        }
    }
}

extension Layout {
    /// The title of the y axis and the key.
    mutating func drawHead(_ plan: HeadPlan, _ frame: Frame) {
        guard !frame.isBare else { return }
        if !figure.y.heading.isEmpty {
            write(figure.y.heading, x: 0, y: 12, .start, .title, size: TextSize.title, within: size.width)
        }
        for entry in plan.entries {
            let y = 12 + Double(entry.row) * 16
            add([swatch(entry, y: y - 4)], entry.form, .tone(entry.tone))
            write(
                entry.text, x: entry.x + 20, y: y, .start, .note, size: TextSize.note, within: size.width - entry.x - 20
            )
        }
    }

    private func swatch(_ entry: HeadPlan.KeyItem, y: Double) -> Scene.Stretch {
        switch entry.form {
        case .band:
            let (left, right) = (entry.x, entry.x + 14)
            return .init(
                [.init(left, y - 5), .init(right, y - 5), .init(right, y + 5), .init(left, y + 5)], isClosed: true)
        case .dot: return .init([.init(entry.x + 7, y)])
        default: return .init([.init(entry.x, y), .init(entry.x + 14, y)])
        }
    }
}
