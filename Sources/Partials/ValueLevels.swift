import Model
import Statistics

/// The values of a metric put together until each level is of enough people.
///
/// From the smallest value up, neighbouring values are joined until k people have one of them; what is left at the end joins the last
/// level. A level is told as its value that k people share (the most frequent one), else as its mean, rounded to a step
/// of at least its width over its number of records, so that the level of another night does not tell who came. The values
/// of records that name nobody stay where all records of a value are known to be such. People are counted in samples: fewer may be
/// counted than there are, never more. Values 0 and 1 alone stay, in groups as well, because number and mean tell how many there are of
/// each anyway.
struct ValueLevels {
    /// A distinct value or bin.
    struct Entry {
        let key: Double
        let value: Double
        let count: Int
    }

    /// A record whose person is known: its value or bin, and the person, 0 for nobody.
    typealias Row = (key: Double, person: UInt64)

    /// Whether the values are told apart, or only their bins.
    let isExact: Bool
    private let bins: Bins
    /// Whether there are no other values than 0 and 1.
    private let isYesNo: Bool
    /// The greatest key of each level, ascending.
    private let ends: [Double]
    /// What each level is told as: a value, or the number of a bin.
    private let told: [Double]
    /// For groups, the level that each level is counted at; those that are not here stay.
    private var moved: [Group: [Int]] = [:]

    /// The levels of all values of a metric.
    init(_ counts: BinnedCounts, rows: [(value: Double, person: UInt64)], k: Int) {
        let bins = counts.bins
        let entries: [Entry]
        let isExact: Bool
        switch counts.content {
        case .exact(let values, let numbers):
            isExact = true
            entries = zip(values, numbers).map { Entry(key: $0, value: $0, count: $1) }
        case .binned(let indices, let numbers):
            isExact = false
            entries = zip(indices, numbers).map {
                Entry(key: Double($0), value: bins.representative(of: $0), count: $1)
            }
        }
        self.bins = bins
        self.isExact = isExact
        isYesNo = isExact && entries.allSatisfy { $0.value == 0 || $0.value == 1 }
        if isYesNo {
            self.ends = entries.map(\.key)
            self.told = entries.map(\.key)
            return
        }
        let keyed = rows.map { Row(key: isExact ? $0.value : Double(bins.index(of: $0.value)), person: $0.person) }
        let runs = Self.runs(of: entries, rows: keyed.sorted { $0.key < $1.key }, k: k)
        self.ends = runs.map { entries[$0.range.upperBound - 1].key }
        var told: [Double] = []
        for run in runs {
            let mean = Self.coarseMean(entries[run.range], within: bins)
            let value = run.shared.map { entries[$0].key } ?? (isExact ? mean : Double(bins.index(of: mean)))
            // Rounding never puts a level below the one before.
            told.append(max(value, told.last ?? value))
        }
        self.told = told
    }

    /// The level of a value.
    func level(of value: Double) -> Int {
        let key = isExact ? value : Double(bins.index(of: value))
        return min(ends.count - 1, ends.partitioningIndex { $0 >= key })
    }

    /// Puts levels of a group together until each is of enough people of it; a joined level is counted at the one of its own that
    /// lies nearest to its mean.
    mutating func join(_ group: Group, _ counts: BinnedCounts, rows: [(value: Double, person: UInt64)], k: Int) {
        guard told.count > 1, !isYesNo else { return }
        let sizes = self.counts(counts)
        let own = sizes.keys.sorted()
        let entries = own.map { Entry(key: Double($0), value: value(of: $0), count: sizes[$0] ?? 0) }
        let keyed = rows.map { Row(key: Double(level(of: $0.value)), person: $0.person) }
        var places = Array(told.indices)
        for run in Self.runs(of: entries, rows: keyed.sorted { $0.key < $1.key }, k: k) {
            let n = entries[run.range].reduce(0) { $0 + $1.count }
            let mean = entries[run.range].reduce(0) { $0 + $1.value * Double($1.count) } / Double(n)
            let nearest = run.range.min { abs(entries[$0].value - mean) < abs(entries[$1].value - mean) }
            guard let place = run.shared ?? nearest else { continue }
            for entry in run.range { places[own[entry]] = own[place] }
        }
        moved[group] = places
    }

    /// The counts of a group as they may be told.
    func held(_ counts: BinnedCounts, of group: Group) -> BinnedCounts {
        let places = moved[group]
        var sums: [Double: Int] = [:]
        for (level, count) in self.counts(counts) { sums[told[places?[level] ?? level], default: 0] += count }
        let sorted = sums.sorted { $0.key < $1.key }
        let content: BinnedCounts.Content =
            isExact
            ? .exact(values: sorted.map(\.key), counts: sorted.map(\.value))
            : .binned(indices: sorted.map { Int32($0.key) }, counts: sorted.map(\.value))
        // Never more levels than there were values, and sorted: the parts always fit.
        return BinnedCounts(bins: bins, content: content) ?? BinnedCounts(bins: bins)
    }

    private func counts(_ counts: BinnedCounts) -> [Int: Int] {
        var sizes: [Int: Int] = [:]
        switch counts.content {
        case .exact(let values, let numbers):
            for (value, number) in zip(values, numbers) { sizes[level(of: value), default: 0] += number }
        case .binned(let indices, let numbers):
            for (index, number) in zip(indices, numbers) {
                let place = ends.partitioningIndex { $0 >= Double(index) }
                sizes[min(ends.count - 1, place), default: 0] += number
            }
        }
        return sizes
    }

    private func value(of level: Int) -> Double {
        isExact ? told[level] : bins.representative(of: Int32(told[level]))
    }

    /// Runs of neighbours of enough people, each with its most frequent entry that is of enough people by itself.
    private static func runs(
        of entries: [Entry], rows: [Row], k: Int
    ) -> [(range: Range<Int>, shared: Int?)] {
        var runs: [(range: Range<Int>, shared: Int?)] = []
        var (start, next) = (0, 0)
        var people: Set<UInt64> = []
        var shared: Int?
        for (place, entry) in entries.enumerated() {
            var own: Set<UInt64> = []
            var nobody = 0
            while next < rows.count, rows[next].key <= entry.key {
                if rows[next].person == 0 { nobody += 1 } else { own.insert(rows[next].person) }
                next += 1
            }
            people.formUnion(own)
            let isOfNobody = own.isEmpty && nobody >= entry.count
            if own.count >= k || (isOfNobody && place == start) {
                shared = shared.flatMap { entries[$0].count >= entry.count ? $0 : nil } ?? place
            }
            if people.count >= k || (isOfNobody && place == start) {
                runs.append((start..<place + 1, shared))
                (start, people, shared) = (place + 1, [], nil)
            }
        }
        if start < entries.count {
            let last = runs.popLast()
            runs.append(((last?.range.lowerBound ?? 0)..<entries.count, last?.shared))
        }
        return runs
    }

    private static func coarseMean(_ entries: ArraySlice<Entry>, within bins: Bins) -> Double {
        guard let first = entries.first, let last = entries.last else { return 0 }
        let n = Double(entries.reduce(0) { $0 + $1.count })
        let mean = entries.reduce(0) { $0 + $1.value * Double($1.count) } / n
        let width = last.value - first.value
        guard width > 0, width.isFinite else { return mean }
        let value = NiceStep.atLeast(width / n).nearest(mean)
        guard case .linear(let lower, let upper, _) = bins else { return value }
        return Swift.min(Swift.max(value, Swift.min(lower, mean)), Swift.max(upper, mean))
    }
}
