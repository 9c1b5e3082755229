/// The wanted fields of the objects at one depth of exploded records, found while the object is read.
///
/// The keys of one object are expected in the order of the one before; any other order is right too, only slower.
/// Whatever is not wanted is checked and skipped.
struct JSONShape {
    private struct Node {
        var names: [(name: [UInt8], target: KeyTarget)] = []
        let layout = KeyLayout()
    }

    /// Where the container of the next depth stands, once it has been met.
    private(set) var inner: (range: Range<Int>, line: Int)?
    private var nodes = [Node()]
    private let level: UInt8
    /// The slot of a record that is not an object; −1 if it is not wanted.
    let valueSlot: Int
    /// The slot of the key under which a record was found; −1 if it is not wanted.
    let keySlot: Int
    /// Whether the record itself is the container of the next depth.
    private let isItselfInner: Bool

    /// The shape for these columns; `innerKeys` lead to the container of the next depth, if there is one.
    init(columns: [String], innerKeys: [String]?, level: Int) {
        self.level = UInt8(clamping: level)
        valueSlot = columns.firstIndex(of: "@value") ?? -1
        keySlot = columns.firstIndex(of: "@key") ?? -1
        isItselfInner = innerKeys?.isEmpty ?? false
        for (slot, column) in columns.enumerated() where !column.hasPrefix("@") {
            insert(RecordPath.keys(of: column)) { $0.slot = slot }
            if column.contains(".") { insert([column]) { $0.slot = slot } }
        }
        if let innerKeys, !innerKeys.isEmpty { insert(innerKeys) { $0.isInner = true } }
    }

    private mutating func insert(_ path: [String], _ change: (inout KeyTarget) -> Void) {
        var node = 0
        for (depth, key) in path.enumerated() {
            let name = Array(key.utf8)
            let place = nodes[node].names.firstIndex { $0.name == name } ?? nodes[node].names.count
            if place == nodes[node].names.count { nodes[node].names.append((name, KeyTarget())) }
            if depth == path.count - 1 { return change(&nodes[node].names[place].target) }
            if nodes[node].names[place].target.child < 0 {
                nodes[node].names[place].target.child = nodes.count
                nodes.append(Node())
            }
            node = nodes[node].names[place].target.child
        }
    }

    /// Reads the record at the cursor into its cells; false as in `JSONGrammar`.
    @inline(__always)
    mutating func read(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ cells: PlainArray<Cell>) -> Bool {
        inner = nil
        guard let byte = cursor.next(bytes) else { return false }
        if byte == 0x7B, !isItselfInner { return object(bytes, &cursor, 0, cells, depth: 0) }
        return value(bytes, &cursor, KeyTarget(slot: valueSlot, isInner: isItselfInner), cells, depth: 0)
    }

    private mutating func object(
        _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ node: Int, _ cells: PlainArray<Cell>, depth: Int
    ) -> Bool {
        cursor.at += 1
        guard let first = cursor.next(bytes) else { return false }
        if first == 0x7D {
            cursor.at += 1
            return true
        }
        let layout = nodes[node].layout
        var place = 0
        while true {
            if PlainMembers.read(bytes, &cursor, layout, &place, cells, level: level) { return true }
            guard let byte = cursor.next(bytes), byte == Ascii.quote,
                let target = key(bytes, &cursor, node, &place)
            else { return false }
            guard JSONGrammar.colon(bytes, &cursor), value(bytes, &cursor, target, cells, depth: depth),
                let more = JSONGrammar.separator(bytes, &cursor, closing: 0x7D)
            else { return false }
            if !more { return true }
        }
    }

    @inline(__always)
    private mutating func value(
        _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ target: KeyTarget, _ cells: PlainArray<Cell>, depth: Int
    ) -> Bool {
        guard let byte = cursor.next(bytes) else { return false }
        let start = cursor.at
        let line = cursor.line
        var kind = Cell.Kind.composite
        switch byte {
        case Ascii.quote:
            guard let isEscaped = JSONGrammar.skipText(bytes, &cursor) else { return false }
            kind = isEscaped ? .escaped : .text
        case Ascii.minus, Ascii.zero...Ascii.nine:
            guard JSONGrammar.skipNumber(bytes, &cursor) else { return false }
            kind = .number
        default:
            guard other(byte, bytes, &cursor, target, cells, depth: depth) else { return false }
            if byte < 0x7B, byte != 0x5B { kind = byte == 0x74 ? .yes : byte == 0x66 ? .no : .null }
        }
        if target.isInner { inner = (start..<cursor.at, line) }
        if target.slot >= 0 {
            let quotes = byte == Ascii.quote ? 1 : 0
            let before = cells[target.slot]
            if before.kind != .absent, before.level == level { cursor.repeatedKeys += 1 }
            cells[target.slot] = Cell(start: start + quotes, end: cursor.at - quotes, kind: kind, level: level)
        }
        return true
    }

    /// A value that is neither text nor number.
    @inline(never)
    private mutating func other(
        _ byte: UInt8, _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ target: KeyTarget,
        _ cells: PlainArray<Cell>, depth: Int
    ) -> Bool {
        guard byte == 0x7B, target.child >= 0 else { return JSONGrammar.skipValue(bytes, &cursor, depth: depth + 1) }
        return depth < JSONGrammar.maximumDepth
            && object(bytes, &cursor, target.child, cells, depth: depth + 1)
    }

    /// What the key at the cursor leads to; the one behind it in the layout is expected next.
    @inline(never)
    private mutating func key(
        _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ node: Int, _ place: inout Int
    ) -> KeyTarget? {
        let start = cursor.at
        guard let isEscaped = JSONGrammar.skipText(bytes, &cursor) else { return nil }
        let raw = start..<cursor.at
        if let known = nodes[node].layout.find(bytes, raw, near: place) {
            place = known.place + 1
            return known.target
        }
        var name: [UInt8] = []
        Cell(start: raw.lowerBound + 1, end: raw.upperBound - 1, kind: isEscaped ? .escaped : .text)
            .decode(bytes, .none, into: &name)
        let target = nodes[node].names.first { $0.name == name }?.target ?? KeyTarget()
        if nodes[node].layout.learn(bytes, raw, target, at: place) { place += 1 }
        return target
    }
}
