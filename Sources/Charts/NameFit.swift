/// How names fit under their columns: all on one line, on two lines, or thinned evenly.
struct NameFit {
    /// Every how many columns a name stands.
    let every: Int
    /// The lines that a name may take, 1 or 2.
    let lines: Int
    /// The width that a name may take.
    let width: Double

    init(_ names: [String], slot: Double, _ measure: TextMeasure) {
        let widest = measure.widest(names, size: TextSize.tick)
        let room = slot - 5
        if widest <= room {
            (every, lines, width) = (1, 1, room)
        } else if slot >= 44 {
            (every, lines, width) = (1, 2, room)
        } else {
            // Too narrow for words of any length: few whole names say more than many stumps.
            every = max(1, Int(((min(widest, 120) + 8) / slot).rounded(.up)))
            (lines, width) = (1, slot * Double(every) - 5)
        }
    }
}
