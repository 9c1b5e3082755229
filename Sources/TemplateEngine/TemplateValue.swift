/// A value that a template can read.
public indirect enum TemplateValue: Sendable, Hashable {
    /// Nothing: false in a condition, an error where it would be printed without `default`.
    case null
    /// True or false.
    case bool(Bool)
    /// A whole number.
    case int(Int)
    /// A finite number; NaN and infinities are refused when printed.
    case double(Double)
    /// Text, escaped for its context wherever it is printed.
    case string(String)
    /// Markup that is trusted to be well-formed HTML (a finished SVG); printed only through the `raw` filter.
    case markup(String)
    /// A list.
    case list([TemplateValue])
    /// Named values.
    case map([String: TemplateValue])
}
