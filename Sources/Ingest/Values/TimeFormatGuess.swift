/// Which format a column of time stamps is in, judged by a sample.
struct TimeFormatGuess: Equatable {
    /// The format that reads the most values.
    var format: TimeFormat
    /// How many values it reads, of how many that are not blank.
    var read: Int
    var seen: Int
    /// Whether every value could be read with day and month in either order.
    var isAmbiguous: Bool
    /// The first and the last day that it reads.
    var days: ClosedRange<Int32>

    /// The best format for these texts; nil if none reads even one.
    ///
    /// Year first is preferred over day first, that over month first, that over a number, where they read equally
    /// many. Numbers count as times only from 1980 to 2100, so that counts are not taken for dates.
    init?(_ texts: some Sequence<String>) {
        let formats: [TimeFormat] = [.yearFirst, .dayFirst, .monthFirst, .epoch(.bySize)]
        var counts = [0, 0, 0, 0]
        var days = [ClosedRange<Int32>?](repeating: nil, count: 4)
        seen = 0
        var reader = TimeStampReader()
        for text in texts {
            let bytes = Array(text.utf8)
            guard !bytes.isEmpty else { continue }
            seen += 1
            for (index, format) in formats.enumerated() {
                guard let time = reader.read(bytes.span, 0..<bytes.count, as: format) else { continue }
                if case .epoch = format, !(3_652...47_481).contains(time.day) { continue }
                counts[index] += 1
                let known = days[index] ?? time.day...time.day
                days[index] = min(known.lowerBound, time.day)...max(known.upperBound, time.day)
            }
        }
        guard let most = counts.max(), let best = counts.firstIndex(of: most), let span = days[best] else {
            return nil
        }
        self.days = span
        format = formats[best]
        read = most
        isAmbiguous = best == 1 && counts[1] == counts[2]
    }
}
