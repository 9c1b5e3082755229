extension ZoneRules {
    /// An instant in microseconds since 1970-01-01T00:00Z as RFC 3339 with the zone's offset, whole seconds: 2026-03-29T03:00:00+02:00.
    public func stamp(_ microseconds: Int64) -> String {
        let utc = Int64((Double(microseconds) / 1_000_000).rounded(.down))
        let offset = Int(self.offset(atUTC: utc))
        let local = Int(utc) + offset
        let days = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let second = local - days * 86_400
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        let clock = [second / 3600, second / 60 % 60, second % 60].map(two).joined(separator: ":")
        let minutes = abs(offset) / 60
        let sign = offset < 0 ? "-" : "+"
        return "\(Day(number: Int32(days)).iso)T\(clock)\(sign)\(two(minutes / 60)):\(two(minutes % 60))"
    }
}
