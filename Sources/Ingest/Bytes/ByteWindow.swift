/// A stretch of a long text in one buffer: consumed at the front, refilled at the back.
///
/// Memory is one chunk and the longest record, whatever the length of the text. A failure while reading ends the
/// text there; what is behind the last whole record is then not a record.
struct ByteWindow {
    private let stage: (any ByteStage)?
    private let chunk: Int
    private(set) var buffer: [UInt8]
    private(set) var start = 0
    private(set) var end = 0
    /// Whether everything has been read into the window.
    private(set) var isAtEnd = false
    /// Why reading stopped early.
    private(set) var failure: IngestError?

    init(_ stage: any ByteStage, chunk: Int) {
        self.stage = stage
        self.chunk = chunk
        buffer = ByteWindow.room(max(chunk, 4096))
    }

    /// A text that is there already.
    init(whole bytes: [UInt8]) {
        stage = nil
        chunk = 0
        buffer = bytes
        end = bytes.count
        isAtEnd = true
    }

    /// How many bytes it holds.
    var count: Int { end - start }

    /// Whether the bytes it holds are the last and can be trusted to be complete.
    var isComplete: Bool { isAtEnd && failure == nil }

    /// Gives up the first bytes.
    mutating func consume(_ bytes: Int) { start += bytes }

    /// Reads one more chunk; false if there is none.
    mutating func refill() -> Bool {
        guard !isAtEnd, let stage else { return false }
        if start > 0 {
            let kept = start..<end
            unsafe buffer.withUnsafeMutableBytes {
                unsafe $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[kept]))
            }
            start = 0
            end = kept.count
        }
        if end == buffer.count { grow() }
        do {
            let got = try stage.read(into: &buffer, at: end, limit: min(chunk, buffer.count - end))
            end += got
            isAtEnd = got == 0
        } catch {
            failure = error
            isAtEnd = true
        }
        return !isAtEnd
    }

    private mutating func grow() {
        var wider = ByteWindow.room(2 * buffer.count)
        ByteWindow.copy(buffer, 0..<end, to: &wider)
        buffer = wider
    }

    /// Gives up the first bytes and the buffer in which they stand; what follows them moves to another one, for which
    /// the last of the spare ones is taken if it has the same size.
    mutating func take(_ length: Int, spares: inout [[UInt8]]) -> (bytes: [UInt8], range: Range<Int>) {
        let taken = start..<start + length
        var rest = spares.popLast() ?? []
        if rest.count != buffer.count { rest = ByteWindow.room(buffer.count) }
        ByteWindow.copy(buffer, taken.upperBound..<end, to: &rest)
        swap(&buffer, &rest)
        (start, end) = (0, end - taken.upperBound)
        return (rest, taken)
    }

    /// Bytes that are written before they are read.
    private static func room(_ count: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { _, filled in filled = count }
    }

    private static func copy(_ bytes: [UInt8], _ range: Range<Int>, to other: inout [UInt8]) {
        unsafe bytes.withUnsafeBytes { source in
            unsafe other.withUnsafeMutableBytes { target in
                unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[range]))
            }
        }
    }

    /// The first bytes, for a message.
    var excerpt: String { ByteText.string(buffer.span, start..<min(end, start + 80)) }

    /// How many bytes stand before the first such byte; nil if there is none.
    func find(_ byte: UInt8) -> Int? {
        let place = ByteScan.find(byte, buffer.span.extracting(start..<end), from: 0)
        return place < count ? place : nil
    }

    /// Reads until it holds that many bytes or everything.
    mutating func fill(_ wanted: Int) {
        while count < wanted, refill() {}
    }
}
