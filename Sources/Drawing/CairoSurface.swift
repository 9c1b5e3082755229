import CCairo

/// Owns a Cairo surface that writes its document into memory, and the context that draws on it.
///
/// The painter works on the context alone, so another kind of document needs only another surface.
@safe final class CairoSurface {
    /// What the surface hands over, piece by piece. It lives as long as the surface, which writes to the end.
    private final class Sink {
        var bytes: [UInt8] = []
    }

    let context: OpaquePointer?
    let surface: OpaquePointer?
    private let sink: Sink

    private init(_ open: (cairo_write_func_t, UnsafeMutableRawPointer) -> OpaquePointer?) {
        sink = Sink()
        let write: cairo_write_func_t = { closure, data, length in
            guard let closure = unsafe closure, let data = unsafe data else { return CAIRO_STATUS_WRITE_ERROR }
            let sink = unsafe Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
            unsafe sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
            return CAIRO_STATUS_SUCCESS
        }
        unsafe surface = unsafe open(write, Unmanaged.passUnretained(sink).toOpaque())
        unsafe context = cairo_create(surface)
    }

    /// A surface of SVG whose units are pixels.
    static func svg(width: Double, height: Double) -> CairoSurface {
        unsafe CairoSurface { write, closure in
            unsafe cairo_svg_surface_create_for_stream(write, closure, width, height)
        }
    }

    /// A surface of PDF whose units are points; it has as many pages as are shown.
    static func pdf(width: Double, height: Double) -> CairoSurface {
        unsafe CairoSurface { write, closure in
            unsafe cairo_pdf_surface_create_for_stream(write, closure, width, height)
        }
    }

    deinit {
        unsafe cairo_destroy(context)
        unsafe cairo_surface_destroy(surface)
    }

    /// Ends the document and gives its bytes.
    func finish() throws(DrawingError) -> [UInt8] {
        let drawn = unsafe cairo_status(context)
        unsafe cairo_surface_finish(surface)
        let finished = unsafe cairo_surface_status(surface)
        for code in [drawn, finished] where code != CAIRO_STATUS_SUCCESS {
            throw DrawingError(description: "Cairo: \(unsafe String(cString: cairo_status_to_string(code)))")
        }
        return sink.bytes
    }
}
