/// Why a scene could not be drawn.
public struct DrawingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What Cairo or the finishing pass said.
    public let description: String
}
