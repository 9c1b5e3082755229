/// Paths inside the site, written with `/` and without a leading one.
enum RelativePath {
    /// The address of a file as another file's link to it: `../x.html`, or the name alone in the same folder.
    static func link(from origin: String, to target: String) -> String {
        let (path, fragment) = split(target)
        var from = origin.split(separator: "/").dropLast()
        var to = path.split(separator: "/", omittingEmptySubsequences: false)[...]
        while let first = from.first, to.count > 1, to.first == first {
            from = from.dropFirst()
            to = to.dropFirst()
        }
        return (Array(repeating: "..", count: from.count) + to.map(String.init)).joined(separator: "/") + fragment
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
