extension Tone {
    /// The step on the ramp that a share takes: 0 to 8 on the sequential one, 0 to 10 (5 is the middle) on the diverging
    /// one, the nearest, with shares beyond the ends at the ends; nil for other tones and for a share that is no number.
    public var rampStep: Int? {
        switch self {
        case .sequential(let share) where !share.isNaN: Int((min(1, max(0, share)) * 8).rounded())
        case .diverging(let share) where !share.isNaN: Int((min(1, max(-1, share)) * 5 + 5).rounded())
        default: nil
        }
    }

    /// Whether the colour stands so far from the paper that words on it need the paper's side of the contrast.
    var isStrong: Bool {
        switch (self, rampStep) {
        case (.sequential, let step?): step >= 6
        case (.diverging, let step?): abs(step - 5) >= 4
        case (.sequential, nil), (.diverging, nil): false
        default: true
        }
    }

    /// The same colour at the middle of its step, so that equal colours are equal values; nil for no number.
    var onStep: Tone? {
        switch self {
        case .sequential: rampStep.map { .sequential(Double($0) / 8) }
        case .diverging: rampStep.map { .diverging(Double($0 - 5) / 5) }
        default: self
        }
    }
}
