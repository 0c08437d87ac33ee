import Foundation
import Logging
import SQJobsCore
import SQJobsPostgres
import ServiceLifecycle
import Synchronization
import TestSurroundings
import Testing

@Suite("A network that cuts connections to PostgreSQL", .timeLimit(.minutes(3)))
struct NetworkCutTests {
    private static let jobs = 1_500
    private static let cuts = 6

    @Test("while workers claim and delete and producers send: every job runs, and the worker goes on")
    func cut() async throws {
        let schema = "t_\(UUID().uuidString.prefix(8).lowercased())"
        let url = try #require(URLComponents(string: try TestServer.variable("SQJOBS_TEST_POSTGRES_URL")))
        let (host, port) = (try #require(url.host), try #require(url.port))
        let proxy = try ChildProcess(
            TestServer.variable("SQJOBS_TEST_PYTHON"),
            [Fixture.path("cutting_proxy", "py"), host, "\(port)", "\(Self.cuts)"])
        try await eventually("the proxy listens; it printed: \(proxy.output)") { proxy.output.contains("\n") }
        let own = try #require(proxy.output.split(separator: "\n").first?.split(separator: " ").last)
        var through = url
        through.port = Int(own)
        through.query = "schema=\(schema)&sslmode=disable"
        let store = try await PostgresStore(url: try #require(through.string), logger: .silent)
        try await store.migrate()
        let broker = store.broker
        try await broker.administration?.create("q", QueueSettings(visibility: .seconds(2)))

        let ran = Ran()
        let worker = Worker(
            broker: broker, queues: ["q"], jobs: JobRegistry { Noted(ran: ran) }, logger: .silent)
        let group = ServiceGroup(services: [worker], logger: .silent)
        let running = Task { try await group.run() }
        let repeats = try await enqueue(broker)
        try await eventually("every job ran; the proxy printed: \(proxy.output)", within: .seconds(90)) {
            ran.ids.count == Self.jobs
        }
        try await eventually("the queue is empty", within: .seconds(30)) {
            (try? await broker.statistics(of: "q").isEmpty) == true
        }
        await group.triggerGracefulShutdown()
        try await running.value
        await store.shutdown()

        let lines = proxy.output.split(separator: "\n")
        for kind in ["claim", "delete", "send"] {
            #expect(lines.contains("cut \(kind) heard") && lines.contains("cut \(kind) unheard"), "\(proxy.output)")
        }
        print(
            "Network cut: \(lines.count - 1) cuts, \(Self.jobs) jobs, \(ran.count - Self.jobs) repeats (\(repeats) sent twice), none lost"
        )
        proxy.send(SIGTERM)
    }

    /// Enqueues all jobs, each until it is known to be on the queue.
    private func enqueue(_ broker: PostgresBroker) async throws -> Int {
        var repeats = 0
        for number in 0..<Self.jobs {
            while true {
                do {
                    try await broker.enqueue(Noted.self, [number], .queue("q"), .id("job-\(number)"))
                    break
                } catch let error as SQJobsError {
                    // What is known not to be there, and what may be there: the id is the same.
                    #expect([.unknownOutcome, .brokerUnavailable].contains(error.code), "\(error)")
                    if error.code == .unknownOutcome { repeats += 1 }
                }
            }
        }
        return repeats
    }

    private final class Ran: Sendable {
        private let state = Mutex((ids: Set<String>(), count: 0))

        var ids: Set<String> { state.withLock(\.ids) }
        var count: Int { state.withLock(\.count) }

        func add(_ id: String) {
            state.withLock { state in
                state.ids.insert(id)
                state.count += 1
            }
        }
    }

    private final class Noted: Job<[Int], Void> {
        private let ran: Ran

        init(ran: Ran) {
            self.ran = ran
        }

        override func run(_ numbers: [Int]) async throws { ran.add(context.id) }
    }
}

extension Logger {
    fileprivate static var silent: Logger { Logger(label: "integration") { _ in SwiftLogNoOpLogHandler() } }
}
