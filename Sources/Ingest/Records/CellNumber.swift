/// What a cell says where a number is expected.
enum CellNumber {
    case value(Double)
    case missing
    case bad

    /// Reads text or a JSON number: words of the metric first, then a decimal number, a missing mark, and yes or no
    /// where the metric is a proportion. Blanks around it do not count.
    @inline(never)
    static func read(_ bytes: Span<UInt8>, _ range: Range<Int>, _ plan: ColumnPlan, _ metric: Int) -> CellNumber {
        let inner = ByteText.trimmed(bytes, range)
        if plan.missingNumbers.includesNumbers, plan.missingNumbers.contains(bytes, inner) { return .missing }
        if !plan.metrics[metric].hasWords {
            if let value = DecimalNumber.value(bytes, inner, mark: plan.decimalMark) { return usable(value) }
        }
        return readWord(bytes, inner, plan, metric)
    }

    /// A number whose square, and a billion of them, can still be summed; no quantity of this world is larger.
    private static func usable(_ value: Double) -> CellNumber { abs(value) <= 1e140 ? .value(value) : .bad }

    private static func readWord(
        _ bytes: Span<UInt8>, _ range: Range<Int>, _ plan: ColumnPlan, _ metric: Int
    ) -> CellNumber {
        if let value = plan.words[metric].value(bytes, range) { return .value(value) }
        if plan.missingNumbers.contains(bytes, range) { return .missing }
        if let value = DecimalNumber.value(bytes, range, mark: plan.decimalMark) { return usable(value) }
        if plan.metrics[metric].isProportion, let value = WordTable.truth.value(bytes, range) { return .value(value) }
        return .bad
    }

    /// Reads what is not text: true and false are words, and 1 and 0 where the metric is a proportion.
    static func read(
        _ kind: Cell.Kind, _ bytes: Span<UInt8>, _ range: Range<Int>, _ plan: ColumnPlan, _ metric: Int
    ) -> CellNumber {
        guard kind == .yes || kind == .no else { return .bad }
        if let value = plan.words[metric].value(bytes, range) { return .value(value) }
        return plan.metrics[metric].isProportion ? .value(kind == .yes ? 1 : 0) : .bad
    }
}
