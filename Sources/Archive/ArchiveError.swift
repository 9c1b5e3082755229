import GRDB
import Model
import Partials

/// What can go wrong with the archive, each with what a user needs to know.
public enum ArchiveError: Error, Sendable, Hashable {
    /// Another process is writing to it; nil where its note could not be read.
    case locked(by: LockHolder?)
    /// Another connection kept it from being read or written for too long.
    case busy
    /// The file is not a sound SQLite database, or something in it contradicts itself.
    case damaged(String)
    /// The file or its folder cannot be written.
    case readOnly(String)
    /// It cannot be opened or created at this path.
    case cannotOpen(path: String, reason: String)
    /// No room on the disk.
    case diskFull
    /// A later version of the program has changed its schema.
    case newerSchema
    /// It was made for other metrics, bins or dimensions; `adoptCatalogue` recomputes what depends on them.
    case catalogueChanged(CatalogueChange)
    /// No live delivery has this number.
    case unknownDelivery(Int64)
    /// What was asked for would change days whose rows have been pruned.
    case pruned(before: Day)
    /// A constraint of the schema refused a row.
    case refused(String)
    /// The call does not fit the state, such as a second loading before the first is finished.
    case misuse(String)
    /// Anything else that SQLite reports, with its result code.
    case sqlite(code: Int32, message: String)

    /// The same in our words.
    init(_ error: DatabaseError) {
        let message = error.message ?? "no message"
        // The shared memory of the log could not grow: SQLite's sign of a full disk before any page is written.
        if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE {
            self = .diskFull
            return
        }
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(message)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(message)
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_CONSTRAINT: self = .refused(message)
        default: self = .sqlite(code: error.extendedResultCode.rawValue, message: message)
        }
    }

    /// Runs a closure and turns what it throws into our words.
    static func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw ArchiveError(error)
        } catch let error as DecodingFailure {
            throw ArchiveError.damaged("stored bytes: \(error)")
        }
    }
}
