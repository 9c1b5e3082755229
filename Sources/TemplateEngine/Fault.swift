/// What a function without a place of its own has to say against its input; the caller adds the place.
struct Fault: Error {
    var message: String
    var fix: String?

    init(_ message: String, fix: String? = nil) {
        self.message = message
        self.fix = fix
    }
}
