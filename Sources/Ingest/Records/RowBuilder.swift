import Model

/// Makes records from cells: checks every value, refuses what cannot be true, commits the rest to the batch.
///
/// A row is refused, in this order, without an id, with a date that cannot be read, lies before the first day that
/// is taken or after `asOf`, with a value that a closed dimension does not know, with text that is not UTF-8, and when every filled metric cell is bad. Any
/// other bad cell is refused alone and counts as missing.
struct RowBuilder {
    let plan: ColumnPlan
    private let zone: ZoneRules
    private let firstDay: Int32
    private let lastDay: Int32
    let surroundings: CellSurroundings
    private var columns: BatchColumns
    private var dictionaries: [TextDictionary]
    private var times = TimeStampReader()
    /// Whether a column was met since the last batch, or always is there.
    private let isSeen: PlainArray<Bool>
    private var unseen: Int
    private var isFixed = false
    private let values: PlainArray<Double>
    private let codes: PlainArray<UInt32>
    /// What of the plan is asked for in every row, where no reference has to be counted for it.
    private let metrics: PlainArray<MetricPlan>
    private let parts: PlainArray<Int>
    private let dimensionSlots: PlainArray<Int>
    /// The slot of the id where it is a single column; −1 where it is none or several.
    private let idSlot: Int
    private var badCells: [BadCell] = []
    private var id: [UInt8] = []
    private var people: PeopleColumn
    private var text: [UInt8] = []
    /// What was refused.
    var log: RejectLog
    /// How many rows were committed.
    private(set) var accepted = 0
    /// The cells of the row to add, by slot.
    let cells: PlainArray<Cell>

    private struct BadCell {
        var slot: Int
        var cause: Reject.Cause
    }

    init(
        _ plan: ColumnPlan, catalogue: Catalogue, zone: ZoneRules, firstDay: Day?, asOf: Day,
        surroundings: CellSurroundings, log: RejectLog, rows: Int, key: PseudonymKey? = nil
    ) {
        people = PeopleColumn(key: plan.personSlot == nil ? nil : key)
        self.plan = plan
        self.zone = zone
        self.firstDay = firstDay?.number ?? Int32.min
        lastDay = asOf.number
        self.surroundings = surroundings
        self.log = log
        columns = BatchColumns(plan, catalogue: catalogue, rows: rows)
        dictionaries = plan.dimensions.map { TextDictionary(values: $0.values) }
        isSeen = PlainArray(repeating: false, count: plan.columns.count)
        unseen = plan.columns.count
        values = PlainArray(repeating: 0, count: plan.metrics.count)
        codes = PlainArray(repeating: 0, count: plan.dimensions.count)
        metrics = PlainArray(plan.metrics, or: .none)
        parts = PlainArray(plan.parts, or: 0)
        dimensionSlots = PlainArray(plan.dimensions.map(\.slot), or: 0)
        idSlot = plan.idSlots.count == 1 && plan.idSlots[0] != plan.personSlot ? plan.idSlots[0] : -1
        cells = PlainArray(plan.blankCells, or: Cell())
    }

    /// Whether the batch must be taken before another row is added.
    var isFull: Bool { columns.isFull }
    /// Whether there is nothing to take.
    var isEmpty: Bool { columns.count == 0 }

    /// Says which columns every row has; without this, those that are met are present.
    mutating func fixColumns(absent: [String]) {
        for (slot, column) in plan.columns.enumerated() { isSeen[slot] = !absent.contains(column) }
        unseen = 0
        isFixed = true
    }

    /// The ids of people as they stood in the rows so far.
    var rawPeople: Set<[UInt8]> { people.raw }

    /// The rows so far as a batch.
    mutating func takeBatch() -> RecordBatch {
        let metrics = plan.metrics.map { metric in
            plan.parts[metric.firstPart..<metric.firstPart + metric.partCount].allSatisfy { isSeen[$0] }
        }
        var batch = columns.take(
            presentMetrics: metrics, presentDimensions: plan.dimensions.map { isSeen[$0.slot] },
            dictionaries: dictionaries)
        batch.people = people.take()
        if !isFixed {
            for slot in 0..<isSeen.count { isSeen[slot] = false }
            unseen = isSeen.count
        }
        for index in dictionaries.indices where dictionaries[index].count > 4096 {
            dictionaries[index] = TextDictionary(values: plan.dimensions[index].values)
        }
        return batch
    }

    /// Adds the row whose cells stand in `cells`. `record` are its bytes, for the key of a row without an id;
    /// `outerHash` tells apart equal records inside different larger ones.
    @inline(__always)
    mutating func addRow(_ bytes: Span<UInt8>, record: Range<Int>, line: Int, outerHash: UInt64 = 0) {
        guard let id = readId(bytes, line), let time = readTime(bytes, line), readDimensions(bytes, line) else {
            return
        }
        readMetrics(bytes)
        if !badCells.isEmpty, !settleBadCells(bytes, line) { return }
        if unseen > 0 { see() }
        if plan.personSlot != nil { notePerson(bytes) }
        if let id {
            let key = KeyHash.hash(bytes, id)
            columns.append(key: key, id: bytes.extracting(id), time: time, values: values, codes: codes)
        } else {
            let text = self.id
            // Without an id the key is that of the content; `RowOrdinals` tells equal rows apart.
            let key =
                text.isEmpty
                ? KeyHash.hash(bytes, record, seed: outerHash) : KeyHash.hash(text.span, 0..<text.count)
            columns.append(key: key, id: text.span, time: time, values: values, codes: codes)
        }
        accepted += 1
    }

