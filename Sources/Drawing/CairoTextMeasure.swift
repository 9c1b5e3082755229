import CCairo
import Charts

extension TextMeasure {
    /// Widths of DejaVu Sans as Cairo measures them, without hinting, so that they scale evenly.
    ///
    /// The widths of common characters are measured once in a process (about 1 ms) and added up afterwards, which is what
    /// Cairo does with a text; a text with any other character is measured as a whole, about 10 µs. A value may be used
    /// from several tasks at once. Where the font is missing, fontconfig's stand-in is measured.
    public static func cairo() -> TextMeasure {
        TextMeasure { text, size in
            CommonWidths.shared.width(of: text, size: size) ?? CairoFont().width(of: text, size: size)
        }
    }

    /// Widths of DejaVu Sans Bold, measured text by text.
    public static func cairoBold() -> TextMeasure {
        TextMeasure { text, size in CairoFont(isBold: true).width(of: text, size: size) }
    }
}

/// The advance widths of the characters that chart words are made of, at size 1.
private struct CommonWidths {
    static let shared = CommonWidths()

    /// Latin, Greek and Cyrillic letters, and the signs of numbers and dates; no marks that combine.
    private static let blocks: [ClosedRange<UInt32>] = [
        0x20...0x7E, 0xA0...0xAC, 0xAE...0x2AF, 0x391...0x3A1, 0x3A3...0x3CE, 0x410...0x44F,
    ]
    private static let signs: [UInt32] = [
        0x2009, 0x202F, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x2070, 0x2074, 0x2075, 0x2076, 0x2077,
        0x2078, 0x2079, 0x207B, 0x20AC, 0x2212, 0x2264, 0x2265,
    ]

    private var widths = [Double](repeating: .nan, count: 0x2300)

    private init() {
        let font = CairoFont()
        for code in Self.blocks.flatMap(Array.init) + Self.signs {
            guard let scalar = Unicode.Scalar(code) else { continue }
            // Measured large, so that the grid of the font's units does not round.
            widths[Int(code)] = font.width(of: String(scalar), size: 1000) / 1000
        }
    }

    /// The width of a text; nil where it has a character that is not common.
    func width(of text: String, size: Double) -> Double? {
        var sum = 0.0
        for scalar in text.unicodeScalars {
            guard scalar.value < 0x2300 else { return nil }
            sum += widths[Int(scalar.value)]
        }
        return sum.isNaN ? nil : sum * size
    }
}

/// Owns a Cairo context on a surface that records nothing but the extents of words. Used by one task at a time.
@safe private final class CairoFont {
    private let surface: OpaquePointer?
    private let context: OpaquePointer?

    init(isBold: Bool = false) {
        unsafe surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nil)
        unsafe context = cairo_create(surface)
        let options = unsafe cairo_font_options_create()
        unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        unsafe cairo_set_font_options(context, options)
        unsafe cairo_font_options_destroy(options)
        unsafe cairo_select_font_face(
            context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
            isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    }

    deinit {
        unsafe cairo_destroy(context)
        unsafe cairo_surface_destroy(surface)
    }

    /// The advance of a text; 0 where Cairo cannot measure it (a byte of zero ends a text for it).
    func width(of text: String, size: Double) -> Double {
        var extents = cairo_text_extents_t()
        unsafe cairo_set_font_size(context, size)
        unsafe cairo_text_extents(context, text, &extents)
        return extents.x_advance
    }
}
