/// People by age band, region and gender, made as coarse as it takes for every group to have k people.
///
/// Of all ways to coarsen (region to its part before the first dash, then to any; age to below and from 30, then to any; gender
/// to any) the one with the fewest steps is taken in which every group has k; among equals the one that keeps age, then region.
/// This is full-domain generalisation (P. Samarati, IEEE TKDE 13 (2001) 1010–1027, doi:10.1109/69.971193).
public struct GeneralisedAttributes: Sendable, Hashable {
    /// Steps taken: age, region, gender.
    public let steps: [Int]
    /// The groups with their sizes, checked again after coarsening.
    public let table: PublishedTable
    /// The size of the smallest group; nil where nothing can be published.
    public let smallest: Int?

    init(_ people: [PersonSummary], publishing: inout Publishing) {
        let described = people.filter { person in
            [.ageBand, .region, .gender].contains { person.words[$0] != nil }
        }
        var found: (steps: [Int], names: [String])?
        for steps in Self.lattice {
            let names = described.map { Self.name($0, steps) }
            let sizes = names.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            if sizes.values.allSatisfy({ $0 >= publishing.k }) {
                found = (steps, names)
                break
            }
        }
        steps = found?.steps ?? [2, 2, 1]
        table = publishing.table(
            "attributes", (found?.names ?? []).map { ($0, "people") }, columnOrder: ["people"], others: "others")
        smallest = table.table.value?.rowTotals.min()
    }

    /// Every choice of steps, the fewest first.
    private static let lattice: [[Int]] = {
        var all: [[Int]] = []
        for age in 0...2 { for region in 0...2 { for gender in 0...1 { all.append([age, region, gender]) } } }
        return all.sorted { a, b in
            let (x, y) = (a.reduce(0, +), b.reduce(0, +))
            return x != y ? x < y : a.lexicographicallyPrecedes(b)
        }
    }()

    private static func name(_ person: PersonSummary, _ steps: [Int]) -> String {
        var parts: [String] = []
        let age = person.words[.ageBand]
        switch steps[0] {
        case 0: parts.append(age ?? "no age")
        case 1: parts.append(age.map { ["<18", "18–29"].contains($0) ? "<30" : "30+" } ?? "no age")
        default: break
        }
        let region = person.words[.region]
        switch steps[1] {
        case 0: parts.append(region ?? "no region")
        case 1: parts.append(region.map { String($0.prefix { $0 != "-" }) } ?? "no region")
        default: break
        }
        if steps[2] == 0 { parts.append(person.words[.gender] ?? "no gender") }
        return parts.isEmpty ? "everybody" : parts.joined(separator: ", ")
    }
}