    @inline(never)
    private mutating func see() {
        for slot in 0..<cells.count where cells[slot].kind != .absent && !isSeen[slot] {
            isSeen[slot] = true
            unseen -= 1
        }
    }

    /// Notes whose record the row is; nobody's where the cell is empty.
    @inline(never)
    private mutating func notePerson(_ bytes: Span<UInt8>) {
        guard let slot = plan.personSlot, readPerson(slot, bytes) else { return people.append(nil) }
        people.append(text)
    }

    /// Puts the text of a person's cell into `text`; false where there is none.
    private mutating func readPerson(_ slot: Int, _ bytes: Span<UInt8>) -> Bool {
        switch cells[slot].kind {
        case .absent, .null, .composite: return false
        default: cells[slot].decode(bytes, surroundings, into: &text)
        }
        return !text.isEmpty
    }

    // MARK: Id

    /// The place of the id in the text (inner optional), or nothing where it stands in `id`; nil if the row is
    /// refused.
    @inline(__always)
    private mutating func readId(_ bytes: Span<UInt8>, _ line: Int) -> Range<Int>?? {
        if idSlot >= 0 {
            let cell = cells[idSlot]
            if cell.kind == .text || cell.kind == .number, cell.end > cell.start {
                if ByteText.isUTF8(bytes, cell.range) { return .some(cell.range) }
                _ = refuse(.badEncoding, idSlot, bytes, line)
                return nil
            }
        }
        return joinId(bytes, line) ? .some(nil) : nil
    }

    @inline(never)
    private mutating func joinId(_ bytes: Span<UInt8>, _ line: Int) -> Bool {
        id.removeAll(keepingCapacity: true)
        for slot in plan.idSlots {
            if slot != plan.idSlots[0] { id.append(0x1F) }
            let start = id.count
            switch cells[slot].kind {
            case .absent, .null, .composite: break
            default:
                cells[slot].decode(bytes, surroundings, into: &text)
                id += slot == plan.personSlot && !text.isEmpty ? people.digits(of: text) : text
            }
            guard id.count > start else { return refuse(.missingId, slot, bytes, line) }
        }
        let isValid = ByteText.isUTF8(id.span, 0..<id.count)
        return isValid || refuse(.badEncoding, plan.idSlots[0], bytes, line)
    }

    // MARK: Time

    @inline(__always)
    private mutating func readTime(_ bytes: Span<UInt8>, _ line: Int) -> PlacedTime? {
        guard let slot = plan.timeSlot else {
            return PlacedTime(instant: RecordBatch.noTime, day: RecordBatch.noDay, minute: RecordBatch.noMinute)
        }
        let cell = cells[slot]
        let read: WallTime?
        if cell.kind == .text || cell.kind == .number {
            read = times.read(bytes, cell.range, as: plan.timeFormat)
        } else if cell.needsDecoding {
            cell.decode(bytes, surroundings, into: &text)
            let decoded = text
            read = times.read(decoded.span, 0..<decoded.count, as: plan.timeFormat)
        } else {
            read = nil
        }
        guard let time = read?.placed(in: zone, rule: plan.dayRule) else {
            _ = refuse(.badDate, slot, bytes, line)
            return nil
        }
        guard firstDay <= time.day, time.day <= lastDay else {
            _ = refuse(time.day < firstDay ? .prunedDay : .futureDate, slot, bytes, line)
            return nil
        }
        return time
    }

    // MARK: Dimensions

    @inline(__always)
    private mutating func readDimensions(_ bytes: Span<UInt8>, _ line: Int) -> Bool {
        for index in 0..<dimensionSlots.count {
            let slot = dimensionSlots[index]
            switch lookUp(cells[slot], bytes, index) {
            case .code(let code): codes[index] = code
            case .unknown: return refuse(.unknownValue, slot, bytes, line)
            case .notUTF8: return refuse(.badEncoding, slot, bytes, line)
            }
        }
        return true
    }

    @inline(__always)
    private mutating func lookUp(_ cell: Cell, _ bytes: Span<UInt8>, _ index: Int) -> TextDictionary.Lookup {
        switch cell.kind {
        case .absent, .null, .composite: return .code(0)
        case .text, .number, .yes, .no:
            if cell.range.isEmpty || plan.missingTexts.contains(bytes, cell.range) { return .code(0) }
            return dictionaries[index].code(of: bytes, cell.range)
        case .doubledQuotes, .escaped, .fileStem, .fileDate:
            cell.decode(bytes, surroundings, into: &text)
            let decoded = text
            let all = 0..<decoded.count
            if all.isEmpty || plan.missingTexts.contains(decoded.span, all) { return .code(0) }
            return dictionaries[index].code(of: decoded.span, all)
        }
    }

