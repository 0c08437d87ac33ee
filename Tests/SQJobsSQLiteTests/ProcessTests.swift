import Foundation
import GRDB
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

@Suite("Several processes on one file", .timeLimit(.minutes(4)))
struct ProcessTests {
    private static let processes = 4
    private static let jobs = 2000
    private static let kills = 10
    let file: TemporaryFile

    init() throws {
        file = try TemporaryFile()
    }

    @Test("complete each job once, none meets a lock, and the file is whole")
    func race() async throws {
        let workers = try (0..<Self.processes).map { _ in try start() }
        for worker in workers { try await worker.end() }
        for worker in workers {
            #expect(worker.status == 0, "\(worker.output.suffix(500))")
            #expect(!worker.output.contains("error"))
        }
        let done = workers.flatMap(\.done)
        #expect(done.count == Self.jobs)
        #expect(Set(done).count == Self.jobs)
        try await expectAllSucceeded()
        try expectWhole()
    }

    @Test("that are killed lose nothing, and the file is whole")
    func killed() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        var all: [WorkerProcess] = []
        // Each round has jobs of its own; the victim has more to do than it can before it is killed.
        for round in 0..<Self.kills {
            let workers = try (1..<Self.processes).map { _ in try start(round, of: Self.kills) }
            let victim = try WorkerProcess(["race", file.path, "0", "1000000"])
            let enough = Int.random(in: 1...50, using: &random)
            try await victim.wait { victim.done.count >= enough }
            victim.kill()
            try await victim.end()
            #expect(victim.status == -SIGKILL, "seed \(seed): \(victim.output.suffix(500))")
            for worker in workers {
                try await worker.end()
                #expect(worker.status == 0, "seed \(seed): \(worker.output.suffix(500))")
            }
            all += workers + [victim]
            try expectWhole()
        }
        print("Processes on one file: seed \(seed), \(Self.kills) killed at work")
        #expect(!all.contains { $0.output.contains("error") })
        try await expectAllSucceeded()
    }

    @Test("take a job over from one that was killed")
    func takeover() async throws {
        try await migrate()
        let dead = try WorkerProcess(["work", file.path, "job", closedGate])
        try await dead.wait(for: "start 1")
        dead.kill()
        try await dead.end()
        let heir = try WorkerProcess(["work", file.path, "job", openGate])
        try await heir.end()
        #expect(heir.status == 0)
        #expect(heir.outcomes.last == "success", "\(heir.output)")
        let status = try await Results(try SQLiteStore(path: file.path)).status(of: "job")
        #expect(try status?.output(as: Int.self) == 2)
    }

    @Test("refuse the late result of one that was stopped and resumed")
    func late() async throws {
        try await migrate()
        let late = try WorkerProcess(["work", file.path, "job", closedGate])
        try await late.wait(for: "start 1")
        late.send(SIGSTOP)
        let heir = try WorkerProcess(["work", file.path, "job", openGate])
        try await heir.end()
        #expect(heir.outcomes.last == "success", "\(heir.output)")
        try Data().write(to: URL(filePath: closedGate))
        late.send(SIGCONT)
        try await late.wait { !late.outcomes.isEmpty }
        #expect(late.outcomes.first == "cancelled", "\(late.output)")
        let status = try await Results(try SQLiteStore(path: file.path)).status(of: "job")
        #expect(try status?.output(as: Int.self) == 2)
    }

    /// A file that is not there until a test makes it, and one that always is.
    private var closedGate: String { file.folder.appending(path: "gate").path }
    private var openGate: String { file.folder.path }

    private func migrate() async throws {
        let store = try SQLiteStore(path: file.path)
        try await store.migrate()
        await store.shutdown()
    }

    private func start(_ part: Int = 0, of parts: Int = 1) throws -> WorkerProcess {
        let count = Self.jobs / parts
        return try WorkerProcess(["race", file.path, "\(part * count)", "\(count)"])
    }

    private func expectAllSucceeded() async throws {
        let store = try SQLiteStore(path: file.path)
        let ids = try (0..<Self.jobs).map { try ResultID(of: "job-\($0)") }
        let statuses = try await store.statuses(of: ids)
        #expect(statuses.allSatisfy { $0?.state == .success })
        for (id, status) in zip(ids, statuses) {
            #expect(try status?.output(as: String.self) == id.rawValue)
        }
    }

    private func expectWhole() throws {
        let queue = try DatabaseQueue(path: file.path)
        let answer = try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
        #expect(answer == ["ok"])
    }
}
