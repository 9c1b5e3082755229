import Charts
import XML

/// Draws scenes as SVG that stands inline in a page.
public enum SVGDrawing {
    /// A scene as inline SVG.
    ///
    /// Cairo draws the shapes; the finishing pass gives them classes instead of colours, rounds their corners to a
    /// tenth of a pixel, puts words in as text and adds role, title and description. Neighbours of one look become one
    /// path unless they carry a text. `idPrefix` makes the two ids unique on the page. The bytes depend on the scene and
    /// the prefix alone; calls may run at the same time.
    ///
    /// - Throws: `DrawingError` when the prefix is no name (a letter, then letters, digits, `-` or `_`, all ASCII), when
    ///   Cairo fails, or when it drew something that does not belong to the scene.
    public static func svg(_ scene: Scene, idPrefix: String) throws(DrawingError) -> String {
        guard isName(idPrefix) else { throw DrawingError(description: "'\(idPrefix)' cannot begin an id") }
        let paths = try paths(of: scene)
        var children = [
            XMLContent.element(
                XMLElement("title", attributes: ["id": "\(idPrefix)-t"], children: [.text(scene.title)])),
            .element(XMLElement("desc", attributes: ["id": "\(idPrefix)-d"], children: [.text(scene.description)])),
        ]
        children += body(of: scene, paths)
        return XMLElement("svg", attributes: frame(scene, idPrefix), children: children)
            .serialised(attributesFirst: ["class", "role", "aria-labelledby", "viewBox", "width", "height"])
    }

    private static func isName(_ prefix: String) -> Bool {
        let isLetter = { (byte: UInt8) in (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }
        return prefix.utf8.first.map(isLetter) == true
            && prefix.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F }
    }

    /// The items in order: neighbours of one look as one path, words of one kind in one group.
    private static func body(of scene: Scene, _ paths: [String]) -> [XMLContent] {
        var writer = BodyWriter()
        var shape = 0
        for item in scene.items {
            switch item {
            case .shape(_, let style, let text):
                let data = paths[shape]
                shape += 1
                if data.isEmpty { continue }
                writer.add(
                    path: "\(ChartClasses.form(style.form)) \(ChartClasses.ink(style.ink))", data, text: text)
            case .text(let words): writer.add(words)
            }
        }
        return writer.finished()
    }

    /// Puts together what stands side by side.
    private struct BodyWriter {
        private var children: [XMLContent] = []
        private var path: (className: String, data: String)?
        private var words: [Scene.Words] = []

        mutating func add(path name: String, _ data: String, text: String?) {
            endWords()
            if text == nil, path?.className == name {
                path?.data += data
                return
            }
            endPath()
            if let text { children.append(SVGDrawing.path(name, data, text: text)) } else { path = (name, data) }
        }

        mutating func add(_ next: Scene.Words) {
            endPath()
            if let last = words.last, last.role != next.role || last.anchor != next.anchor { endWords() }
            words.append(next)
        }

        mutating func finished() -> [XMLContent] {
            endPath()
            endWords()
            return children
        }

        private mutating func endPath() {
            if let (name, data) = path { children.append(SVGDrawing.path(name, data, text: nil)) }
            path = nil
        }

        private mutating func endWords() {
            guard let first = words.first else { return }
            var look = ["class": ChartClasses.text(first.role)]
            if first.anchor != .start { look["text-anchor"] = first.anchor.rawValue }
            if words.count == 1 {
                children.append(SVGDrawing.text(first, look))
            } else {
                let group = words.map { SVGDrawing.text($0, [:]) }
                children.append(.element(XMLElement("g", attributes: look, children: group)))
            }
            words = []
        }
    }

    private static func frame(_ scene: Scene, _ idPrefix: String) -> [String: String] {
        let (width, height) = (PathData.number(scene.width), PathData.number(scene.height))
        return [
            "class": "chart", "role": "img", "aria-labelledby": "\(idPrefix)-t \(idPrefix)-d",
            "viewBox": "0 0 \(width) \(height)", "width": width, "height": height,
        ]
    }

    private static func path(_ name: String, _ data: String, text: String?) -> XMLContent {
        .element(XMLElement("path", attributes: ["class": name, "d": data], children: title(text)))
    }

    private static func text(_ words: Scene.Words, _ look: [String: String]) -> XMLContent {
        let place = ["x": PathData.number(words.x), "y": PathData.number(words.y)]
        let attributes = look.merging(place) { first, _ in first }
        return .element(XMLElement("text", attributes: attributes, children: title(words.whole) + [.text(words.text)]))
    }

    private static func title(_ text: String?) -> [XMLContent] {
        text.map { [.element(XMLElement("title", children: [.text($0)]))] } ?? []
    }

    /// The path data of each shape of a scene, as Cairo drew it; empty where nothing of it can be seen.
    private static func paths(of scene: Scene) throws(DrawingError) -> [String] {
        let drawn = scene.items.compactMap { item -> (shape: Scene.Shape, style: Scene.Style)? in
            if case .shape(let shape, let style, _) = item { (shape, style) } else { nil }
        }
        guard !drawn.isEmpty else { return [] }
        guard drawn.count < CairoPainter.mostShapes else { throw DrawingError(description: "too many shapes") }
        let surface = CairoSurface.svg(width: scene.width, height: scene.height)
        unsafe CairoPainter.paint(drawn.map(\.shape), drawn.map(\.style), on: surface.context) { .number($0) }
        let root: XMLElement
        let bytes = try surface.finish()
        do throws(XMLError) {
            root = try XMLElement(xml: bytes)
        } catch {
            throw DrawingError(description: "the drawing cannot be read back: \(error)")
        }
        return try assign(root, to: drawn)
    }

    /// Gives each path of Cairo's drawing to the shape, or to the filling and the stroke, whose colour it has.
    private static func assign(
        _ root: XMLElement, to drawn: [(shape: Scene.Shape, style: Scene.Style)]
    ) throws(DrawingError) -> [String] {
        var data = [String](repeating: "", count: drawn.count)
        var strays = 0
        root.visit { element in
            guard element.name == "path", let path = element.attributes["d"] else { return }
            let owners = PathData.shapeIndices(style: element.attributes["style"] ?? "").filter(data.indices.contains)
            strays += owners.isEmpty ? 1 : 0
            let compact = PathData.compact(path)
            for owner in owners { data[owner] += compact }
        }
        guard strays == 0 else { throw DrawingError(description: "the drawing holds \(strays) paths of no shape") }
        // A filling without an area leaves nothing behind, a stroke always does.
        let lost = zip(drawn, data).count { $0.style.form.isStroke && $1.isEmpty }
        guard lost == 0 else { throw DrawingError(description: "the drawing lacks \(lost) strokes") }
        return data
    }
}
