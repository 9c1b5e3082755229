/// Templates that belong together, parsed and checked.
///
/// A set is an immutable value: it may be rendered from many threads at once. It knows templates by name only; where
/// their text comes from is the caller's affair.
public struct TemplateSet: Sendable {
    let templates: [Template]
    let numbers: [String: Int]
    let macros: [Macro]
    let slots: NameTable

    /// Parses all of the given templates.
    ///
    /// The ending of a name tells what the template makes: `.txt` and `.md` plain text, `.xml` and `.svg` XML, `.json`,
    /// `.csv`, `.js`, `.css`; everything else HTML. Time is linear in the length of the texts.
    ///
    /// - Parameter sources: the text of each template by its name.
    /// - Throws: the first problem in the order of names; `check(_:)` gives all of them.
    public init(sources: [String: String]) throws(TemplateError) {
        let compilation = Compilation(sources)
        if let problem = compilation.problems.first { throw problem }
        templates = compilation.templates
        numbers = compilation.templateNumbers
        macros = compilation.macros
        slots = compilation.slots
    }

    /// The names of the templates, sorted.
    public var names: [String] { numbers.keys.sorted() }

    /// Whether there is a template of a name.
    public func contains(_ name: String) -> Bool { numbers[name] != nil }

    /// All problems that can be found without values: wrong syntax, unknown tags, filters, tests, templates, blocks,
    /// macros and arguments, names that a macro cannot see, and prints where nothing can be printed safely.
    ///
    /// Wrong syntax ends the reading of its file; everything else is reported completely. Sorted by template, line and
    /// column; empty when `init(sources:)` would succeed.
    public static func check(_ sources: [String: String]) -> [TemplateError] {
        Compilation(sources).problems.sorted { left, right in
            guard let left = left.place, let right = right.place else { return false }
            return (left.template, left.line, left.column) < (right.template, right.line, right.column)
        }
    }

    /// Renders a template to UTF-8.
    ///
    /// - Parameters:
    ///   - name: the template's name.
    ///   - context: the values that it and what it includes may read.
    /// - Throws: with the place in the template, for a name that does not exist, a value that cannot be printed where it
    ///   stands (null, lists, maps, NaN, infinities; markup without `raw`; other than markup with it), an operation on
    ///   values that do not fit, includes and macro calls more than 40 deep.
    public func render(_ name: String, _ context: [String: TemplateValue]) throws(TemplateError) -> [UInt8] {
        var bytes: [UInt8] = []
        try render(name, context, into: &bytes)
        return bytes
    }

    /// Renders a template behind the bytes of a buffer, so that its storage can be used again. After an error the buffer
    /// holds what it held before.
    public func render(
        _ name: String, _ context: [String: TemplateValue], into buffer: inout [UInt8]
    ) throws(TemplateError) {
        guard let number = numbers[name] else {
            throw TemplateError(
                "there is no template \"\(name)\"",
                fix: suggestion(for: name, among: numbers.keys, called: "template"))
        }
        var renderer = Renderer(library: self, template: number, context: context)
        let start = buffer.count
        swap(&renderer.out, &buffer)
        do throws(TemplateError) { try renderer.render(template: number) } catch {
            buffer = Array(renderer.out.prefix(start))
            throw error
        }
        swap(&renderer.out, &buffer)
    }
}
