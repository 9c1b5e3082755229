extension Figure {
    /// The figure with every position resolved.
    ///
    /// Values that are not finite are gaps. What lies outside a given domain is cut off at the edge of the plot; bars and
    /// whiskers reach to the edge. Without a domain, linear axes of values end at whole steps. A figure without any value
    /// becomes a scene that says so in the words given. Words that do not fit are wrapped, cut or thinned; cut words keep
    /// the whole text. Cost is linear in the number of points, plus one measurement for each word shown.
    public func scene(measure: TextMeasure, words: ChartWords = .current) -> Scene {
        var layout = Layout(figure: self, measure: measure, words: words)
        return layout.scene()
    }
}

/// Builds a scene: margins from measured words, then frame, marks and labels.
struct Layout {
    let figure: Figure
    let measure: TextMeasure
    let words: ChartWords
    var items: [Scene.Item] = []
    var labels: [DirectLabel] = []

    init(figure: Figure, measure: TextMeasure, words: ChartWords) {
        self.figure = figure
        self.measure = measure
        self.words = words
    }

    mutating func scene() -> Scene {
        let plan = HeadPlan(figure: figure, measure: measure, width: size.width, height: size.height)
        if figure.marks.contains(where: \.hasData), let frame = frame(plan) {
            drawStretches(frame)
            drawAxes(frame)
            for (place, mark) in figure.marks.enumerated() { draw(mark, at: place, frame, plan) }
            drawNotes(frame, isDirect: plan.isDirect)
            drawLabels(frame)
            drawHead(plan, frame)
        } else {
            items.append(
                .text(.init(words.noData, x: size.width / 2, y: size.height / 2 + 4, anchor: .middle, role: .note)))
        }
        return Scene(
            width: size.width, height: size.height, title: figure.title, description: figure.description, items: items)
    }

    /// The picture's size; rows are 24 high.
    var size: (width: Double, height: Double) {
        switch figure.size {
        case .standard: (720, 300)
        case .small: (340, 190)
        case .sparkline: (120, 28)
        case .rows(let count): (720, 58 + Double(max(1, count)) * 24)
        }
    }

    /// Adds a shape unless nothing is left of it.
    mutating func add(_ stretches: [Scene.Stretch], _ form: Scene.Form, _ ink: Scene.Ink, text: String? = nil) {
        let filled = stretches.filter { !$0.corners.isEmpty }
        if !filled.isEmpty { items.append(.shape(.init(filled), .init(form, ink), text: text)) }
    }

    /// Adds words, cut to a width where one is given.
    mutating func write(
        _ text: String, x: Double, y: Double, _ anchor: Scene.Anchor, _ role: Scene.TextRole, size: Double,
        within limit: Double = .infinity
    ) {
        let shown = limit.isFinite ? measure.fitted(text, size: size, to: limit) : text
        items.append(.text(.init(shown, x: x, y: y, anchor: anchor, role: role, whole: shown == text ? nil : text)))
    }
}
