/// Path data as Cairo writes it, and as a page should carry it.
enum PathData {
    /// A pixel rounded to a tenth, without needless digits.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
        let sign = tenths < 0 ? "-" : ""
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
    }

    /// `M 10.04 20 L 30.5 40 Z` as `M10 20L30.5 40Z`.
    static func compact(_ data: String) -> String {
        var text = ""
        text.reserveCapacity(data.utf8.count)
        var needsSpace = false
        for word in data.split(separator: " ") {
            if let value = Double(word) {
                if needsSpace { text += " " }
                text += number(value)
                needsSpace = true
            } else {
                text += word
                needsSpace = false
            }
        }
        return text
    }

    /// The number of the shape whose colour stands in a style; nil if there is no colour.
    ///
    /// Cairo writes colours as `rgb(12.156863%,0%,70.588235%)`, for a filling or for a stroke; the other one is `none`.
    static func shapeIndex(style: String) -> Int? {
        guard let start = style.firstRange(of: "rgb(")?.upperBound, let end = style[start...].firstIndex(of: ")") else {
            return nil
        }
        let parts = style[start..<end].split(separator: ",").compactMap { Double($0.filter { $0 != "%" && $0 != " " }) }
        guard parts.count == 3 else { return nil }
        let bytes = parts.map { Int(($0 * 255 / 100).rounded()) }
        return bytes[0] << 16 | bytes[1] << 8 | bytes[2]
    }
}
