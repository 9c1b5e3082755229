import CCairo
import Charts

/// Why a scene could not be drawn.
public struct DrawingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What Cairo or the finishing pass said.
    public let description: String
}

/// Paints the shapes of a scene on a Cairo context, each in a colour that is its number, so that a reader of the
/// drawing knows which shape a path belongs to.
struct CairoPainter {
    /// The colour of a shape: its number in 24 bits.
    static func colour(of index: Int) -> (red: Int, green: Int, blue: Int) {
        (index >> 16 & 0xFF, index >> 8 & 0xFF, index & 0xFF)
    }

    static func paint(_ shapes: [(Scene.Shape, Scene.Style)], on context: OpaquePointer?) {
        unsafe cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
        for (index, (shape, style)) in shapes.enumerated() {
            let (red, green, blue) = colour(of: index)
            unsafe cairo_set_source_rgb(context, Double(red) / 255, Double(green) / 255, Double(blue) / 255)
            for stretch in shape.stretches { unsafe trace(stretch, on: context) }
            switch style.form {
            case .fill, .band: unsafe cairo_fill(context)
            case .line, .hairline, .dashed, .dot, .outline: unsafe cairo_stroke(context)
            }
        }
    }

    private static func trace(_ stretch: Scene.Stretch, on context: OpaquePointer?) {
        guard let first = stretch.corners.first else { return }
        unsafe cairo_move_to(context, first.x, first.y)
        // A single corner becomes a line of no length, which round caps show as a dot.
        for corner in stretch.corners.count == 1 ? [first] : Array(stretch.corners.dropFirst()) {
            unsafe cairo_line_to(context, corner.x, corner.y)
        }
        if stretch.isClosed { unsafe cairo_close_path(context) }
    }
}
