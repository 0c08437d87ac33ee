import Foundation
import SQJobsSQLite

/// One of several processes on one file, for tests to race and to kill: it claims jobs and completes them until all are
/// done, and prints each that it completed, and each error that reached it.
///
///     sqlite-worker FILE JOBS
@main
struct SQLiteWorker {
    private static let batch = 10
    private static let lease = Duration.milliseconds(500)

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let count = Int(arguments[2]) else {
            print("usage: sqlite-worker FILE JOBS")
            exit(64)
        }
        do {
            let store = try SQLiteStore(path: arguments[1])
            try await store.migrate()
            try await work(on: (0..<count).map { "job-\($0)" }, in: store)
        } catch {
            say("error \(error)")
            exit(1)
        }
    }

    private static func work(on ids: [String], in store: SQLiteStore) async throws {
        var left = ids.shuffled()
        while !left.isEmpty {
            let batch = Array(left.prefix(batch))
            let identities = try batch.map { try ResultID(of: $0) }
            _ = try await store.recordPending(identities.map { PendingResult(id: $0, name: "job", queue: "q") })
            let answers = try await store.claim(
                identities.map { ClaimRequest(id: $0, name: "job", queue: "q") }, lease: lease)
            let claims = answers.compactMap { answer -> ResultClaim? in
                guard case .started(let claim, _) = answer else { return nil }
                return claim
            }
            _ = try await store.renew(claims, lease: lease)
            try await store.report(claims.map { ProgressReport(claim: $0, progress: JobProgress(fraction: 0.5)) })
            let written = try await store.complete(
                claims.map { ResultCompletion(claim: $0, ending: .success(output: Data("\"\($0.id)\"".utf8))) })
            for (claim, isWritten) in zip(claims, written) where isWritten { say("done \(claim.id)") }
            let statuses = try await store.statuses(of: identities)
            let isDone = Set(statuses.compactMap { $0?.state == .success ? $0?.id : nil })
            left = left.dropFirst(batch.count) + batch.filter { !isDone.contains($0) }
        }
    }

    /// One write a line, so that what was said is there when the process is killed.
    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }
}
