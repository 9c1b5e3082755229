extension Layout {
    /// Words of a vertical rule or a stretch, above the plot.
    private struct Note {
        var text: String
        var tone: Tone
        var x: Double
        var row: Int
        var turned: Bool
    }

    /// The most rows of notes above a plot; notes beyond them are read out by their mark.
    private static let mostRows = 3

    /// How many rows the notes need.
    func noteRows(_ x: Scale, left: Double, right: Double) -> Int {
        figure.x.scale.isHidden ? 0 : (notes(x, left: left, right: right).compactMap { $0?.row }.max() ?? -1) + 1
    }

    /// The note of each mark, nil where it has none or no row is free. From right to left, so that a note that has to move
    /// up has its line at the left of all words below it.
    private func notes(_ x: Scale, left: Double, right: Double) -> [Note?] {
        var notes = [Note?](repeating: nil, count: figure.marks.count)
        var starts: [Double] = []
        let wanted = figure.marks.enumerated().compactMap { index, mark in
            mark.note.flatMap { note in x.domain.contains(note.at) ? x.pixel(note.at).map { (index, $0, note) } : nil }
        }
        for (index, place, note) in wanted.sorted(by: { ($0.1, $0.0) > ($1.1, $1.0) }) {
            let text = measure.fitted(note.label, size: TextSize.label, to: (right - left) * 0.6)
            let width = measure.width(text, TextSize.label)
            let turned = place + 4 + width > size.width
            let (start, end) = turned ? (place - 4 - width, place) : (place, place + 4 + width)
            let row = starts.firstIndex { end + 6 < $0 } ?? starts.count
            guard row < Self.mostRows else { continue }
            if row == starts.count { starts.append(start) } else { starts[row] = start }
            notes[index] = Note(text: text, tone: note.tone, x: place, row: row, turned: turned)
        }
        return notes
    }

    /// Shaded stretches from top to bottom, behind everything.
    mutating func drawStretches(_ frame: Frame) {
        for mark in figure.marks {
            guard case .stretch(let from, let to, let tone, let label) = mark,
                min(from, to) <= frame.x.domain.upperBound, max(from, to) >= frame.x.domain.lowerBound,
                let left = frame.x.clamped(min(from, to)), let right = frame.x.clamped(max(from, to))
            else { continue }
            // A stretch of no length is still there to be seen.
            let end = max(right, left + 1)
            let corners: [Scene.Corner] = [
                .init(left, frame.top), .init(end, frame.top), .init(end, frame.bottom), .init(left, frame.bottom),
            ]
            add([.init(corners, isClosed: true)], .band, .tone(tone), text: label)
        }
    }

    /// Rules above the marks, and the words of rules and stretches.
    mutating func drawNotes(_ frame: Frame, isDirect: Bool) {
        let placed = notes(frame.x, left: frame.left, right: frame.right)
        for (mark, note) in zip(figure.marks, placed) {
            let rows = frame.isBare ? 0 : Double(note?.row ?? 0) * TextSize.line
            if let note, !frame.isBare {
                let (_, _, label) = mark.note ?? (0, note.tone, note.text)
                items.append(
                    .text(
                        .init(
                            note.text, x: note.turned ? note.x - 4 : note.x + 4, y: frame.top - 4 - rows,
                            anchor: note.turned ? .end : .start, role: .label(note.tone),
                            whole: note.text == label ? nil : label)))
            }
            guard case .rule(let at, let vertical, let tone, let label) = mark else { continue }
            if vertical {
                guard frame.x.domain.contains(at), let x = frame.x.pixel(at) else { continue }
                let top = note == nil || frame.isBare ? frame.top : frame.top - 12 - rows
                let line = Scene.Stretch([.init(onPixel(x), top), .init(onPixel(x), frame.bottom)])
                add([line], .dashed, .tone(tone), text: note == nil ? label : nil)
            } else {
                drawLevel(at, tone, label, frame, isDirect: isDirect)
            }
        }
    }

    /// A rule at a value; its words stand at its right end, with those of the lines.
    private mutating func drawLevel(_ at: Double, _ tone: Tone, _ label: String?, _ frame: Frame, isDirect: Bool) {
        guard !frame.isHorizontal, frame.y.domain.contains(at), let y = frame.y.pixel(at) else { return }
        add([.init([.init(frame.left, onPixel(y)), .init(frame.right, onPixel(y))])], .dashed, .tone(tone))
        if let label, isDirect, !frame.isBare {
            labels.append(DirectLabel(text: label, tone: tone, at: .init(frame.right, y)))
        }
    }
}

extension Mark {
    /// Where the words of a vertical rule or a stretch belong; nil for other marks and for no words.
    fileprivate var note: (at: Double, tone: Tone, label: String)? {
        switch self {
        case .rule(let at, true, let tone, let label?): (at, tone, label)
        case .stretch(let from, let to, let tone, let label?): (min(from, to), tone, label)
        default: nil
        }
    }
}
