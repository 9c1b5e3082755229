import Pipeline

/// Sessions of 12 people over 20 days to 2026-10-29, one of them by name, and a configuration that reads them.
enum TwelvePeople {
    static let configuration = """
        title: People
        output: site
        archive: archive.sqlite
        sources:
          sessions: {files: ["sessions*"], id: session_id, time: started_at, person: user_id}
        metrics:
          accuracy: {source: sessions, range: [0, 1], direction: higher}
        dimensions:
          tier: {source: sessions}
        privacy: {k: 3}
        """

    /// 240 rows, of which `anna@example.org` has every twelfth.
    ///
    /// - Parameter names: ids by place among the twelve, for those that are not `user-5@example.org` and the like.
    static func sessions(without id: String? = nil, naming names: [Int: String] = [:]) -> String {
        let names = names.merging([3: "anna@example.org"]) { first, _ in first }
        let rows = (0..<240).compactMap { row -> String? in
            let user = names[row % 12] ?? "user-\(row % 12)@example.org"
            guard user != id else { return nil }
            return "s\(row)x,\(user),2026-10-\(10 + row % 20)T10:00:00Z,\(row % 2 == 0 ? "A" : "B"),0.\(100 + row)"
        }
        return "session_id,user_id,started_at,tier,accuracy\n" + rows.joined(separator: "\n") + "\n"
    }
}

extension Workshop {
    /// `assay history forget USER` with what it printed.
    func forget(
        _ user: String, configuration: String? = "assay.yaml", archive: String? = nil, output: String? = nil
    ) async -> (status: ExitStatus, text: String) {
        var bytes: [UInt8] = []
        let request = HistoryRequest(configuration: configuration, archive: archive, output: output)
        let status = await forgetPerson(user, request, in: surroundings, messages: sink) { bytes += $0 }
        return (status, String(decoding: bytes, as: UTF8.self))
    }
}
