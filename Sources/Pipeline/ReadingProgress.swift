import Ingest

/// How far the reading of a delivery is, at which rate, and how much time is left.
final class ReadingProgress {
    private let total: Int
    private let messages: MessageSink
    private let clock = ContinuousClock()
    private let begun: ContinuousClock.Instant
    private var shown: ContinuousClock.Instant

    init(of files: [ExportFile], messages: MessageSink) {
        total = files.reduce(0) { $0 + ($1.bytes ?? 0) }
        self.messages = messages
        begun = clock.now
        shown = begun
    }

    /// Shows how many bytes have been read, at most five times a second.
    func show(_ bytes: Int) {
        guard let show = messages.show, total > 0 else { return }
        let now = clock.now
        if bytes >= total { return show("") }
        guard now - shown > .milliseconds(200) else { return }
        shown = now
        show(ReadingProgress.line(bytes, of: total, after: (now - begun) / .seconds(1)))
    }

    /// "34 % read, 120 MB/s, 3 s left"
    static func line(_ bytes: Int, of total: Int, after seconds: Double) -> String {
        guard bytes > 0, seconds > 0 else { return "0 % read" }
        let rate = Double(bytes) / seconds
        let left = Int((Double(total - bytes) / rate).rounded(.up))
        let time = left < 120 ? "\(left) s" : "\((left + 59) / 60) min"
        return "\(100 * bytes / total) % read, \(max(1, Int(rate / 1e6))) MB/s, \(time) left"
    }
}
