import CCairo
import Charts

/// Paints the shapes of a scene on a Cairo context, whatever surface stands behind it.
struct CairoPainter {
    /// A colour with parts from 0 to 255.
    struct Colour {
        var red: Int
        var green: Int
        var blue: Int

        /// The colour that is a shape's number in 24 bits, so that a reader of the drawing knows which shape a path
        /// belongs to.
        static func number(_ index: Int) -> Colour {
            Colour(red: index >> 16 & 0xFF, green: index >> 8 & 0xFF, blue: index & 0xFF)
        }
    }

    /// The most shapes that a number in 24 bits can tell apart.
    static let mostShapes = 1 << 24

    /// Paints shapes in order, each in the colour that belongs to its number.
    static func paint(
        _ shapes: [Scene.Shape], _ styles: [Scene.Style], on context: OpaquePointer?, colour: (Int) -> Colour
    ) {
        unsafe cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
        for (index, (shape, style)) in zip(shapes, styles).enumerated() {
            let colour = colour(index)
            unsafe cairo_set_source_rgb(
                context, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255)
            for stretch in shape.stretches { unsafe trace(stretch, on: context) }
            if style.form.isStroke { unsafe cairo_stroke(context) } else { unsafe cairo_fill(context) }
        }
    }

    static func trace(_ stretch: Scene.Stretch, on context: OpaquePointer?) {
        guard let first = stretch.corners.first else { return }
        unsafe cairo_move_to(context, first.x, first.y)
        // A single corner becomes a line of no length, which round caps show as a dot.
        if stretch.corners.count == 1 { unsafe cairo_line_to(context, first.x, first.y) }
        for corner in stretch.corners.dropFirst() { unsafe cairo_line_to(context, corner.x, corner.y) }
        if stretch.isClosed { unsafe cairo_close_path(context) }
    }
}

extension Scene.Form {
    /// Whether the form is drawn along its path, not inside it.
    var isStroke: Bool {
        switch self {
        case .fill, .band: false
        case .line, .hairline, .dashed, .dot, .speck, .stroke, .outline: true
        }
    }
}
