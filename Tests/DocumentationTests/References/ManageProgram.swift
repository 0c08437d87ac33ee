import Foundation
import TestSurroundings

/// The app whose command line the reference describes, under the name that its users know.
enum ManageProgram {
    /// Runs a command that needs neither broker nor store.
    ///
    /// - Returns: What it prints.
    static func run(_ arguments: [String]) async throws -> String {
        let folder = try TemporaryFolder()
        let program = folder.url.appending(path: "manage")
        try FileManager.default.createSymbolicLink(
            at: program, withDestinationURL: Project.products.appending(path: "documentation-app"))
        return try await Program.run([program.path] + arguments, in: folder.url).output
    }
}
