import Foundation

/// Where printed tickets are until they are fetched: a file for each job. Web server and workers share it, on one machine
/// or over a shared file system.
public struct TicketFolder: Sendable {
    /// A job's id cannot be a file's name.
    public struct UnusableID: Error, CustomStringConvertible {
        /// For logs.
        public var description: String { "the job's id is no name for a file: use letters, digits and hyphens" }
    }

    private let url: URL

    /// Names the folder, which is made once something is put there.
    ///
    /// - Parameter path: Its path.
    public init(path: String) {
        url = URL(filePath: path, directoryHint: .isDirectory)
    }

    /// Puts a file there, in one step: a reader finds all of it or nothing.
    ///
    /// - Parameters:
    ///   - file: What is in it.
    ///   - id: The job's id.
    /// - Throws: ``UnusableID``, or `CocoaError`.
    func write(_ file: Data, for id: String) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try file.write(to: try location(of: id), options: .atomic)
    }

    /// Reads a file.
    ///
    /// - Parameter id: The job's id.
    /// - Returns: What is in it; `nil` if it is not there, or no more.
    /// - Throws: ``UnusableID``, or `CocoaError`.
    func file(for id: String) throws -> Data? {
        do {
            return try Data(contentsOf: try location(of: id))
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
            return nil
        }
    }

    /// Removes files that were put there before a moment.
    ///
    /// - Parameter moment: The moment.
    /// - Returns: How many were removed.
    /// - Throws: `CocoaError`.
    func removeFiles(olderThan moment: Date) throws -> Int {
        guard FileManager.default.fileExists(atPath: url.path) else { return 0 }
        let files = try FileManager.default.contentsOfDirectory(
            at: url, includingPropertiesForKeys: [.contentModificationDateKey])
        var count = 0
        for file in files where file.pathExtension == Self.type {
            let written = try file.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
            guard let written, written < moment else { continue }
            try FileManager.default.removeItem(at: file)
            count += 1
        }
        return count
    }

    private static let type = "pdf"

    /// Producers may choose ids, so one is made sure to name a file in this folder.
    private func location(of id: String) throws -> URL {
        guard !id.isEmpty, id.utf8.count <= 100,
            id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        else { throw UnusableID() }
        return url.appending(path: "\(id).\(Self.type)")
    }
}
