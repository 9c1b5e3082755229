import Charts
import XML

/// Draws scenes as SVG that stands inline in a page.
public enum SVGDrawing {
    /// A scene as inline SVG.
    ///
    /// Cairo draws the shapes; the finishing pass gives them classes instead of colours, rounds their corners to a
    /// tenth of a pixel, puts words in as text and adds role, title and description. `idPrefix` makes the two ids
    /// unique on the page; it must be a name (letters, digits, `-`). The bytes depend on the scene and the prefix
    /// alone.
    ///
    /// - Throws: `DrawingError` when Cairo fails or draws something that does not belong to the scene.
    public static func svg(_ scene: Scene, idPrefix: String) throws(DrawingError) -> String {
        let paths = try paths(of: scene)
        var children: [XMLContent] = [
            .element(XMLElement("title", attributes: ["id": "\(idPrefix)-t"], children: [.text(scene.title)])),
            .element(XMLElement("desc", attributes: ["id": "\(idPrefix)-d"], children: [.text(scene.description)])),
        ]
        var open: (className: String, data: String)?
        func close() {
            if let (name, data) = open { children.append(.element(path(name, data, text: nil))) }
            open = nil
        }
        var shape = 0
        for item in scene.items {
            switch item {
            case .shape(_, let style, let text):
                let name = "\(ChartClasses.form(style.form)) \(ChartClasses.ink(style.ink))"
                let data = paths[shape]
                shape += 1
                if text != nil || open?.className != name { close() }
                if let text {
                    children.append(.element(path(name, data, text: text)))
                } else {
                    // Neighbours of one look become one path: fewer nodes for the reader's machine.
                    open = (name, (open?.data ?? "") + data)
                }
            case .text(let words, let x, let y, let anchor, let role):
                close()
                children.append(.element(text(words, x, y, anchor, role)))
            }
        }
        close()
        return XMLElement("svg", attributes: frame(scene, idPrefix), children: children)
            .serialised(attributesFirst: ["class", "role", "aria-labelledby", "viewBox", "width", "height"])
    }

    private static func frame(_ scene: Scene, _ idPrefix: String) -> [String: String] {
        let (width, height) = (PathData.number(scene.width), PathData.number(scene.height))
        return [
            "class": "chart", "role": "img", "aria-labelledby": "\(idPrefix)-t \(idPrefix)-d",
            "viewBox": "0 0 \(width) \(height)", "width": width, "height": height,
        ]
    }

    private static func path(_ name: String, _ data: String, text: String?) -> XMLElement {
        let title = text.map { [XMLContent.element(XMLElement("title", children: [.text($0)]))] } ?? []
        return XMLElement("path", attributes: ["class": name, "d": data], children: title)
    }

    private static func text(
        _ words: String, _ x: Double, _ y: Double, _ anchor: Scene.Anchor, _ role: Scene.TextRole
    ) -> XMLElement {
        var attributes = ["class": ChartClasses.text(role), "x": PathData.number(x), "y": PathData.number(y)]
        if anchor != .start { attributes["text-anchor"] = anchor.rawValue }
        return XMLElement("text", attributes: attributes, children: [.text(words)])
    }

    /// The path data of each shape of a scene, as Cairo drew it; empty where nothing of it can be seen.
    private static func paths(of scene: Scene) throws(DrawingError) -> [String] {
        let shapes = scene.items.compactMap { item -> (Scene.Shape, Scene.Style)? in
            if case .shape(let shape, let style, _) = item { (shape, style) } else { nil }
        }
        let bytes = try CairoSVG.document(width: scene.width, height: scene.height, shapes: shapes)
        let root: XMLElement
        do throws(XMLError) {
            root = try XMLElement(xml: bytes)
        } catch {
            throw DrawingError(description: "the drawing cannot be read back: \(error)")
        }
        var data = [String](repeating: "", count: shapes.count)
        var strays = 0
        root.visit { element in
            guard element.name == "path", let path = element.attributes["d"] else { return }
            guard let index = PathData.shapeIndex(style: element.attributes["style"] ?? ""), index < data.count else {
                strays += 1
                return
            }
            data[index] += PathData.compact(path)
        }
        guard strays == 0 else { throw DrawingError(description: "the drawing holds \(strays) paths of no shape") }
        return data
    }
}
