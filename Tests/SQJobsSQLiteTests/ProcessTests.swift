import Foundation
import GRDB
import SQJobsSQLite
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
        var generator = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0 ... .max, using: &generator)
        print("Killed processes on one file: seed \(seed)")
        var random = SeededGenerator(seed: seed)
        var all: [WorkerProcess] = []
        var running = try (0..<Self.processes).map { _ in try start() }
        for _ in 1...12 {
            let place = Int.random(in: 0..<Self.processes, using: &random)
            let enough = Int.random(in: 1...40, using: &random)
            let victim = running[place]
            try await victim.wait { victim.done.count >= enough }
            victim.kill()
            try await victim.end()
            all.append(victim)
            running[place] = try start()
            try expectWhole()
        }
        for worker in running {
            try await worker.end()
            #expect(worker.status == 0, "\(worker.output.suffix(500))")
        }
        #expect(all.contains { $0.status == -SIGKILL })
        #expect(!(all + running).contains { $0.output.contains("error") })
        try await expectAllSucceeded()
        try expectWhole()
    }

    private func start() throws -> WorkerProcess {
        try WorkerProcess(file: file.path, jobs: Self.jobs)
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
