import Foundation
import SQJobsCore

/// Reads small text files whole; tests give one that has them in memory.
struct FileReader: Sendable {
    /// The text of the file at a path, or nil if there is no such file; throws when it cannot be read.
    let read: @Sendable (_ path: String) throws -> String?

    /// Reads from the machine's file system.
    static let system = FileReader { path in
        do {
            let data = try Data(contentsOf: URL(filePath: path))
            guard let text = String(data: data, encoding: .utf8) else {
                throw SQJobsError(.invalidConfiguration, "\(path) is not text in UTF-8; save it as UTF-8")
            }
            return text
        } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
            return nil
        } catch let error as SQJobsError {
            throw error
        } catch {
            throw SQJobsError(.invalidConfiguration, "\(path) cannot be read; check its owner and its permissions")
        }
    }
}