    // MARK: Metrics

    @inline(__always)
    private mutating func readMetrics(_ bytes: Span<UInt8>) {
        let mark = plan.decimalMark
        let skipsEmpty = plan.missingNumbers.includesEmpty
        for index in 0..<metrics.count {
            let metric = metrics[index]
            if metric.isPlain {
                let cell = cells[parts[metric.firstPart]]
                if cell.kind == .text || cell.kind == .number {
                    if cell.start == cell.end, skipsEmpty {
                        values[index] = .nan
                        continue
                    }
                    if let read = DecimalNumber.value(bytes, cell.range, mark: mark) {
                        let value = metric.isScaled ? metric.scale.apply(read) : read
                        if value >= metric.lower, value <= metric.upper {
                            values[index] = value
                            continue
                        }
                    }
                }
            }
            values[index] = sum(metric, index, bytes)
        }
    }

    /// The value of a metric that is not simply one number in its range.
    @inline(never)
    private mutating func sum(_ metric: MetricPlan, _ index: Int, _ bytes: Span<UInt8>) -> Double {
        var sum =
            metric.comparesTexts
            ? errorRate(parts[metric.firstPart], parts[metric.firstPart + 1], bytes)
            : number(parts[metric.firstPart], metric, index, bytes)
        for part in metric.firstPart + 1..<metric.firstPart + (metric.comparesTexts ? 1 : metric.partCount) {
            sum += number(parts[part], metric, index, bytes)
        }
        // NaN passes: every comparison with it is false.
        if sum < metric.lower || sum > metric.upper || (metric.isProportion && sum > 0 && sum < 1) {
            note(.outOfRange, plan.parts[metric.firstPart])
            return .nan
        }
        return sum
    }

    /// One part of a metric in the metric's unit; NaN where it is missing or bad.
    @inline(__always)
    private mutating func number(_ slot: Int, _ metric: MetricPlan, _ index: Int, _ bytes: Span<UInt8>) -> Double {
        let cell = cells[slot]
        guard cell.kind == .text || cell.kind == .number, !metric.hasWords, !plan.missingNumbers.includesNumbers,
            let value = DecimalNumber.value(bytes, cell.range, mark: plan.decimalMark)
        else { return unusualNumber(slot, metric, index, bytes) }
        if metric.zeroIsMissing, value == 0 { return .nan }
        return metric.isScaled ? metric.scale.apply(value) : value
    }

    /// The same for anything that is not simply a decimal number.
    @inline(never)
    private mutating func unusualNumber(
        _ slot: Int, _ metric: MetricPlan, _ index: Int, _ bytes: Span<UInt8>
    ) -> Double {
        let cell = cells[slot]
        let reading: CellNumber
        switch cell.kind {
        case .absent, .null: return .nan
        case .text, .number: reading = .read(bytes, cell.range, plan, index)
        case .yes, .no, .composite: reading = .read(cell.kind, bytes, cell.range, plan, index)
        case .doubledQuotes, .escaped, .fileStem, .fileDate:
            cell.decode(bytes, surroundings, into: &text)
            reading = .read(text.span, 0..<text.count, plan, index)
        }
        switch reading {
        case .missing: return .nan
        case .bad:
            note(.notANumber, slot)
            return .nan
        case .value(let value):
            if metric.zeroIsMissing, value == 0 { return .nan }
            return metric.scale.apply(value)
        }
    }

    private mutating func note(_ cause: Reject.Cause, _ slot: Int) {
        if badCells.contains(where: { $0.slot == slot && $0.cause == cause }) { return }
        badCells.append(BadCell(slot: slot, cause: cause))
    }

    /// Refuses the bad cells alone, or the row if nothing but bad cells was filled; false for the latter.
    @inline(never)
    private mutating func settleBadCells(_ bytes: Span<UInt8>, _ line: Int) -> Bool {
        defer { badCells.removeAll(keepingCapacity: true) }
        guard plan.keepsRowsWithoutValues || (0..<values.count).contains(where: { !values[$0].isNaN }) else {
            return refuse(badCells[0].cause, badCells[0].slot, bytes, line)
        }
        for bad in badCells {
            let found = log.keepsMore ? cells[bad.slot].string(bytes, surroundings) : ""
            log.cell(bad.cause, line: line, column: plan.columns[bad.slot], found: found)
        }
        return true
    }

    @inline(never)
    private mutating func refuse(_ cause: Reject.Cause, _ slot: Int, _ bytes: Span<UInt8>, _ line: Int) -> Bool {
        let found = log.keepsMore ? cells[slot].string(bytes, surroundings) : ""
        log.row(cause, line: line, column: plan.columns[slot], found: found)
        return false
    }
}
