/// Pieces of work that run on several cores while their results are taken in the order in which the pieces were made.
///
/// What comes out does not depend on the number of cores: `next` and `take` run on the caller's task, one at a time, and
/// only `work` runs elsewhere.
struct OrderedWork {
    /// How many pieces may run at the same time; 1 runs everything in the caller's task.
    let jobs: Int

    /// Asks for pieces until there is none, and hands each result on. The first error ends it.
    ///
    /// - Parameter ahead: how many pieces may have been asked for before the result of an earlier one is handed on, which holds
    ///   their results in memory; as many as there are cores if it is nil.
    func run<Piece: Sendable, Result: Sendable>(
        ahead: Int? = nil, next: () throws -> Piece?, work: @escaping @Sendable (Piece) throws -> Result,
        take: (Result) throws -> Void
    ) async throws {
        guard jobs > 1 else {
            while let piece = try next() { try take(try work(piece)) }
            return
        }
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var (made, taken, running) = (0, 0, 0)
            var results: [Int: Result] = [:]
            while true {
                // One more than there are cores, so that none waits while a result is taken.
                while running <= jobs, made - taken <= ahead ?? jobs, let piece = try next() {
                    let number = made
                    group.addTask { (number, try work(piece)) }
                    (made, running) = (made + 1, running + 1)
                }
                if let result = results.removeValue(forKey: taken) {
                    taken += 1
                    try take(result)
                } else if let (number, result) = try await group.next() {
                    results[number] = result
                    running -= 1
                } else {
                    return
                }
            }
        }
    }
}
