import TemplateEngine

/// The values that most templates of these tests read.
let sampleValues: [String: TemplateValue] = [
    "n": 7, "x": 2.5, "t": "a <b> & 'c'", "xs": [3, 1, 2], "words": ["pear", "Apple", "fig"], "empty": [],
    "m": ["b": 2, "a": 1], "s": "the quick brown fox", "none": .null, "yes": true,
    "rows": [["name": "x", "v": 2], ["name": "y", "v": 1], ["name": "z", "v": 2]],
]

/// Parses one template with others beside it and renders it.
func render(
    _ template: String, _ values: [String: TemplateValue] = sampleValues, named name: String = "page.html",
    beside files: [String: String] = [:]
) throws(TemplateError) -> String {
    let set = try TemplateSet(sources: files.merging([name: template]) { _, own in own })
    return String(decoding: try set.render(name, values), as: UTF8.self)
}

/// The error of parsing or rendering a template; nil when there is none.
func failure(
    _ template: String, _ values: [String: TemplateValue] = sampleValues, named name: String = "page.html",
    beside files: [String: String] = [:]
) -> TemplateError? {
    do throws(TemplateError) {
        _ = try render(template, values, named: name, beside: files)
        return nil
    } catch {
        return error
    }
}
