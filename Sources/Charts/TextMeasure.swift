/// How wide words are: passed into the layout by whoever draws.
public struct TextMeasure: Sendable {
    /// The width in pixels of a text at a size in pixels.
    public let width: @Sendable (_ text: String, _ size: Double) -> Double

    /// A measure from a closure.
    public init(width: @escaping @Sendable (_ text: String, _ size: Double) -> Double) { self.width = width }

    /// Every character as wide as 0.6 of the size: for tests that must not depend on a font.
    public static let monospaced = TextMeasure { text, size in Double(text.count) * size * 0.6 }
}

/// The sizes of words in charts, in pixels; the style sheet says the same.
enum TextSize {
    static let tick = 11.0
    static let title = 11.0
    static let label = 11.5
    static let note = 11.0
    /// From one line of words to the next.
    static let line = 13.0
}

extension TextMeasure {
    /// The width of the widest text; 0 for none.
    func widest(_ texts: [String], size: Double) -> Double { texts.map { width($0, size) }.max() ?? 0 }

    /// A text cut to a width, with an ellipsis where something is missing.
    public func fitted(_ text: String, size: Double, to limit: Double) -> String {
        guard width(text, size) > limit else { return text }
        var (low, high) = (0, text.count)
        while low < high {
            let middle = (low + high + 1) / 2
            if width(text.prefix(middle) + "…", size) <= limit { low = middle } else { high = middle - 1 }
        }
        let kept = text.prefix(low)
        return String(kept.last == " " ? kept.dropLast() : kept) + "…"
    }

    /// A text in at most two lines of a width, broken at a blank, the second line cut where needed.
    func wrapped(_ text: String, size: Double, to limit: Double) -> [String] {
        guard width(text, size) > limit else { return [text] }
        var first = ""
        var rest = text.split(separator: " ")[...]
        while let word = rest.first, width(first.isEmpty ? String(word) : first + " " + word, size) <= limit {
            first += first.isEmpty ? String(word) : " " + word
            rest = rest.dropFirst()
        }
        if first.isEmpty { return [fitted(text, size: size, to: limit)] }
        return [first, fitted(rest.joined(separator: " "), size: size, to: limit)]
    }
}
