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

    /// The items in order, neighbours of one look as one path.
    private static func body(of scene: Scene, _ paths: [String]) -> [XMLContent] {
        var children: [XMLContent] = []
        var open: (className: String, data: String)?
        var shape = 0
        for item in scene.items {
            switch item {
            case .shape(_, let style, let text):
                let name = "\(ChartClasses.form(style.form)) \(ChartClasses.ink(style.ink))"
                let data = paths[shape]
                shape += 1
                if data.isEmpty { continue }
                if let (before, sofar) = open, text == nil, before == name {
                    open = (name, sofar + data)
                    continue
                }
                if let (before, data) = open { children.append(path(before, data, text: nil)) }
                open = text == nil ? (name, data) : nil
                if let text { children.append(path(name, data, text: text)) }
            case .text(let words):
                if let (before, data) = open { children.append(path(before, data, text: nil)) }
                open = nil
                children.append(text(words))
            }
        }
        if let (name, data) = open { children.append(path(name, data, text: nil)) }
        return children
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

    private static func text(_ words: Scene.Words) -> XMLContent {
        var attributes = [
            "class": ChartClasses.text(words.role), "x": PathData.number(words.x), "y": PathData.number(words.y),
        ]
        if words.anchor != .start { attributes["text-anchor"] = words.anchor.rawValue }
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
