/// A pattern for paths: `*` and `?` within a part, `**` across parts, `[abc]`, `[a-z]` and `[!…]` for one byte.
public struct PathPattern: Sendable, Hashable {
    private let bytes: [UInt8]

    /// How many bytes at the beginning stand for themselves.
    private let plain: Int

    /// A pattern; every text is one.
    public init(_ text: String) {
        bytes = Array(text.utf8)
        plain = bytes.firstIndex { [0x2A, 0x3F, 0x5B].contains($0) } ?? bytes.count
    }

    /// Whether a text holds anything but plain characters.
    public static func isPattern(_ text: String) -> Bool { text.utf8.contains { [0x2A, 0x3F, 0x5B].contains($0) } }

    /// Whether the pattern matches the whole path. O(pattern × path).
    public func matches(_ path: String) -> Bool {
        let path = path.utf8
        guard path.starts(with: bytes[..<plain]) else { return false }
        // `states` holds the places in the pattern that are reachable with the bytes so far.
        var states: Set<Int> = closure([plain])
        for byte in path.dropFirst(plain) {
            var following: Set<Int> = []
            for state in states where state < bytes.count {
                if bytes[state] == 0x2A {
                    if isDoubleStar(state) || byte != Ascii.slash { following.insert(state) }
                } else if let width = width(at: state, accepting: byte) {
                    following.insert(state + width)
                }
            }
            states = closure(following)
            if states.isEmpty { return false }
        }
        return states.contains(bytes.count)
    }

    private func isDoubleStar(_ state: Int) -> Bool {
        (state + 1 < bytes.count && bytes[state + 1] == 0x2A) || (state > 0 && bytes[state - 1] == 0x2A)
    }

    /// A star may stand for nothing; `**/` too.
    private func closure(_ states: Set<Int>) -> Set<Int> {
        var all = states
        var open = Array(states)
        while let state = open.popLast() {
            guard state < bytes.count, bytes[state] == 0x2A else { continue }
            var next = [state + 1]
            let endsDouble = state > 0 && bytes[state - 1] == 0x2A
            if endsDouble, state + 1 < bytes.count, bytes[state + 1] == Ascii.slash { next.append(state + 2) }
            for place in next where all.insert(place).inserted { open.append(place) }
        }
        return all
    }

    /// How many bytes of the pattern the item at a place takes, if it matches the byte.
    private func width(at state: Int, accepting byte: UInt8) -> Int? {
        switch bytes[state] {
        case 0x3F: return byte == Ascii.slash ? nil : 1
        case 0x5B:
            guard let end = bytes[(state + 1)...].dropFirst().firstIndex(of: 0x5D) else {
                return byte == 0x5B ? 1 : nil
            }
            return bracket(bytes[(state + 1)..<end], contains: byte) ? end - state + 1 : nil
        default: return bytes[state] == byte ? 1 : nil
        }
    }

    private func bracket(_ inside: ArraySlice<UInt8>, contains byte: UInt8) -> Bool {
        let isNegated = inside.first == 0x21
        var rest = isNegated ? inside.dropFirst() : inside
        var isIn = false
        while let first = rest.popFirst() {
            if rest.first == Ascii.minus, rest.count >= 2 {
                let last = rest[rest.startIndex + 1]
                isIn = isIn || (first <= last && (first...last).contains(byte))
                rest = rest.dropFirst(2)
            } else {
                isIn = isIn || first == byte
            }
        }
        return isIn != isNegated && byte != Ascii.slash
    }
}
