import Model

/// All ways in which the records of a day are divided: not at all, by each dimension, by each declared pair.
struct DayGroupings {
    /// All records first, then dimensions, then pairs, in the catalogue's order.
    let groupings: [Grouping]
    /// For each dimension how many values were left out.
    let valuesLeftOut: [Int]

    /// Divides records that are in the order of their ranks.
    init(_ records: RecordBatch, order: [Int32], catalogue: Catalogue, limit: Int) {
        let divided = catalogue.dimensions.indices.map { index in
            DimensionClasses(
                codes: records.dimensions[index].map { column in order.map { column[Int($0)] } } ?? [],
                dictionary: records.dictionaries[index], limit: limit)
        }
        var groupings = [Grouping.all(count: order.count)]
        for (dimension, divided) in zip(catalogue.dimensions, divided) {
            let groups = divided.values.map { Group.value(dimension: dimension.name, value: $0) }
            groupings.append(
                Grouping(classes: divided.classes, groups: groups, valuesLeftOut: divided.valuesLeftOut))
        }
        for pair in catalogue.pairs {
            groupings.append(
                DayGroupings.pair(
                    divided[pair.first], divided[pair.second],
                    names: (catalogue.dimensions[pair.first].name, catalogue.dimensions[pair.second].name)))
        }
        self.groupings = groupings
        valuesLeftOut = divided.map(\.valuesLeftOut)
    }

    private static func pair(
        _ first: DimensionClasses, _ second: DimensionClasses, names: (String, String)
    ) -> Grouping {
        guard first.classes.count == second.classes.count else {
            return Grouping(classes: [], groups: [], valuesLeftOut: 0)
        }
        let width = second.values.count
        var classOf = [Int32](repeating: -1, count: first.values.count * width)
        let combined = zip(first.classes, second.classes).map { a, b in a < 0 || b < 0 ? -1 : Int(a) * width + Int(b) }
        for number in combined where number >= 0 { classOf[number] = 0 }
        var groups: [Group] = []
        for number in classOf.indices where classOf[number] == 0 {
            classOf[number] = Int32(groups.count)
            groups.append(
                .pair(
                    first: names.0, firstValue: first.values[number / width], second: names.1,
                    secondValue: second.values[number % width]))
        }
        return Grouping(classes: combined.map { $0 < 0 ? -1 : classOf[$0] }, groups: groups, valuesLeftOut: 0)
    }
}
