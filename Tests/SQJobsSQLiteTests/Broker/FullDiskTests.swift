import GRDB
import Logging
import SQJobsCore
import SQJobsTesting
import ServiceLifecycle
import Synchronization
import Testing

@testable import SQJobsSQLite

/// SQLite gives the same error for a file that reached the size it may have as for one whose disk is full.
@Suite("A file that cannot grow", .timeLimit(.minutes(2)))
struct FullDiskTests {
    @Test("its user is told to make room, nothing is damaged or lost, and work goes on once there is room again")
    func full() async throws {
        let file = try TemporaryFile()
        let store = try SQLiteStore(path: file.path)
        try await store.migrate()
        let broker = store.broker
        try await #require(broker.administration).create("q", QueueSettings())
        try await broker.administration?.pause("q")
        try await store.limit(pages: 200)

        var ids: Set<String> = []
        var refusal: SQJobsError?
        let ballast = String(repeating: "x", count: 2_000)
        while refusal == nil {
            do {
                ids.insert(try await broker.enqueue(Noted.self, ballast, .queue("q")).id)
            } catch let error as SQJobsError {
                refusal = error
            }
            try #require(ids.count < 10_000)
        }
        #expect(refusal?.code == .brokerUnavailable)
        #expect(refusal?.message.contains(file.path) == true && refusal?.message.contains("make room") == true)
        #expect(ids.count > 50)
        #expect(try await store.integrity() == "ok")
        #expect(try await #require(broker.administration).statistics(of: "q").waiting == ids.count)

        // What takes no room goes on: a worker claims, runs and deletes on the full disk.
        try await broker.administration?.resume("q")
        let ran = Ran()
        let silent = Logger(label: "full") { _ in SwiftLogNoOpLogHandler() }
        let worker = Worker(broker: broker, queues: ["q"], jobs: JobRegistry { Noted(ran: ran) }, logger: silent)
        let group = ServiceGroup(services: [worker], logger: silent)
        let running = Task { try await group.run() }
        try await ran.wait(for: ids)

        try await store.limit(pages: 1_000_000)
        for _ in 0..<500 { ids.insert(try await broker.enqueue(Noted.self, ballast, .queue("q")).id) }
        try await ran.wait(for: ids)
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(try await store.integrity() == "ok")
        await store.shutdown()
    }

    @Test("a file that may only be read says so, and what it holds can still be looked at")
    func readOnly() async throws {
        let file = try TemporaryFile()
        let store = try SQLiteStore(path: file.path)
        try await store.migrate()
        try await #require(store.broker.administration).create("q", QueueSettings())
        try await store.broker.enqueue(Noted.self, "a", .queue("q"))
        try await store.write { try $0.execute(sql: "PRAGMA query_only = 1") }
        let error = await #expect(throws: SQJobsError.self) {
            try await store.broker.enqueue(Noted.self, "b", .queue("q"))
        }
        #expect(error?.message.contains(file.path) == true && error?.message.contains("written to") == true)
        #expect(try await #require(store.broker.administration).statistics(of: "q").waiting == 1)
        await store.shutdown()
    }

    private final class Ran: Sendable {
        private let state = Mutex<Set<String>>([])
        var ids: Set<String> { state.withLock(\.self) }
        func add(_ id: String) { state.withLock { _ = $0.insert(id) } }

        func wait(for ids: Set<String>) async throws {
            let deadline = ContinuousClock.now + .seconds(60)
            while self.ids != ids {
                try #require(ContinuousClock.now < deadline, "\(self.ids.count) of \(ids.count) jobs ran")
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    private final class Noted: Job<String, Void> {
        private let ran: Ran

        init(ran: Ran) {
            self.ran = ran
        }

        override func run(_ ballast: String) async throws { ran.add(context.id) }
    }
}

extension SQLiteStore {
    fileprivate func limit(pages: Int) async throws {
        try await write { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
    }

    fileprivate func integrity() async throws -> String? {
        try await read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
    }
}
