import Statistics

extension RowBuilder {
    /// The word error rate of one cell's text against another's; NaN where either is missing, or nothing was said.
    func errorRate(_ reference: Int, _ hypothesis: Int, _ bytes: Span<UInt8>) -> Double {
        guard let said = text(of: reference, bytes), let heard = text(of: hypothesis, bytes) else { return .nan }
        do throws(Undefined) {
            return try WordErrorRate(reference: said, hypothesis: heard).rate
        } catch {
            return .nan
        }
    }

    /// The text of a cell; nil for a blank one and for what is no text.
    private func text(of slot: Int, _ bytes: Span<UInt8>) -> String? {
        let cell = cells[slot]
        switch cell.kind {
        case .absent, .null, .composite, .yes, .no: return nil
        default: break
        }
        var text: [UInt8] = []
        cell.decode(bytes, surroundings, into: &text)
        return text.contains { $0 > Ascii.space } ? String(decoding: text, as: UTF8.self) : nil
    }
}
