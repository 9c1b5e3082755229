import CCairo
import Charts

/// What Cairo writes for a drawing on its SVG surface.
enum CairoSVG {
    /// The bytes that a stream surface hands over.
    private final class Sink {
        var bytes: [UInt8] = []
    }

    /// The SVG document of some shapes.
    static func document(
        width: Double, height: Double, shapes: [(Scene.Shape, Scene.Style)]
    ) throws(DrawingError) -> [UInt8] {
        let sink = Sink()
        let write: cairo_write_func_t = { closure, data, length in
            guard let closure = unsafe closure, let data = unsafe data else { return CAIRO_STATUS_WRITE_ERROR }
            let sink = unsafe Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
            unsafe sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
            return CAIRO_STATUS_SUCCESS
        }
        let closure = unsafe Unmanaged.passUnretained(sink).toOpaque()
        let surface = unsafe cairo_svg_surface_create_for_stream(write, closure, width, height)
        let context = unsafe cairo_create(surface)
        unsafe CairoPainter.paint(shapes, on: context)
        let status = unsafe cairo_status(context)
        unsafe cairo_destroy(context)
        unsafe cairo_surface_finish(surface)
        let finished = unsafe cairo_surface_status(surface)
        unsafe cairo_surface_destroy(surface)
        for code in [status, finished] where code != CAIRO_STATUS_SUCCESS {
            throw DrawingError(description: "Cairo: \(unsafe String(cString: cairo_status_to_string(code)))")
        }
        return withExtendedLifetime(sink) { sink.bytes }
    }
}
