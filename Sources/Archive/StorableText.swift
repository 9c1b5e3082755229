extension String {
    /// The text as SQLite can hold it: a NUL, which would end it, becomes the symbol for NUL.
    var storable: String {
        utf8.contains(0) ? String(map { $0 == "\0" ? "\u{2400}" : $0 }) : self
    }
}
