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

    /// A path with `..` resolved; nil if it leaves the site.
    static func resolved(_ path: String) -> String? {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }

    /// A path below a run's folder as a path below the site.
    static func inSite(_ path: String, run: String) -> String { resolved("runs/\(run)/\(path)") ?? path }

    /// The path and the fragment with its `#`.
    static func split(_ address: String) -> (path: String, fragment: String) {
        guard let hash = address.firstIndex(of: "#") else { return (address, "") }
        return (String(address[..<hash]), String(address[hash...]))
    }
}
