import Charts

/// The classes by which the style sheet knows the parts of a chart; `docs/charts.md` lists them.
enum ChartClasses {
    /// The second letter of a form is an addition that a style sheet may leave out.
    static func form(_ form: Scene.Form) -> String {
        switch form {
        case .fill: "f"
        case .band: "b"
        case .line: "l"
        case .stroke: "l w"
        case .hairline: "h"
        case .dashed: "x"
        case .dot: "o"
        case .speck: "o s"
        case .outline: "n"
        }
    }

    static func ink(_ ink: Scene.Ink) -> String {
        switch ink {
        case .tone(let tone): self.tone(tone)
        case .grid: "kgr"
        case .axis: "kax"
        case .paper: "kpa"
        }
    }

    /// The ramps have nine and eleven steps; a share that is no number takes the colour of context.
    static func tone(_ tone: Tone) -> String {
        switch tone {
        case .series(let number): "k\(min(6, max(1, number)))"
        case .accent: "ka"
        case .muted: "km"
        case .good: "kg"
        case .bad: "kb"
        case .sequential: tone.rampStep.map { "q\($0)" } ?? "km"
        case .diverging: tone.rampStep.map { "d\($0)" } ?? "km"
        }
    }

    static func text(_ role: Scene.TextRole) -> String {
        switch role {
        case .tick: "ct"
        case .title: "ch"
        case .label(let tone): "cl \(self.tone(tone))"
        case .cell(let onDark): onDark ? "cc od" : "cc"
        case .note: "cn"
        }
    }
}
