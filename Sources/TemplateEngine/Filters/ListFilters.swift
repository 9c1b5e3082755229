/// Filters of lists, maps and what can be taken for one.
enum ListFilters {
    static let all: [Filter] = counting + taking + ordering + picking + entries

    private static let counting: [Filter] = ["length", "count"].map { name in
        Filter(name) { (value, _) throws(Fault) in
            switch value {
            case .string(let text): .int(text.count)
            case .list(let items): .int(items.count)
            case .map(let entries): .int(entries.count)
            default: throw Fault("\(name) counts texts, lists and maps, and this is \(value.kindName)")
            }
        }
    }

    private static let taking: [Filter] = [
        Filter("first") { (value, _) throws(Fault) in
            try end(of: value, "first") {
                $0.first
            } text: {
                $0.first
            }
        },
        Filter("last") { (value, _) throws(Fault) in
            try end(of: value, "last") {
                $0.last
            } text: {
                $0.last
            }
        },
        Filter("list") { (value, _) throws(Fault) in
            if case .string(let text) = value { return .list(text.map { .string(String($0)) }) }
            return .list(try value.items("the input of list"))
        },
        Filter("reverse") { (value, _) throws(Fault) in
            if case .string(let text) = value { return .string(String(text.reversed())) }
            return .list(try value.items("the input of reverse").reversed())
        },
        Filter("join", [Parameter("separator", ""), Parameter("attribute", .null)]) { (value, given) throws(Fault) in
            var items = try value.items("the input of join")
            if given[1] != .null { items = try attributes(given[1], of: items) }
            let separator = try given[0].printed()
            var text = ""
            for (index, item) in items.enumerated() {
                if index > 0 { text += separator }
                text += try item.printed()
            }
            return .string(text)
        },
        Filter("batch", [Parameter("size"), Parameter("fill", .null)]) { (value, given) throws(Fault) in
            .list(try batches(try value.items("the input of batch"), try given[0].wholeNumber("size"), given[1]))
        },
        Filter("slice", [Parameter("slices"), Parameter("fill", .null)]) { (value, given) throws(Fault) in
            .list(try slices(try value.items("the input of slice"), try given[0].wholeNumber("slices"), given[1]))
        },
    ]

    private static let ordering: [Filter] = [
        Filter(
            "sort",
            [Parameter("reverse", false), Parameter("case_sensitive", false), Parameter("attribute", .null)]
        ) { (value, given) throws(Fault) in
            .list(
                try sorted(
                    try value.items("the input of sort"), descending: given[0].isTrue, caseSensitive: given[1].isTrue,
                    by: given[2]))
        },
        Filter("unique", [Parameter("case_sensitive", false), Parameter("attribute", .null)]) {
            (value, given) throws(Fault) in
            let items = try value.items("the input of unique")
            let keys = try keys(of: items, attribute: given[1], caseSensitive: given[0].isTrue)
            var seen: Set<TemplateValue> = []
            return .list(zip(items, keys).filter { seen.insert($0.1).inserted }.map(\.0))
        },
    ]

    private static let picking: [Filter] =
        [
            Filter("map", [Parameter("attribute"), Parameter("default", .null)]) { (value, given) throws(Fault) in
                var picked: [TemplateValue] = []
                for item in try value.items("the input of map") {
                    let found = try Access.path(try given[0].text("attribute"), of: item)
                    guard let value = found ?? given[1].ifPresent else {
                        throw Fault(
                            "an item has no \(try given[0].printed())", fix: "give map a default: map(…, default=\"–\")"
                        )
                    }
                    picked.append(value)
                }
                return .list(picked)
            }
        ]
        + [("selectattr", true), ("rejectattr", false)].map { name, wanted in
            Filter(name, [Parameter("attribute"), Parameter("test", "true"), Parameter("value", .null)]) {
                (value, given) throws(Fault) in
                var kept: [TemplateValue] = []
                for item in try value.items("the input of \(name)") {
                    let found = try Access.path(try given[0].text("attribute"), of: item)
                    if try passes(found, given[1], given[2]) == wanted { kept.append(item) }
                }
                return .list(kept)
            }
        }

    private static let entries: [Filter] = [
        Filter("keys") { (value, _) throws(Fault) in .list(try map(value).keys.sorted().map(TemplateValue.string)) },
        Filter("values") { (value, _) throws(Fault) in
            .list(try map(value).sorted { $0.key < $1.key }.map(\.value))
        },
        Filter("items") { (value, _) throws(Fault) in
            .list(try map(value).sorted { $0.key < $1.key }.map { .list([.string($0.key), $0.value]) })
        },
    ]

