import Model

/// The records of a day divided by one dimension or one pair of dimensions.
struct Grouping {
    /// The groups that occur, ascending.
    let groups: [Group]
    /// Records (as places in the order of ranks), group by group; within a group in the order of ranks.
    let order: [Int32]
    /// Where each group starts in `order`, and the end of the last.
    let starts: [Int]
    /// How many values were left out because there are too many.
    let valuesLeftOut: Int

    /// The part of `order` that belongs to a group.
    func range(_ group: Int) -> Range<Int> { starts[group]..<starts[group + 1] }

    /// All records as one group.
    static func all(count: Int) -> Grouping {
        Grouping(groups: [.all], order: Array(0..<Int32(count)), starts: [0, count], valuesLeftOut: 0)
    }

    private init(groups: [Group], order: [Int32], starts: [Int], valuesLeftOut: Int) {
        self.groups = groups
        self.order = order
        self.starts = starts
        self.valuesLeftOut = valuesLeftOut
    }

    /// Divides by classes: `classes[i]` is the class of record i, −1 for none, and `groups` names the classes.
    init(classes: [Int32], groups: [Group], valuesLeftOut: Int) {
        var starts = [Int](repeating: 0, count: groups.count + 1)
        for number in classes where number >= 0 { starts[Int(number) + 1] += 1 }
        for number in groups.indices { starts[number + 1] += starts[number] }
        var next = starts
        var order = [Int32](repeating: 0, count: starts[groups.count])
        for (place, number) in classes.enumerated() where number >= 0 {
            order[next[Int(number)]] = Int32(place)
            next[Int(number)] += 1
        }
        self.init(groups: groups, order: order, starts: starts, valuesLeftOut: valuesLeftOut)
    }
}

/// The values of one dimension that get partials on a day.
struct DimensionClasses {
    /// The class of each record, in the order of ranks; −1 where the value is missing or left out.
    let classes: [Int32]
    /// The value of each class, in the order of their bytes.
    let values: [String]
    /// How many values were left out.
    let valuesLeftOut: Int

    /// Keeps the `limit` values with the most records (equals by their bytes).
    ///
    /// Texts that are equal as Unicode (one precomposed, one not) are one value, written as the first by its bytes.
    init(codes: [UInt32], dictionary: [String], limit: Int) {
        var sizes = [Int](repeating: 0, count: dictionary.count)
        for code in codes { sizes[Int(code)] += 1 }
        let precedes: (Int, Int) -> Bool = { dictionary[$0].utf8.lexicographicallyPrecedes(dictionary[$1].utf8) }
        var leaders: [String: Int] = [:]
        var leaderOf = [Int](repeating: 0, count: dictionary.count)
        for code in sizes.indices.dropFirst().filter({ sizes[$0] > 0 }).sorted(by: precedes) {
            let leader = leaders[dictionary[code]] ?? code
            leaders[dictionary[code]] = leader
            leaderOf[code] = leader
            if leader != code { sizes[leader] += sizes[code] }
        }
        let bySize: (Int, Int) -> Bool = { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : precedes($0, $1) }
        let used = leaders.values.sorted(by: bySize).prefix(limit).sorted(by: precedes)
        var classOf = [Int32](repeating: -1, count: dictionary.count)
        for (place, code) in used.enumerated() { classOf[code] = Int32(place) }
        classes = codes.map { $0 == 0 ? -1 : classOf[leaderOf[Int($0)]] }
        values = used.map { dictionary[$0] }
        valuesLeftOut = leaders.count - used.count
    }
}
