/// What to draw: data, scales and marks, with the words that go with them. Nothing here knows about pixels.
public struct Figure: Sendable, Hashable {
    /// The name that assistive technology reads first and the caption shows.
    public var title: String
    /// One sentence that says in figures what the picture shows.
    public var description: String
    /// The width and height in CSS pixels at scale 1.
    public var size: FigureSize
    /// The horizontal axis.
    public var x: Axis
    /// The vertical axis.
    public var y: Axis
    /// What is drawn, from back to front.
    public var marks: [Mark]

    /// Describes a picture.
    public init(title: String, description: String, size: FigureSize = .standard, x: Axis, y: Axis, marks: [Mark]) {
        self.title = title
        self.description = description
        self.size = size
        self.x = x
        self.y = y
        self.marks = marks
    }
}

/// The sizes in which figures come, so that pages stay on one grid.
public enum FigureSize: Sendable, Hashable {
    /// A full column: 720 × 300.
    case standard
    /// A small multiple: 340 × 190.
    case small
    /// A word-sized line without axes: 120 × 28.
    case sparkline
    /// A full column whose height follows a number of rows (dot plots, heat maps, Gantt).
    case rows(Int)
}

/// An axis: its words and its scale.
public struct Axis: Sendable, Hashable {
    /// What the axis measures; the unit is added in parentheses.
    public var title: String
    /// The unit's symbol; empty for none.
    public var unit: String
    /// How values become positions.
    public var scale: Scale
    /// Whether it counts things, so that ticks stand at whole numbers only.
    public var isCount: Bool

    /// Describes an axis.
    public init(title: String, unit: String = "", scale: Scale, isCount: Bool = false) {
        self.title = title
        self.unit = unit
        self.scale = scale
        self.isCount = isCount
    }

    /// How values become positions.
    public enum Scale: Sendable, Hashable {
        /// Equal steps. Without a domain the marks decide; `includesZero` keeps bars honest.
        case linear(domain: ClosedRange<Double>?, includesZero: Bool)
        /// Equal factors; values of 0 or less cannot be placed and are left out.
        case logarithmic(domain: ClosedRange<Double>?)
        /// Equal steps with ticks that the caller has worded (dates). Positions are the caller's numbers.
        case labelled(domain: ClosedRange<Double>, ticks: [Tick])
        /// One slot per name, in order. The position of slot i is i.
        case names([String])
        /// No axis is drawn (sparklines); the marks decide the domain.
        case hidden
    }

    /// A worded tick.
    public struct Tick: Sendable, Hashable {
        /// Where.
        public var position: Double
        /// The word.
        public var label: String

        /// Names a position.
        public init(position: Double, label: String) {
            self.position = position
            self.label = label
        }
    }
}

/// The role of a colour; the style sheet decides what it looks like in light, dark and print.
public enum Tone: Sendable, Hashable {
    /// One of six series colours, 1 to 6, that colour-blind readers can tell apart.
    case series(Int)
    /// The one thing to look at.
    case accent
    /// Context: grid-like reference material.
    case muted
    /// Better.
    case good
    /// Worse.
    case bad
    /// A share of the way along the sequential ramp, 0 to 1 (heat maps).
    case sequential(Double)
    /// A place on the diverging ramp, −1 to 1 (correlations).
    case diverging(Double)
}

/// One layer of a figure.
public enum Mark: Sendable, Hashable {
    /// A line through points; a nil value breaks it.
    case line([Point], tone: Tone, dashed: Bool = false, label: String? = nil)
    /// An interval band between two lines; nil breaks it.
    case band([Span], tone: Tone, label: String? = nil)
    /// Single points, each with an optional text that is read out and shown as a tooltip.
    case dots([Point], tone: Tone, label: String? = nil)
    /// Bars from zero at slots or positions, with optional whiskers. Horizontal when the y axis has names.
    case bars([Estimate], tone: Tone)
    /// Bins of a histogram: from, to, height.
    case bins([Bin], tone: Tone)
    /// Box plots: whiskers, quartiles, median, mean and outlying points, one per slot.
    case boxes([Box], tone: Tone)
    /// A dot with an interval, one per slot of the axis with names.
    case intervals([Estimate], tone: Tone)
    /// Cells of a grid of two axes with names; a nil value is an empty cell, drawn as such.
    case cells([Cell])
    /// Stretches in the rows of a y axis with names: what state each row was in, and when.
    case strips([Strip])
    /// A line across the plot at a value of the x axis (`vertical`) or the y axis, with its words.
    case rule(at: Double, vertical: Bool, tone: Tone, label: String?)
    /// A stretch of the x axis that is shaded from top to bottom, with its words.
    case stretch(from: Double, to: Double, tone: Tone, label: String?)

