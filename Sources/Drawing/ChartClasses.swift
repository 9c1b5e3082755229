import Charts

/// The classes by which the style sheet knows the parts of a chart; `docs/charts.md` lists them.
enum ChartClasses {
    static func form(_ form: Scene.Form) -> String {
        switch form {
        case .fill: "f"
        case .band: "b"
        case .line: "l"
        case .hairline: "h"
        case .dashed: "x"
        case .dot: "o"
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

    /// The ramps have nine and eleven steps; a share between them takes the nearest.
    static func tone(_ tone: Tone) -> String {
        switch tone {
        case .series(let number): "k\(min(6, max(1, number)))"
        case .accent: "ka"
        case .muted: "km"
        case .good: "kg"
        case .bad: "kb"
        case .sequential(let share): "q\(Int((min(1, max(0, share)) * 8).rounded()))"
        case .diverging(let share): "d\(Int((min(1, max(-1, share)) * 5 + 5).rounded()))"
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
