import Foundation
import Glibc
import Site
import TestSupport

/// Kills builds with SIGKILL at random moments of every stage and checks that nothing is lost.
///
/// After each kill: the archive is sound, every published run is whole and is the one from before or the one to come, and
/// the next build ends with exactly the files of a build that nobody disturbed.
struct KillTest {
    /// What is wrong after a kill.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    private let program: Program
    private let folder: URL
    private var random: Randomness

    /// A seeded source of moments, so that a failure can be repeated.
    private struct Randomness: RandomNumberGenerator {
        var state: UInt64

        /// SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2714064.2660195).
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// Runs the command line `kill ASSAY [KILLS] [SECONDS] [SEED]`; 1 with the first fault and what repeats it.
    static func status(_ arguments: [String]) -> Int32 {
        do {
            try run(arguments)
            return 0
        } catch {
            FileHandle.standardError.write(Data("kill: \(error)\n".utf8))
            return 1
        }
    }

    private static func run(_ arguments: [String]) throws {
        guard let path = arguments.first else { throw Fault(description: "kill ASSAY [KILLS] [SECONDS] [SEED]") }
        let numbers = arguments.dropFirst().compactMap { Int($0) }
        let (kills, limit, seed) = (
            numbers.first ?? 500, numbers.dropFirst().first ?? 3_600, numbers.dropFirst(2).first ?? 1
        )
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "assay-kill-\(ProcessInfo.processInfo.processIdentifier)")
        defer { _ = try? FileManager.default.removeItem(at: folder) }  // left-overs harm nothing
        var test = KillTest(
            program: Program(path: URL(filePath: path).standardizedFileURL.path), folder: folder,
            random: Randomness(state: UInt64(seed)))
        try test.run(kills: kills, seconds: limit, seed: seed)
    }

    private mutating func run(kills: Int, seconds: Int, seed: Int) throws {
        let start = ContinuousClock.now
        let cases = try KillCase.all(program, in: folder)
        var counts: [String: Int] = [:]
        var done = 0
        while done < kills, ContinuousClock.now - start < .seconds(seconds) {
            let chosen = cases[done % cases.count]
            let stage = done / cases.count % (chosen.stages.count)
            let share = Double(random.next() >> 11) * 0x1p-53
            do {
                guard try kill(chosen, stage: stage, share: share) else { continue }
            } catch {
                throw Fault(
                    description:
                        "\(chosen.name), stage \(chosen.stages[stage].name) at \(share), seed \(seed), kill \(done + 1): \(error)"
                )
            }
            counts["\(chosen.name)\t\(chosen.stages[stage].name)", default: 0] += 1
            done += 1
        }
        print("case\tstage\tkills")
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) { print("\(name)\t\(count)") }
        print("all\tall\t\(done)")
        guard done >= min(kills, 1) else { throw Fault(description: "no build could be killed in \(seconds) s") }
    }

    /// Kills one build within a stage, a share of its usual time after its beginning, and checks what is left; false
    /// where the build was quicker.
    private func kill(_ chosen: KillCase, stage: Int, share: Double) throws -> Bool {
        let place = folder.appending(path: "struck")
        _ = try? FileManager.default.removeItem(at: place)  // the first time it is not there
        try FileManager.default.copyItem(at: chosen.before, to: place)
        let wasKilled = try program.kill(
            chosen.build, in: place, after: stage == 0 ? nil : chosen.stages[stage - 1].name,
            seconds: share * chosen.stages[stage].seconds)
        guard wasKilled else { return false }
        try chosen.checkStruck(place, program)
        let status = try program.run(chosen.build, in: place).status
        guard status == 0 else { throw Fault(description: "the next build ends with \(status)") }
        try chosen.checkEnd(place, program)
        return true
    }
}
