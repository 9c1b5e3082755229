/// Path data as Cairo writes it, and as a page should carry it.
enum PathData {
    /// A pixel rounded to a tenth, without needless digits.
    static func number(_ value: Double) -> String {
        var bytes: [UInt8] = []
        append(tenths: tenths(value), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Cairo's `M 10 20 L 30.5 40 L 30.5 50 Z M 10 20 ` as `M10 20l20.5 20v10z`: rounded to tenths, then relative.
    ///
    /// Rounding comes first, so that errors do not add up. A point that repeats the one before is left out unless it is a
    /// dot (a line of no length, `h0`), and so is the move that Cairo writes after closing a path.
    static func compact(_ data: String) -> String {
        var writer = Writer()
        var number = DecimalScan()
        var x: Int?
        var isMove = false
        let bytes = data.utf8.span
        // What ends the last number is as good as a blank.
        for place in 0...bytes.count {
            let byte = place < bytes.count ? bytes[place] : 0x20
            switch byte {
            case 0x4D, 0x4C: (isMove, x) = (byte == 0x4D, nil)
            case 0x5A: writer.close()
            case 0x20:
                guard let value = number.take() else { continue }
                guard let before = x else {
                    x = tenths(value)
                    continue
                }
                if isMove { writer.move(before, tenths(value)) } else { writer.line(before, tenths(value)) }
                x = nil
            default: number.add(byte)
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Reads a number such as `-10.121094` byte by byte; Cairo writes no exponents, and digits enough for any pixel fit.
    private struct DecimalScan {
        private var digits = 0.0
        private var scale = 1.0
        private var isNegative = false
        private var isFraction = false
        private var hasDigits = false

        mutating func add(_ byte: UInt8) {
            switch byte {
            case 0x2D: isNegative = true
            case 0x2E: isFraction = true
            case 0x30...0x39:
                digits = digits * 10 + Double(byte - 0x30)
                if isFraction { scale *= 10 }
                hasDigits = true
            default: break
            }
        }

        /// The number so far, nil for none; the next one starts anew.
        mutating func take() -> Double? {
            defer { self = DecimalScan() }
            return hasDigits ? (isNegative ? -digits : digits) / scale : nil
        }
    }

    /// The numbers of the shapes whose colours stand in a style.
    ///
    /// Cairo writes colours as `rgb(12.156863%,0%,70.588235%)`, for a filling or for a stroke; the other one is `none`. A
    /// filling and a stroke of the same path that follow each other become one path with both colours.
    static func shapeIndices(style: String) -> [Int] {
        var indices: [Int] = []
        var (index, shares) = (0, 0)
        var number = DecimalScan()
        var before: UInt8 = 0
        let bytes = style.utf8.span
        for place in bytes.indices {
            let byte = bytes[place]
            switch byte {
            // Only a colour has brackets: what was read before one is a width or a limit.
            case 0x28: (index, shares, number) = (0, before == 0x62 ? 0 : 4, DecimalScan())
            case 0x2C, 0x29:
                if let share = number.take() {
                    index = index << 8 | Int((share * 255 / 100).rounded())
                    shares += 1
                }
                if byte == 0x29, shares == 3 { indices.append(index) }
            default: number.add(byte)
            }
            before = byte
        }
        return indices
    }

    /// Tenths of a pixel; what is no number is 0, and a billion pixels are enough.
    private static func tenths(_ value: Double) -> Int {
        value.isNaN ? 0 : Int((min(1e9, max(-1e9, value)) * 10).rounded())
    }

    private static func append(tenths: Int, to bytes: inout [UInt8]) {
        if tenths < 0 { bytes.append(0x2D) }
        let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
        if whole > 0 || rest == 0 { append(digits: whole, to: &bytes) }
        if rest > 0 {
            bytes.append(0x2E)
            bytes.append(0x30 + UInt8(rest))
        }
    }

    private static func append(digits number: Int, to bytes: inout [UInt8]) {
        if number > 9 { append(digits: number / 10, to: &bytes) }
        bytes.append(0x30 + UInt8(number % 10))
    }

    /// Writes moves and lines in tenths of pixels.
    private struct Writer {
        var bytes: [UInt8] = []
        private var place: (x: Int, y: Int) = (0, 0)
        private var start: (x: Int, y: Int) = (0, 0)
        /// A move that no line has followed yet.
        private var pending: (x: Int, y: Int)?
        private var letter: UInt8 = 0
        private var hasDrawn = false

        mutating func move(_ x: Int, _ y: Int) { pending = (x, y) }

        mutating func line(_ x: Int, _ y: Int) {
            if let (x, y) = pending {
                bytes.append(0x4D)
                write(x, isFirst: true)
                write(y, isFirst: false)
                (place, start, pending, letter, hasDrawn) = ((x, y), (x, y), nil, 0, false)
            }
            let (dx, dy) = (x - place.x, y - place.y)
            if dx == 0, dy == 0, hasDrawn { return }
            place = (x, y)
            hasDrawn = true
            if dy == 0 {
                command(0x68)
                write(dx, isFirst: letter != 0x68)
                letter = 0x68
            } else if dx == 0 {
                command(0x76)
                write(dy, isFirst: letter != 0x76)
                letter = 0x76
            } else {
                command(0x6C)
                write(dx, isFirst: letter != 0x6C)
                write(dy, isFirst: false)
                letter = 0x6C
            }
        }

        mutating func close() {
            guard pending == nil else { return }
            bytes.append(0x7A)
            (place, letter) = (start, 0)
        }

        private mutating func command(_ next: UInt8) { if letter != next { bytes.append(next) } }

        /// A number; one that starts with a sign needs no blank before it.
        private mutating func write(_ tenths: Int, isFirst: Bool) {
            if !isFirst, tenths >= 0 { bytes.append(0x20) }
            PathData.append(tenths: tenths, to: &bytes)
        }
    }
}