    /// A position and an optional value.
    public struct Point: Sendable, Hashable {
        /// Where on the x axis.
        public var x: Double
        /// The value; nil is a gap.
        public var y: Double?
        /// What to read out, if anything.
        public var text: String?

        /// Names a point.
        public init(x: Double, y: Double?, text: String? = nil) {
            self.x = x
            self.y = y
            self.text = text
        }
    }

    /// A position and an interval there.
    public struct Span: Sendable, Hashable {
        /// Where on the x axis.
        public var x: Double
        /// The lower end; nil breaks the band.
        public var low: Double?
        /// The upper end; nil breaks the band.
        public var high: Double?

        /// Names an interval.
        public init(x: Double, low: Double?, high: Double?) {
            self.x = x
            self.low = low
            self.high = high
        }
    }

    /// A value at a slot or position with an optional interval; nil values leave the slot empty.
    public struct Estimate: Sendable, Hashable {
        /// The slot, or the position on a numeric axis.
        public var slot: Double
        /// The value.
        public var value: Double?
        /// The lower end of the interval.
        public var low: Double?
        /// The upper end of the interval.
        public var high: Double?
        /// A tone of its own, where it differs from the mark's.
        public var tone: Tone?
        /// What to read out, if anything.
        public var text: String?

        /// Names an estimate.
        public init(
            slot: Double, value: Double?, low: Double? = nil, high: Double? = nil, tone: Tone? = nil,
            text: String? = nil
        ) {
            self.slot = slot
            self.value = value
            self.low = low
            self.high = high
            self.tone = tone
            self.text = text
        }
    }

    /// One bin of a histogram.
    public struct Bin: Sendable, Hashable {
        /// The lower edge.
        public var from: Double
        /// The upper edge.
        public var to: Double
        /// The height.
        public var height: Double

        /// Names a bin.
        public init(from: Double, to: Double, height: Double) {
            self.from = from
            self.to = to
            self.height = height
        }
    }

    /// One box of a box plot.
    public struct Box: Sendable, Hashable {
        /// The slot of the axis with names.
        public var slot: Double
        /// The lower whisker's end.
        public var low: Double
        /// The lower quartile.
        public var q1: Double
        /// The median.
        public var median: Double
        /// The upper quartile.
        public var q3: Double
        /// The upper whisker's end.
        public var high: Double
        /// The mean; nil is not drawn.
        public var mean: Double?
        /// Values beyond the whiskers that are shown one by one.
        public var outliers: [Double]

        /// Names a box.
        public init(
            slot: Double, low: Double, q1: Double, median: Double, q3: Double, high: Double, mean: Double? = nil,
            outliers: [Double] = []
        ) {
            self.slot = slot
            self.low = low
            self.q1 = q1
            self.median = median
            self.q3 = q3
            self.high = high
            self.mean = mean
            self.outliers = outliers
        }
    }

    /// A stretch in a row.
    public struct Strip: Sendable, Hashable {
        /// The slot of the y axis with names.
        public var slot: Double
        /// Where it begins on the x axis.
        public var from: Double
        /// Where it ends.
        public var to: Double
        /// The colour; nil is an outline: nothing is known there.
        public var tone: Tone?
        /// The share of the row's height that it fills, so that states differ without colours.
        public var height: Double
        /// What to read out, if anything.
        public var text: String?

        /// Names a stretch.
        public init(
            slot: Double, from: Double, to: Double, tone: Tone?, height: Double = 1, text: String? = nil
        ) {
            self.slot = slot
            self.from = from
            self.to = to
            self.tone = tone
            self.height = height
            self.text = text
        }
    }

    /// One cell of a grid.
    public struct Cell: Sendable, Hashable {
        /// The slot on the x axis.
        public var column: Int
        /// The slot on the y axis.
        public var row: Int
        /// The colour; nil for an empty cell.
        public var tone: Tone?
        /// The words inside the cell, if they fit; also read out.
        public var text: String?

        /// Names a cell.
        public init(column: Int, row: Int, tone: Tone?, text: String? = nil) {
            self.column = column
            self.row = row
            self.tone = tone
            self.text = text
        }
    }
}
