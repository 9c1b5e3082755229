extension Scene {
    /// The scene as text, one line for each item, with positions rounded to a tenth of a pixel: for golden files.
    ///
    /// The first three lines are the size, the title and the description. Equal scenes give equal listings.
    public var listing: String {
        let head = ["\(Self.rounded(width)) × \(Self.rounded(height))", title, description]
        return (head + items.map(\.listing)).joined(separator: "\n") + "\n"
    }

    fileprivate static func rounded(_ value: Double) -> String {
        let tenths = (value * 10).rounded()
        guard abs(tenths) < 1e15 else { return "\(value)" }
        let text = "\(tenths / 10)"
        return tenths == 0 ? "0" : text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension Scene.Item {
    fileprivate var listing: String {
        switch self {
        case .shape(let shape, let style, let text):
            let path = shape.stretches.map(\.listing).joined(separator: "; ")
            return "\(style.form.rawValue) \(style.ink.listing): \(path)" + (text.map { " “\($0)”" } ?? "")
        case .text(let words):
            let place = "\(Scene.rounded(words.x)),\(Scene.rounded(words.y)) \(words.anchor.rawValue)"
            return "words \(words.role.listing) \(place): \(words.text)" + (words.whole.map { " “\($0)”" } ?? "")
        }
    }
}

extension Scene.Stretch {
    fileprivate var listing: String {
        let places = corners.map { "\(Scene.rounded($0.x)),\(Scene.rounded($0.y))" }.joined(separator: " ")
        return isClosed ? "\(places) closed" : places
    }
}

extension Scene.Ink {
    fileprivate var listing: String {
        switch self {
        case .tone(let tone): tone.listing
        case .grid: "grid"
        case .axis: "axis"
        case .paper: "paper"
        }
    }
}

extension Scene.TextRole {
    fileprivate var listing: String {
        switch self {
        case .tick: "tick"
        case .title: "title"
        case .label(let tone): "label(\(tone.listing))"
        case .cell(let onDark): onDark ? "cell(on dark)" : "cell"
        case .note: "note"
        }
    }
}

extension Tone {
    fileprivate var listing: String {
        switch self {
        case .series(let number): "series \(number)"
        case .accent: "accent"
        case .muted: "muted"
        case .good: "good"
        case .bad: "bad"
        case .sequential: "sequential \(rampStep ?? 0)/8"
        case .diverging: "diverging \((rampStep ?? 5) - 5)/5"
        }
    }
}
