import CCairo
import Charts

extension TextMeasure {
    /// Widths of DejaVu Sans as Cairo measures them, without hinting, so that they scale evenly.
    ///
    /// Each call works on a context of its own thread of work: make one measure per task.
    public static func cairo() -> TextMeasure {
        let context = CairoContext()
        return TextMeasure { text, size in context.width(of: text, size: size) }
    }
}

/// A Cairo context on a surface that records nothing but words' extents. Used by one task at a time.
@safe private final class CairoContext: @unchecked Sendable {
    private let surface: OpaquePointer?
    private let context: OpaquePointer?

    init() {
        unsafe surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nil)
        unsafe context = cairo_create(surface)
        let options = unsafe cairo_font_options_create()
        unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        unsafe cairo_set_font_options(context, options)
        unsafe cairo_font_options_destroy(options)
        unsafe cairo_select_font_face(context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL)
    }

    deinit {
        unsafe cairo_destroy(context)
        unsafe cairo_surface_destroy(surface)
    }

    func width(of text: String, size: Double) -> Double {
        var extents = cairo_text_extents_t()
        unsafe cairo_set_font_size(context, size)
        unsafe cairo_text_extents(context, text, &extents)
        return extents.x_advance
    }
}
