import Model
import Statistics

/// Bins and groups as bytes, the same in stored partials, in registers and in the snapshot of a catalogue.
extension ByteWriter {
    /// Writes bins: their kind, then their numbers.
    public mutating func write(_ bins: BinScheme) {
        switch bins {
        case .linear(let lower, let upper, let count):
            write(byte: 0)
            write(lower)
            write(upper)
            write(count)
        case .logarithmic(let error):
            write(byte: 1)
            write(error)
        }
    }

    /// Writes a group: its kind, then its names and values.
    public mutating func write(_ group: Group) {
        switch group {
        case .all: write(byte: 0)
        case .value(let dimension, let value):
            write(byte: 1)
            for text in [dimension, value] { write(text) }
        case .pair(let first, let firstValue, let second, let secondValue):
            write(byte: 2)
            for text in [first, firstValue, second, secondValue] { write(text) }
        }
    }
}

extension ByteReader {
    /// Reads bins. Throws `.invalid` for a kind that there is not and for bins that cannot be.
    public mutating func bins() throws(DecodingFailure) -> BinScheme {
        let scheme: BinScheme
        switch try byte() {
        case 0: scheme = .linear(lower: try double(), upper: try double(), count: try count())
        case 1: scheme = .logarithmic(relativeError: try double())
        default: throw .invalid("kind of bins")
        }
        guard Bins(scheme).isValid else { throw .invalid("bins") }
        return scheme
    }

    /// Reads a group. Throws `.invalid` for a kind that there is not.
    public mutating func group() throws(DecodingFailure) -> Group {
        switch try byte() {
        case 0: return .all
        case 1: return .value(dimension: try text(), value: try text())
        case 2:
            return .pair(
                first: try text(), firstValue: try text(), second: try text(), secondValue: try text())
        default: throw .invalid("kind of group")
        }
    }
}
