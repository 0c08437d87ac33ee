import Foundation
import SQJobsCore

/// A process of `integration-worker`, whose jobs write to a journal.
enum WorkerProcess {
    /// Starts a worker.
    ///
    /// - Parameters:
    ///   - queue: The queue that it listens to.
    ///   - journal: Where its jobs write to.
    ///   - environment: The variables by which it finds the queue.
    ///   - options: Further arguments of the command `worker`.
    static func start(
        _ queue: QueueName, _ journal: JournalFile, _ environment: [String: String], _ options: String...
    ) throws -> ChildProcess {
        try ChildProcess(
            program.path, ["worker", queue.rawValue] + options,
            environment: environment.merging(["SQJOBS_TEST_JOURNAL": journal.path]) { _, new in new })
    }

    /// SwiftPM puts all products of a build beside one another.
    static var program: URL {
        let bundle = Bundle.allBundles.first { $0.bundleURL.pathExtension == "xctest" }
        let folder = bundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
        return folder.appending(path: "integration-worker")
    }
}
