/// Paths inside the site, written with `/` and without a leading one.
enum RelativePath {
    /// The address of a file as another file's link to it: `../x.html`, or the name alone in the same folder.
    static func link(from origin: String, to target: String) -> String {
        let (from, to) = (origin.utf8, target.utf8)
        let slash = UInt8(ascii: "/")
        // Both lie in the same folder as far as they agree up to a `/`, before the fragment.
        var (place, other) = (from.startIndex, to.startIndex)
        var (shared, rest) = (place, other)
        while place < from.endIndex, other < to.endIndex, from[place] == to[other], to[other] != UInt8(ascii: "#") {
            let isFolder = to[other] == slash
            (place, other) = (from.index(after: place), to.index(after: other))
            if isFolder { (shared, rest) = (place, other) }
        }
        let folders = from[shared...].reduce(0) { $0 + ($1 == slash ? 1 : 0) }
        return String(repeating: "../", count: folders) + target[rest...]
    }

    /// A path with `..` resolved; nil if it leaves the site. One pass over the bytes.
    static func resolved(_ path: String) -> String? {
        let (slash, dot) = (UInt8(ascii: "/"), UInt8(ascii: "."))
        let bytes = path.utf8.span
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != slash { end += 1 }
            defer { start = end + 1 }
            let (length, begins) = (end - start, start < end && bytes[start] == dot)
            if length == 0 || (length == 1 && begins) { continue }
            if length == 2, begins, bytes[start + 1] == dot {
                guard !kept.isEmpty else { return nil }
                kept.removeSubrange((kept.lastIndex(of: slash) ?? 0)...)
                continue
            }
            if !kept.isEmpty { kept.append(slash) }
            for place in start..<end { kept.append(bytes[place]) }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    /// A path below a run's folder as a path below the site.
    static func inSite(_ path: String, run: String) -> String { resolved("runs/\(run)/\(path)") ?? path }

    /// The path and the fragment with its `#`.
    static func split(_ address: String) -> (path: String, fragment: String) {
        guard let hash = address.utf8.firstIndex(of: UInt8(ascii: "#")) else { return (address, "") }
        return (String(address[..<hash]), String(address[hash...]))
    }
}
