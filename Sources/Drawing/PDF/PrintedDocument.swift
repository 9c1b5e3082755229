import Charts

/// A paged document with every position resolved, in points from the top left corner of its sheets.
public struct PrintedDocument: Sendable {
    /// The title in the document's properties.
    public var title: String
    /// What the document is about, in its properties.
    public var subject: String
    /// The program that made it.
    public var creator: String
    /// When it was made, as RFC 3339. It is given, so that the same report has the same bytes.
    public var date: String
    /// The size of every sheet.
    public var width: Double
    /// The size of every sheet.
    public var height: Double
    /// The sheets in order.
    public var sheets: [[Item]]
    /// The headings, in reading order.
    public var outline: [Heading]

    /// A document without sheets.
    public init(title: String, subject: String, creator: String, date: String, width: Double, height: Double) {
        self.title = title
        self.subject = subject
        self.creator = creator
        self.date = date
        self.width = width
        self.height = height
        sheets = []
        outline = []
    }

    /// One thing on a sheet.
    public enum Item: Sendable, Hashable {
        /// Words on one line.
        case text(Words)
        /// A picture with its upper left corner, shrunk or enlarged.
        case scene(Scene, x: Double, y: Double, scale: Double)
        /// A straight thin line.
        case rule(x: Double, y: Double, width: Double)
    }

    /// Words on one line.
    public struct Words: Sendable, Hashable {
        /// What is written.
        public var text: String
        /// From the left.
        public var x: Double
        /// From the top, at the baseline.
        public var y: Double
        /// The height of the type.
        public var size: Double
        /// Whether it is bold.
        public var isBold: Bool
        /// The variable of the palette.
        public var colour: String
        /// How wide it is, for the area of its link.
        public var width: Double
        /// Where it leads.
        public var target: Target?

        /// Places words.
        public init(
            _ text: String, x: Double, y: Double, size: Double, isBold: Bool = false, colour: String = "ink",
            width: Double = 0, target: Target? = nil
        ) {
            self.text = text
            self.x = x
            self.y = y
            self.size = size
            self.isBold = isBold
            self.colour = colour
            self.width = width
            self.target = target
        }
    }

    /// A place in the document.
    public struct Target: Sendable, Hashable {
        /// The sheet, counted from 0.
        public var sheet: Int
        /// From the top.
        public var y: Double

        /// Names a place.
        public init(sheet: Int, y: Double) {
            self.sheet = sheet
            self.y = y
        }
    }

    /// A heading of the outline.
    public struct Heading: Sendable, Hashable {
        /// The words.
        public var title: String
        /// 0 for a chapter, 1 for a section.
        public var level: Int
        /// Where it stands.
        public var target: Target

        /// Names a heading.
        public init(_ title: String, level: Int, target: Target) {
            self.title = title
            self.level = level
            self.target = target
        }
    }
}

/// The colours of a printed document by the names of the style sheet's variables (`ink`, `s1`, `q3` …).
public struct PrintPalette: Sendable, Hashable {
    private var colours: [String: [Double]] = [:]

    /// The colours of the rules for `:root` that stand in no other rule, such as one for dark screens: those of light
    /// paper. A later rule, such as that of a theme, replaces single colours.
    public init(styleSheet: String) {
        let sheet = styleSheet.replacing(/\/\*(?s:.*?)\*\//, with: "")
        var (depth, ruleStart) = (0, sheet.startIndex)
        var isRoot = false
        for place in sheet.indices {
            switch sheet[place] {
            case "{":
                if depth == 0 {
                    isRoot = sheet[ruleStart..<place].trimmingPrefix(while: \.isWhitespace).hasPrefix(":root")
                    ruleStart = sheet.index(after: place)
                }
                depth += 1
            case "}":
                depth -= 1
                if depth == 0 {
                    if isRoot { adopt(sheet[ruleStart..<place]) }
                    ruleStart = sheet.index(after: place)
                }
            default: break
            }
        }
    }

    private mutating func adopt(_ declarations: Substring) {
        for match in declarations.matches(of: /--([a-z0-9-]+):\s*#([0-9a-fA-F]{6})\b/) {
            guard let number = Int(match.2, radix: 16) else { continue }
            colours[String(match.1)] = [16, 8, 0].map { Double(number >> $0 & 0xFF) / 255 }
        }
    }

    /// Red, green and blue from 0 to 1; black for a name that the style sheet lacks.
    func colour(_ name: String) -> (red: Double, green: Double, blue: Double) {
        let parts = colours[name] ?? [0, 0, 0]
        return (parts[0], parts[1], parts[2])
    }

    /// The variable of an ink.
    static func name(of ink: Scene.Ink) -> String {
        switch ink {
        case .grid: "grid"
        case .axis: "soft"
        case .paper: "paper"
        case .tone(let tone): name(of: tone)
        }
    }

    static func name(of tone: Tone) -> String {
        switch tone {
        case .series(let number): "s\(min(6, max(1, number)))"
        case .accent: "accent"
        case .muted: "muted"
        case .good: "good"
        case .bad: "bad"
        case .sequential: tone.rampStep.map { "q\($0)" } ?? "muted"
        case .diverging: tone.rampStep.map { "d\($0)" } ?? "muted"
        }
    }

    static func name(of role: Scene.TextRole) -> String {
        switch role {
        case .tick, .title, .note: "soft"
        case .label(let tone): name(of: tone)
        case .cell(let onDark): onDark ? "on-dark" : "on-light"
        }
    }
}
