import GRDB
import Model
import Partials

import class Foundation.FileManager

/// What a verification looked at and found.
public struct Verification: Sendable, Hashable {
    /// What is wrong, in words; empty if all is well.
    public var faults: [String] = []
    /// The days whose partials have the bytes that were written.
    public var days = 0
    /// The days whose partials were computed again from their rows.
    public var recomputed = 0
    /// The entries of the audit trail.
    public var entries = 0
    /// The hash of the last entry: who notes it down can tell later whether the trail up to it is the same.
    public var head: [UInt8] = []
}

extension Archive {
    /// Looks for damage and tampering: SQLite's own checks, references, the hash of every day's partials, the partials
    /// of up to `sampled` days (evenly spread, the newest among them) against their rows, and the audit trail against
    /// itself and against the deliveries and runs that it speaks of.
    ///
    /// - Parameter head: the hash of an entry that was noted down earlier and must still be in the trail.
    public func verify(sampled: Int, head: [UInt8]? = nil) throws -> Verification {
        var found = Verification()
        do {
            try checkIntegrity(full: true)
        } catch ArchiveError.damaged(let what) {
            found.faults.append(what)
        }
        try access { db in
            let days = try Int32.fetchAll(db, sql: "SELECT day FROM day_partials ORDER BY day")
            for day in days {
                do {
                    for detail in [DayDetail.all, .series] {
                        _ = try DayStore(db).read(day, detail).partials(detail)
                    }
                    found.days += 1
                } catch ArchiveError.damaged(let what) {
                    found.faults.append(what)
                }
            }
            try recompute(days, sampled, db, into: &found)
            let trail = audit(db)
            let entries = try trail.entries()
            found.faults += try trail.faults()
            found.entries = entries.count
            found.head = entries.last?.hash ?? []
            if let head, !entries.contains(where: { $0.hash == head }) {
                found.faults.append(
                    "the noted audit entry is not in the trail: entries have been taken away or replaced")
            }
        }
        return found
    }

    private func recompute(_ days: [Int32], _ sampled: Int, _ db: Database, into found: inout Verification) throws {
        let first = try Retention(db).firstDay
        let rebuilding = try DayRebuilding(db, archive: self)
        let stored = try rebuilding.storedDays().filter { $0 >= first }
        let step = max(1, (stored.count + max(1, sampled) - 1) / max(1, sampled))
        for place in stride(from: stored.count - 1, through: 0, by: -step) where sampled > 0 {
            let day = stored[place]
            do {
                let made = try rebuilding.work(on: day).result().packed?.hash
                let kept = days.contains(day) ? try DayStore(db).read(day).hash : nil
                if made != kept {
                    found.faults.append("the figures of \(Day(number: day).iso) are not those of its rows")
                }
                found.recomputed += 1
            } catch ArchiveError.damaged(let what) {
                found.faults.append("\(Day(number: day).iso): \(what)")
            }
        }
    }

    /// Writes a consistent copy, beside a writer if need be, checks it, and only then gives it its name.
    ///
    /// - Throws: `ArchiveError.cannotOpen` if there is such a file already, `.damaged` if the copy is not sound.
    public func backUp(to target: String) throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: target) else {
            throw ArchiveError.cannotOpen(path: target, reason: "there is such a file already")
        }
        let partial = target + ".partial"
        defer { _ = try? files.removeItem(atPath: partial) }  // gone already where all went well
        if files.fileExists(atPath: partial) { try files.removeItem(atPath: partial) }
        try access { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
        let copy = try Archive(reading: partial, catalogue: catalogue, sizes: sizes)
        try copy.checkIntegrity(full: true)
        guard try copy.fingerprint() == (try fingerprint()) else {
            throw ArchiveError.damaged("the copy differs from the archive; was it written to meanwhile? Try again")
        }
        try files.moveItem(atPath: partial, toPath: target)
    }
}
