import Foundation
import GRDB
import SQJobsSQLite
import TestSurroundings
import Testing

@Suite("Several processes that work on one file's queue", .timeLimit(.minutes(4)))
struct BrokerProcessTests {
    private static let processes = 4
    private static let jobs = 2000
    private static let kills = 8
    /// More than the victims can do before they are killed.
    private static let jobsOfVictims = 20_000
    private let file: TemporaryFile
    private let store: SQLiteStore

    init() async throws {
        file = try TemporaryFile()
        store = try SQLiteStore(path: file.path)
        try await store.migrate()
        try await store.broker.administration?.create("queue", QueueSettings())
    }

    @Test("run each job once, none meets a lock, and the file is whole")
    func share() async throws {
        let workers = try (0..<Self.processes).map { _ in try WorkerProcess(["drain", file.path, "queue", "30000"]) }
        let ids = try await send(Self.jobs)
        for worker in workers {
            try await worker.end()
            #expect(worker.status == 0, "\(worker.output.suffix(500))")
        }
        let done = workers.flatMap(\.done)
        #expect(done.count == ids.count)
        #expect(Set(done) == ids)
        #expect(workers.filter { !$0.done.isEmpty }.count > 1)
        try expectWhole()
    }

    @Test("that are killed lose nothing, and the file is whole")
    func killed() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        let ids = try await send(Self.jobsOfVictims)
        var all: [WorkerProcess] = []
        for _ in 0..<Self.kills {
            let victim = try WorkerProcess(["drain", file.path, "queue", "500"])
            all.append(victim)
            let enough = Int.random(in: 1...100, using: &random)
            try await victim.wait { victim.done.count >= enough }
            victim.kill()
            try await victim.end()
            #expect(victim.status == -SIGKILL, "seed \(seed): \(victim.output.suffix(500))")
        }
        let heirs = try (0..<Self.processes).map { _ in try WorkerProcess(["drain", file.path, "queue", "500"]) }
        for heir in heirs {
            try await heir.end()
            #expect(heir.status == 0, "seed \(seed): \(heir.output.suffix(500))")
        }
        all += heirs
        #expect(!all.contains { $0.output.contains("error") }, "seed \(seed)")
        // What a victim had done and not deleted yet was done again.
        #expect(Set(all.flatMap(\.done)) == ids, "seed \(seed)")
        #expect(try await store.broker.administration?.statistics(of: "queue").isEmpty == true)
        try expectWhole()
    }

    private func send(_ count: Int) async throws -> Set<String> {
        let answers = try await store.broker.send(
            (0..<count).map { OutgoingMessage(body: "message \($0)") }, to: "queue")
        return Set(try answers.map { try $0.get().messageID })
    }

    private func expectWhole() throws {
        let queue = try DatabaseQueue(path: file.path)
        let answer = try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
        #expect(answer == ["ok"])
    }
}