    private static func map(_ value: TemplateValue) throws(Fault) -> TemplateMap {
        if case .map(let entries) = value { return entries }
        throw Fault("a map was expected, and this is \(value.kindName)")
    }

    private static func end(
        of value: TemplateValue, _ name: String, _ pick: ([TemplateValue]) -> TemplateValue?,
        text: (String) -> Character?
    ) throws(Fault) -> TemplateValue {
        if case .string(let whole) = value, let character = text(whole) { return .string(String(character)) }
        if case .string = value { throw Fault("an empty text has no \(name) character") }
        guard let item = pick(try value.items("the input of \(name)")) else {
            throw Fault("an empty list has no \(name) item", fix: "ask for it first: {% if … %}")
        }
        return item
    }

    static func attributes(_ path: TemplateValue, of items: [TemplateValue]) throws(Fault) -> [TemplateValue] {
        let path = try path.text("attribute")
        var values: [TemplateValue] = []
        for item in items {
            guard let value = try Access.path(path, of: item) else { throw Fault("an item has no \(path)") }
            values.append(value)
        }
        return values
    }

    private static func keys(
        of items: [TemplateValue], attribute: TemplateValue, caseSensitive: Bool
    ) throws(Fault) -> [TemplateValue] {
        let values = attribute == .null ? items : try attributes(attribute, of: items)
        guard !caseSensitive else { return values }
        return values.map { if case .string(let text) = $0 { .string(text.lowercased()) } else { $0 } }
    }

    /// A stable sort; descending keeps the order of equals, as Python's `sorted(reverse=True)` does.
    private static func sorted(
        _ items: [TemplateValue], descending: Bool, caseSensitive: Bool, by attribute: TemplateValue
    ) throws(Fault) -> [TemplateValue] {
        let keys = try keys(of: items, attribute: attribute, caseSensitive: caseSensitive)
        if let first = keys.first {
            for key in keys { _ = try Operation.isLess(first, key) }
        }
        // The keys were just found to be comparable, so that a failure cannot occur while sorting.
        func comesBefore(_ left: Int, _ right: Int) -> Bool {
            if isLess(keys[left], keys[right]) { return !descending }
            if isLess(keys[right], keys[left]) { return descending }
            return left < right
        }
        return items.indices.sorted(by: comesBefore).map { items[$0] }
    }

    private static func isLess(_ left: TemplateValue, _ right: TemplateValue) -> Bool {
        do throws(Fault) { return try Operation.isLess(left, right) } catch { return false }
    }

    private static func batches(
        _ items: [TemplateValue], _ size: Int, _ fill: TemplateValue
    ) throws(Fault) -> [TemplateValue] {
        guard (1...10_000).contains(size) else { throw Fault("the size of a batch must be from 1 to 10000") }
        return stride(from: 0, to: items.count, by: size).map { start in
            var batch = Array(items[start..<min(start + size, items.count)])
            if fill != .null { batch += Array(repeating: fill, count: size - batch.count) }
            return .list(batch)
        }
    }

    /// As Jinja: the first `count % slices` lists get one item more; the others are filled if there is a fill.
    private static func slices(
        _ items: [TemplateValue], _ slices: Int, _ fill: TemplateValue
    ) throws(Fault) -> [TemplateValue] {
        guard (1...10_000).contains(slices) else { throw Fault("the number of slices must be from 1 to 10000") }
        let (each, more) = (items.count / slices, items.count % slices)
        return (0..<slices).map { number in
            let start = number * each + min(number, more)
            var slice = Array(items[start..<(start + each + (number < more ? 1 : 0))])
            if fill != .null, number >= more { slice.append(fill) }
            return .list(slice)
        }
    }

    private static func passes(
        _ found: TemplateValue?, _ test: TemplateValue, _ argument: TemplateValue
    ) throws(Fault) -> Bool {
        let name = try test.text("test")
        if name == "defined" || name == "undefined" { return (found != nil) == (name == "defined") }
        guard let test = Test.named(name) else {
            throw Fault("there is no test \(name)", fix: suggestion(for: name, among: Test.names, called: "test"))
        }
        guard let found else { return false }
        if name == "true" { return found.isTrue }
        return try test.apply(found, test.parameters.isEmpty ? [] : [argument])
    }
}
