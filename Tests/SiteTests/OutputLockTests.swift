import Foundation
import TestSupport
import Testing

@testable import Site

@Suite struct OutputLockTests {
    @Test func aSecondBuildIsKeptOutUntilTheFirstHasDone() throws {
        try withTemporaryFolder { folder in
            do {
                let held = try OutputLock(folder.path)
                #expect { try OutputLock(folder.path, patience: 0.2) } throws: { ($0 as? SiteError)?.kind == .locked }
                withExtendedLifetime(held) {}
            }
            _ = try OutputLock(folder.path, patience: 0)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test func aFolderThatIsNotThereIsNamed() {
        #expect { try OutputLock("/nowhere/at/all") } throws: { ($0 as? SiteError)?.kind == .cannotWrite }
    }
}
