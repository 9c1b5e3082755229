/// Templates that know each other by name, parsed once.
public struct TemplateSet: Sendable {
    let templates: [String: Template]

    /// Parses templates.
    ///
    /// - Throws: the first error in the order of the names; `problems` has them all.
    public init(sources: [String: String]) throws(TemplateError) {
        let (set, problems) = TemplateSet.parse(sources)
        if let first = problems.first { throw first }
        self = set
    }

    private init(templates: [String: Template]) { self.templates = templates }

    /// Everything that is wrong with templates: what cannot be parsed, and names of filters, templates, blocks and
    /// macros that are not there. Names of values are only known when a page is rendered.
    public static func problems(in sources: [String: String]) -> [TemplateError] { parse(sources).problems }

    private static func parse(_ sources: [String: String]) -> (set: TemplateSet, problems: [TemplateError]) {
        var templates: [String: Template] = [:]
        var problems: [TemplateError] = []
        for name in sources.keys.sorted() {
            do throws(TemplateError) {
                templates[name] = try TemplateParser.parse(name: name, text: sources[name] ?? "")
            } catch {
                problems.append(error)
            }
        }
        let set = TemplateSet(templates: templates)
        for name in templates.keys.sorted() {
            guard let template = templates[name] else { continue }
            problems += ReferenceCheck(set: set, template: template, known: Set(sources.keys)).problems()
        }
        return (set, problems)
    }

    /// The names of all templates, sorted.
    public var names: [String] { templates.keys.sorted() }

    /// Renders a template with named values.
    ///
    /// - Throws: at the first unknown name or value that cannot be printed.
    public func render(_ name: String, _ values: [String: TemplateValue]) throws(TemplateError) -> [UInt8] {
        var renderer = Renderer(set: self, values: values)
        return try renderer.run(name)
    }
}
