/// A figure with every position resolved, in CSS pixels from the top left corner: comparable as text, drawn as it is.
public struct Scene: Sendable, Hashable {
    /// The width.
    public var width: Double
    /// The height.
    public var height: Double
    /// The figure's title.
    public var title: String
    /// The figure's description.
    public var description: String
    /// What to draw, from back to front.
    public var items: [Item]

    /// One thing to draw.
    public enum Item: Sendable, Hashable {
        /// A shape; the text, if any, is read out and shown as a tooltip.
        case shape(Shape, Style, text: String?)
        /// Words at a point on their baseline.
        case text(Words)
    }

    /// Words and where they stand.
    public struct Words: Sendable, Hashable {
        /// What is written; one line.
        public var text: String
        /// From the left, at the anchor.
        public var x: Double
        /// From the top, at the baseline.
        public var y: Double
        /// Which point of the words stands at `x`.
        public var anchor: Anchor
        /// What they are for.
        public var role: TextRole
        /// The whole text where the written one was cut; nil otherwise.
        public var whole: String?

        /// Places words.
        public init(_ text: String, x: Double, y: Double, anchor: Anchor, role: TextRole, whole: String? = nil) {
            self.text = text
            self.x = x
            self.y = y
            self.anchor = anchor
            self.role = role
            self.whole = whole
        }
    }

    /// A path of straight lines.
    public struct Shape: Sendable, Hashable {
        /// The stretches of the path, each a list of corners.
        public var stretches: [Stretch]

        /// A path of stretches.
        public init(_ stretches: [Stretch]) { self.stretches = stretches }
    }

    /// Corners in a row.
    public struct Stretch: Sendable, Hashable {
        /// The corners; a single one is a dot.
        public var corners: [Corner]
        /// Whether the last corner is joined with the first.
        public var isClosed: Bool

        /// Names the corners.
        public init(_ corners: [Corner], isClosed: Bool = false) {
            self.corners = corners
            self.isClosed = isClosed
        }
    }

    /// A point.
    public struct Corner: Sendable, Hashable {
        /// From the left.
        public var x: Double
        /// From the top.
        public var y: Double

        /// Names a point.
        public init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// How a shape is drawn; the style sheet gives each form its width and opacity.
    public struct Style: Sendable, Hashable {
        /// The form.
        public var form: Form
        /// The colour.
        public var ink: Ink

        /// Names a style.
        public init(_ form: Form, _ ink: Ink) {
            self.form = form
            self.ink = ink
        }
    }

    /// The forms of shapes.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        /// A filled area.
        case fill
        /// A translucent area.
        case band
        /// A line.
        case line
        /// A thin line.
        case hairline
        /// A thin broken line.
        case dashed
        /// Round dots at single corners.
        case dot
        /// Small round dots, where there are many or they matter less.
        case speck
        /// A heavy line across: medians.
        case stroke
        /// An outlined area without a filling.
        case outline
    }

    /// The colours of shapes: the tones of marks, and those of the frame.
    public enum Ink: Sendable, Hashable {
        /// A tone that a figure asked for.
        case tone(Tone)
        /// Grid lines.
        case grid
        /// Axis lines.
        case axis
        /// The page's background, for gaps between touching areas.
        case paper
    }

    /// Which point of words stands at the given position.
    public enum Anchor: String, Sendable, Hashable {
        /// Their start.
        case start
        /// Their middle.
        case middle
        /// Their end.
        case end
    }

    /// What words are for.
    public enum TextRole: Sendable, Hashable {
        /// A tick's label.
        case tick
        /// An axis title.
        case title
        /// A direct label in the colour of its mark.
        case label(Tone)
        /// Words inside a cell on a light colour, or on a dark one.
        case cell(onDark: Bool)
        /// A remark inside the plot.
        case note
    }
}
