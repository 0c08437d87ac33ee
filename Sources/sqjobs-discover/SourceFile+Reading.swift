import Foundation
import SQJobsDiscovery

extension SourceFile {
    /// Reads a file.
    static func read(_ path: String) throws -> SourceFile {
        SourceFile(path: path, text: try String(contentsOf: URL(filePath: path), encoding: .utf8))
    }
}
