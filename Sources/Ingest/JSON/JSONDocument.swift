/// Goes through one JSON document of any size and stops at each unit: what the first `[]` or `{}` of the path yields.
///
/// What stands beside the path is checked and skipped. A document that breaks off or breaks the grammar cannot be
/// trusted behind that place, so reading ends there; the units before it count.
struct JSONDocument {
    /// Reads the value at the cursor and takes it over; false if it is not right, or not all there (`isStarved`).
    /// The flag says that nothing follows the text, so that what ends with it is whole.
    typealias Unit = (Span<UInt8>, inout JSONCursor, _ key: Cell?, _ isComplete: Bool) throws -> Bool

    private var window: ByteWindow
    private let path: [RecordPath.Step]
    private let limits: ReadLimits
    /// The line that has been reached.
    private(set) var line = 1
    /// How often a wanted key stood twice in an object.
    private(set) var repeatedKeys = 0
    /// Whether a place of the path was not there.
    private(set) var lacksPath = false

    /// The path leads down to and with the first `[]` or `{}`; without one its value is the only unit. An empty path
    /// takes each top-level value.
    init(_ window: ByteWindow, path: [RecordPath.Step], limits: ReadLimits) {
        self.window = window
        self.path = path
        self.limits = limits
    }

    /// Why the text ended early.
    var failure: IngestError? { window.failure }

    /// The first bytes of what could not be read.
    var remainder: String { window.excerpt }

    /// Reads everything. Returns false if the document is broken, at `line`.
    mutating func read(_ unit: Unit) throws -> Bool {
        while try attempt({ bytes, cursor, _ in cursor.next(bytes) != nil }) {
            guard try descend(0, unit) else { return false }
        }
        return window.failure == nil
    }

    /// Reads everything with a unit that throws nothing.
    mutating func readAll(
        _ unit: (Span<UInt8>, inout JSONCursor, _ key: Cell?, _ isComplete: Bool) -> Bool
    ) -> Bool {
        do {
            return try read(unit)
        } catch {
            return false  // cannot be: only the unit throws, and this one does not
        }
    }

    private mutating func descend(_ depth: Int, _ unit: Unit) throws -> Bool {
        guard depth < path.count else {
            return try attempt { bytes, cursor, isComplete in
                guard cursor.next(bytes) != nil else { return false }
                return try unit(bytes, &cursor, nil, isComplete)
            }
        }
        guard case .key(let name) = path[depth] else { return try readElements(unit) }
        return try readMember(named: Array(name.utf8), depth, unit)
    }

    /// Goes down into one key of an object and skips the others.
    private mutating func readMember(named wanted: [UInt8], _ depth: Int, _ unit: Unit) throws -> Bool {
        guard var members = try open(onlyObjects: true) else { return try skip() }
        var isThere = false
        while true {
            var name: [UInt8]?
            let isRight = try attempt { bytes, cursor, _ in
                var following = members
                let key = following.next(bytes, &cursor)
                guard !following.isBroken else { return false }
                name = key.map { Self.text($0, bytes) }
                members = following
                return true
            }
            guard isRight else { return false }
            guard let name else { break }
            if name == wanted {
                isThere = true
                guard try descend(depth + 1, unit) else { return false }
            } else {
                guard try skip() else { return false }
            }
        }
        if !isThere { lacksPath = true }
        return true
    }

    /// Each value of the container at the cursor is a unit.
    private mutating func readElements(_ unit: Unit) throws -> Bool {
        guard var elements = try open(onlyObjects: false) else { return try skip() }
        var isOver = false
        while !isOver {
            let isRight = try attempt { bytes, cursor, isComplete in
                var following = elements
                guard let key = following.next(bytes, &cursor) else {
                    isOver = !following.isBroken
                    return isOver
                }
                guard try unit(bytes, &cursor, key.kind == .absent ? nil : key, isComplete) else { return false }
                elements = following
                return true
            }
            guard isRight else { return false }
        }
        return true
    }

    /// Opens the container at the cursor; nil if the value is none, which is noted.
    private mutating func open(onlyObjects: Bool) throws -> JSONContainer? {
        var container: JSONContainer?
        let isRight = try attempt { bytes, cursor, _ in
            guard let byte = cursor.next(bytes) else { return false }
            guard byte == 0x7B || (byte == 0x5B && !onlyObjects) else { return true }
            container = JSONContainer(opening: bytes, &cursor)
            return true
        }
        if isRight, container == nil { lacksPath = true }
        return container
    }

    private mutating func skip() throws -> Bool {
        try attempt { bytes, cursor, _ in JSONGrammar.skipValue(bytes, &cursor) }
    }

    /// Runs a reading at the front of the window, again with more text for as long as it is starved, and consumes
    /// what it read.
    private mutating func attempt(
        _ body: (Span<UInt8>, inout JSONCursor, _ isComplete: Bool) throws -> Bool
    ) throws -> Bool {
        while true {
            let isComplete = window.isComplete
            var cursor = JSONCursor(line: line, spansLines: true)
            let isRight = try run(body, &cursor, isComplete)
            if cursor.isStarved, !isComplete {
                guard !window.isAtEnd, window.count < limits.recordBytes else { return false }
                _ = window.refill()
                continue
            }
            line = cursor.line
            repeatedKeys += cursor.repeatedKeys
            guard isRight else { return false }
            window.consume(cursor.at)
            return true
        }
    }

    private func run(
        _ body: (Span<UInt8>, inout JSONCursor, _ isComplete: Bool) throws -> Bool, _ cursor: inout JSONCursor,
        _ isComplete: Bool
    ) throws -> Bool {
        try body(window.buffer.span.extracting(window.start..<window.end), &cursor, isComplete)
    }

    private static func text(_ key: Cell, _ bytes: Span<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        key.decode(bytes, .none, into: &text)
        return text
    }
}
