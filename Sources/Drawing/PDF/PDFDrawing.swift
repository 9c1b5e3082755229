import CCairo
import Charts

/// Draws a printed document as PDF: vectors, selectable words, an outline, links and fixed properties.
public enum PDFDrawing {
    /// The document's bytes; they depend on the document and the palette alone.
    ///
    /// - Throws: `DrawingError` when Cairo fails.
    public static func pdf(_ document: PrintedDocument, palette: PrintPalette) throws(DrawingError) -> [UInt8] {
        let surface = CairoSurface.pdf(width: document.width, height: document.height)
        describe(document, surface)
        for sheet in document.sheets {
            for item in sheet { draw(item, palette, surface) }
            unsafe cairo_show_page(surface.context)
        }
        outline(document, surface)
        return try surface.finish()
    }

    private static func describe(_ document: PrintedDocument, _ surface: CairoSurface) {
        for (key, value) in [
            (CAIRO_PDF_METADATA_TITLE, document.title), (CAIRO_PDF_METADATA_SUBJECT, document.subject),
            (CAIRO_PDF_METADATA_CREATOR, document.creator), (CAIRO_PDF_METADATA_CREATE_DATE, document.date),
            (CAIRO_PDF_METADATA_MOD_DATE, document.date),
        ] { unsafe cairo_pdf_surface_set_metadata(surface.surface, key, clean(value)) }
    }

    private static func outline(_ document: PrintedDocument, _ surface: CairoSurface) {
        // CAIRO_PDF_OUTLINE_ROOT is a macro that Swift does not import.
        var chapter: Int32 = 0
        for heading in document.outline {
            let id = unsafe cairo_pdf_surface_add_outline(
                surface.surface, heading.level == 0 ? 0 : chapter, clean(heading.title), place(heading.target),
                heading.level == 0 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t(0))
            if heading.level == 0 { chapter = id }
        }
    }

    private static func place(_ target: PrintedDocument.Target) -> String {
        "page=\(target.sheet + 1) pos=[0 \(PathData.number(target.y))]"
    }

    /// A byte of zero would end a text for Cairo.
    private static func clean(_ text: String) -> String { String(text.map { $0 == "\0" ? " " : $0 }) }

    private static func draw(_ item: PrintedDocument.Item, _ palette: PrintPalette, _ surface: CairoSurface) {
        let context = unsafe surface.context
        switch item {
        case .text(let words): unsafe write(words, palette, context)
        case .rule(let x, let y, let width):
            unsafe set(palette.colour("rule"), context)
            unsafe cairo_set_line_width(context, 0.5)
            unsafe cairo_move_to(context, x, y)
            unsafe cairo_line_to(context, x + width, y)
            unsafe cairo_stroke(context)
        case .scene(let scene, let x, let y, let scale):
            unsafe cairo_save(context)
            unsafe cairo_translate(context, x, y)
            unsafe cairo_scale(context, scale, scale)
            for part in scene.items { unsafe draw(part, palette, context) }
            unsafe cairo_restore(context)
        }
    }

    private static func write(_ words: PrintedDocument.Words, _ palette: PrintPalette, _ context: OpaquePointer?) {
        if let target = words.target { unsafe cairo_tag_begin(context, CAIRO_TAG_LINK, place(target)) }
        unsafe set(palette.colour(words.colour), context)
        unsafe font(isBold: words.isBold, size: words.size, context)
        unsafe cairo_move_to(context, words.x, words.y)
        unsafe cairo_show_text(context, clean(words.text))
        if words.target != nil { unsafe cairo_tag_end(context, CAIRO_TAG_LINK) }
    }

    private static func draw(_ item: Scene.Item, _ palette: PrintPalette, _ context: OpaquePointer?) {
        switch item {
        case .shape(let shape, let style, _):
            let colour = palette.colour(PrintPalette.name(of: style.ink))
            let pen = Pen(style.form)
            unsafe cairo_set_source_rgba(context, colour.red, colour.green, colour.blue, pen.opacity)
            for stretch in shape.stretches { unsafe CairoPainter.trace(stretch, on: context) }
            guard style.form.isStroke else { return unsafe cairo_fill(context) }
            unsafe cairo_set_line_cap(context, CAIRO_LINE_CAP_ROUND)
            unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
            unsafe cairo_set_line_width(context, pen.width)
            if pen.isDashed {
                unsafe [5.0, 3.0].withUnsafeBufferPointer { unsafe cairo_set_dash(context, $0.baseAddress, 2, 0) }
            }
            unsafe cairo_stroke(context)
            if pen.isDashed { unsafe cairo_set_dash(context, nil, 0, 0) }
        case .text(let words):
            unsafe set(palette.colour(PrintPalette.name(of: words.role)), context)
            let size = if case .label = words.role { 11.5 } else { 11.0 }
            unsafe font(isBold: false, size: size, context)
            var extents = cairo_text_extents_t()
            unsafe cairo_text_extents(context, clean(words.text), &extents)
            let shift = words.anchor == .start ? 0 : words.anchor == .middle ? 0.5 : 1
            unsafe cairo_move_to(context, words.x - extents.x_advance * shift, words.y)
            unsafe cairo_show_text(context, clean(words.text))
        }
    }

    private static func set(_ colour: (red: Double, green: Double, blue: Double), _ context: OpaquePointer?) {
        unsafe cairo_set_source_rgb(context, colour.red, colour.green, colour.blue)
    }

    private static func font(isBold: Bool, size: Double, _ context: OpaquePointer?) {
        unsafe cairo_select_font_face(
            context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
        unsafe cairo_set_font_size(context, size)
    }

    /// The pens of forms: the widths and opacities that the style sheet gives them on screen.
    private struct Pen {
        var width = 1.0
        var opacity = 1.0
        var isDashed = false

        init(_ form: Scene.Form) {
            switch form {
            case .fill, .hairline, .outline: break
            case .band: opacity = 0.18
            case .line: width = 1.75
            case .dashed: (width, isDashed) = (1.25, true)
            case .dot: width = 6
            case .speck: width = 3.5
            case .stroke: width = 2.5
            }
        }
    }
}
