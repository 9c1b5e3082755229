/// How a command ends: the exit codes that scripts rely on.
public enum ExitStatus: Int32, Sendable, Hashable, Error {
    /// Done.
    case done = 0
    /// Failed; nothing was published, and the previous site stands.
    case failed = 1
    /// Done, and an alert at or above the asked severity fires (with `--fail-on`).
    case alertFiring = 10
    /// Done, but no new data came (with `--require-new-data`).
    case noNewData = 11
    /// Wrong usage.
    case usage = 64
    /// The input was refused (`--strict`).
    case inputRefused = 65
    /// The input is missing.
    case inputMissing = 66
    /// The archive or the output cannot be written.
    case cannotWrite = 69
    /// Another run holds the lock.
    case locked = 75
    /// The configuration is wrong.
    case configuration = 78
}
