/// How wide words are: passed into the layout by whoever draws.
public struct TextMeasure: Sendable {
    /// The width in pixels of a text at a size.
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
}

extension TextMeasure {
    /// A text cut to a width, with an ellipsis where something is missing.
    func fitted(_ text: String, size: Double, to limit: Double) -> String {
        guard width(text, size) > limit else { return text }
        var (low, high) = (0, text.count)
        while low < high {
            let middle = (low + high + 1) / 2
            if width(text.prefix(middle) + "…", size) <= limit { low = middle } else { high = middle - 1 }
        }
        return text.prefix(low) + "…"
    }
}
