/// A set number of plain values behind one reference: bounds are checked, uniqueness and exclusivity are not.
///
/// For what is written many times for each row, where an `Array` would ask each time whether it is shared. Whoever
/// copies the reference shares the values.
@safe final class PlainArray<Element: BitwiseCopyable> {
    private let memory: UnsafeMutablePointer<Element>
    let count: Int

    init(repeating value: Element, count: Int) {
        self.count = count
        unsafe memory = .allocate(capacity: max(1, count))
        unsafe memory.initialize(repeating: value, count: count)
    }

    convenience init(_ values: [Element], or filler: Element) {
        self.init(repeating: filler, count: values.count)
        for (index, value) in values.enumerated() { self[index] = value }
    }

    deinit {
        unsafe memory.deallocate()
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        get {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
            return unsafe memory[index]
        }
        set {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
            unsafe memory[index] = newValue
        }
    }

    /// Makes the values the same as those of another of the same size.
    @inline(__always)
    func copy(from other: PlainArray<Element>) {
        precondition(count == other.count, "the sizes differ")
        unsafe memory.update(from: other.memory, count: count)
    }

    /// Some of the values as an array.
    func array(_ range: Range<Int>) -> [Element] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range out of bounds")
        return unsafe Array(UnsafeBufferPointer(start: memory + range.lowerBound, count: range.count))
    }

    /// Calls a C function with the memory.
    @inline(__always)
    func withMemory<Result>(_ body: (UnsafeMutablePointer<Element>) -> Result) -> Result { unsafe body(memory) }
}
