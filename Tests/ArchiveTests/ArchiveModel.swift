import Model
import Partials
import Statistics

/// What the archive should hold, by the plainest definition: all rows of live deliveries, replayed in order.
struct ArchiveModel {
    struct Delivery {
        var id: Int64
        var asOf: Int
        var files: [File]
    }

    var deliveries: [Delivery] = []

    /// The partials of every day, as bytes.
    var figures: [Day: EncodedDay] {
        var records: [UInt64: Row] = [:]
        for delivery in deliveries.sorted(by: { ($0.asOf, $0.id) < ($1.asOf, $1.id) }) {
            // Tables of one delivery hold apart columns, so their order among each other does not matter.
            for file in delivery.files {
                for row in file.rows {
                    var record = records[row.key] ?? Row(row.key)
                    if let day = row.day { record.day = day }
                    if file.table != "quality" {
                        record.latency = row.latency
                        record.tier = row.tier
                    }
                    if file.table != "sessions" { record.score = row.score }
                    records[row.key] = record
                }
            }
        }
        var days: [Int: [Row]] = [:]
        for record in records.values { if let day = record.day { days[day, default: []].append(record) } }
        var figures: [Day: EncodedDay] = [:]
        for (offset, rows) in days {
            let day = Night.first.advanced(by: offset)
            let partials = DayPartials.make(
                day: day, records: File(table: "both", rows: rows).batch, catalogue: Night.catalogue,
                sizes: Night.sizes)
            figures[day] = partials.encoded()
        }
        return figures
    }
}
