import Foundation
import Model

extension ZoneRules {
    /// The rules of a named zone between 1970 and 2100 from the system's zone data; nil if there is no such zone.
    ///
    /// `UTC` needs no data. Beyond 2100 the last offset applies.
    init?(identifier: String) {
        if identifier == "UTC" || identifier == "Etc/UTC" {
            self = .utc
            return
        }
        guard Self.isZone(identifier), let zone = TimeZone(identifier: identifier) else { return nil }
        var instant = Date(timeIntervalSince1970: 0)
        let end = Date(timeIntervalSince1970: 4_102_444_800)
        var transitions: [Int64] = []
        var offsets = [Int32(zone.secondsFromGMT(for: instant))]
        while let next = zone.nextDaylightSavingTimeTransition(after: instant), next < end, next > instant {
            transitions.append(Int64(next.timeIntervalSince1970.rounded()))
            offsets.append(Int32(zone.secondsFromGMT(for: next.addingTimeInterval(1))))
            instant = next
        }
        self.init(name: identifier, transitions: transitions, offsets: offsets)
    }

    /// Whether a name is one of the zone data. Foundation's list lacks names that are in use, such as `Asia/Kolkata`; it also
    /// takes texts that are no names of zones, such as offsets.
    private static func isZone(_ identifier: String) -> Bool {
        if TimeZone.knownTimeZoneIdentifiers.contains(identifier) { return true }
        guard identifier.wholeMatch(of: /[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*/) != nil else { return false }
        var isFolder: ObjCBool = false
        let path = "/usr/share/zoneinfo/" + identifier
        return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }
}
