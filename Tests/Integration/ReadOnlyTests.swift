import Foundation
import SQJobsCore
import SQJobsSQLite
import TestSurroundings
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("A SQLite file in a folder that may not be written to", .timeLimit(.minutes(1)))
struct ReadOnlyTests {
    @Test("a command says which file it is and what to see to, and exits with an error")
    func folder() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "jobs.sqlite").path
        let store = try SQLiteStore(path: path)
        try await store.migrate()
        await store.shutdown()
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.url.path)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path) }

        let command = [WorkerProcess.program.path, "queues", "create", "q", "--broker", "sqlite:\(path)"]
        // Permissions are nothing to root, unless it gives up that right.
        let prefix = geteuid() == 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : []
        let all = prefix + command
        let process = try ChildProcess(
            all[0], Array(all.dropFirst()), environment: ["SQJOBS_TEST_JOURNAL": "/dev/null"])
        let status = try await process.end()
        #expect(status != 0)
        #expect(process.output.contains(path), "\(process.output)")
        #expect(process.output.contains("written to"), "\(process.output)")
    }
}
