extension Layout {
    /// A line through its values, broken at gaps. A value between two gaps has no line to be on: it is shown as a dot.
    mutating func drawLine(_ points: [Mark.Point], _ tone: Tone, dashed: Bool, _ frame: Frame) {
        let runs = runs(points, frame)
        let clip = frame.clip
        let lone = runs.filter { $0.count == 1 && clip.contains($0[0]) }
        let lines = runs.filter { $0.count > 1 }.flatMap { clip.line(Downsampling.keepingExtremes($0)) }
        add(lines.map { .init($0) }, dashed ? .dashed : .line, .tone(tone))
        add(lone.map { .init($0) }, lone.count > 40 ? .speck : .dot, .tone(tone))
        if figure.x.scale.isHidden, let end = runs.last?.last { add([.init([end])], .speck, .tone(tone)) }
    }

    /// The last value of a line inside the plot.
    func end(of points: [Mark.Point], _ frame: Frame) -> Scene.Corner? {
        runs(points, frame).last { $0.contains(where: frame.clip.contains) }?.last(where: frame.clip.contains)
    }

    private func runs(_ points: [Mark.Point], _ frame: Frame) -> [[Scene.Corner]] {
        var runs: [[Scene.Corner]] = [[]]
        for point in points {
            if let y = point.y, let across = frame.x.pixel(point.x), let down = frame.y.pixel(y) {
                runs[runs.count - 1].append(.init(across, down))
            } else if runs.last?.isEmpty == false {
                runs.append([])
            }
        }
        return runs.filter { !$0.isEmpty }
    }

    /// The area between two lines, broken where either has a gap; an interval between two gaps is a short upright line.
    mutating func drawBand(_ spans: [Mark.Span], _ tone: Tone, _ frame: Frame) {
        var areas: [Scene.Stretch] = []
        var lone: [Scene.Stretch] = []
        var (above, below): ([Scene.Corner], [Scene.Corner]) = ([], [])
        func close() {
            let outline = Downsampling.keepingExtremes(above) + Downsampling.keepingExtremes(below).reversed()
            if above.count == 1 { lone += frame.clip.line(outline).map { .init($0) } }
            if above.count > 1 { areas.append(.init(frame.clip.area(outline), isClosed: true)) }
            (above, below) = ([], [])
        }
        for span in spans {
            if let low = span.low, let high = span.high, let across = frame.x.pixel(span.x),
                let upper = frame.y.pixel(max(low, high)), let lower = frame.y.pixel(min(low, high))
            {
                above.append(.init(across, upper))
                below.append(.init(across, lower))
            } else {
                close()
            }
        }
        close()
        add(areas, .band, .tone(tone))
        add(lone, .hairline, .tone(tone))
    }

    /// Dots; many of them are small. Those with a text are shapes of their own.
    mutating func drawDots(_ points: [Mark.Point], _ tone: Tone, _ frame: Frame) {
        var plain: [Scene.Stretch] = []
        let form: Scene.Form = points.count > 60 ? .speck : .dot
        for point in points {
            guard let y = point.y, let across = frame.x.pixel(point.x), let down = frame.y.pixel(y),
                frame.clip.contains(.init(across, down))
            else { continue }
            let dot = Scene.Stretch([.init(across, down)])
            if let text = point.text { add([dot], form, .tone(tone), text: text) } else { plain.append(dot) }
        }
        add(plain, form, .tone(tone))
    }
}
