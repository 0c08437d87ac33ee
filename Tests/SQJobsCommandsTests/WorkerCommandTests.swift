import Foundation
import SQJobsTesting
import ServiceLifecycle
import Synchronization
import Testing

@testable import SQJobsCommands

@Suite("`worker`")
struct WorkerCommandTests {
    @Test("`worker --drain` runs what is on the queues, stops, and exits with 0")
    func drain() async throws {
        let session = try CommandLineSession()
        try await session.broker.enqueue(AdderJob.self, batch: [[1], [2]])
        try await session.broker.enqueue(TicketJob.self, .init(event: "concert"))
        let result = await session.run("worker", "sums", "tickets:3", "--drain")
        #expect(result.code == 0, "\(result.error)")
        #expect(try await session.waiting(on: "sums") == 0)
        #expect(try await session.waiting(on: "tickets") == 0)
        #expect(session.broker.uses.shutdowns == 1)
    }

    @Test("One line says where the worker starts: broker, queues, concurrency and jobs, never the URL's secrets")
    func startLine() async throws {
        let session = try CommandLineSession()
        let url = "memory:\(session.name)?token=secret"
        let result = await session.run(
            "worker", "sums", "tickets:3", "--drain", "--concurrency", "4", "--broker", url)
        #expect(result.code == 0, "\(result.error)")
        #expect(
            session.log.text.contains(
                "notice worker starts broker=memory:\(session.name) concurrency=4"
                    + " jobs=adder_job failing gate ticket queues=sums tickets:3\n"))
        #expect(!session.log.text.contains("secret"))
    }

    @Test("Without a queue it listens to SQJOBS_QUEUES, and without that to every queue that a registered job names")
    func defaultQueues() async throws {
        var session = try CommandLineSession([
            "sums": QueueSettings(), "tickets": QueueSettings(), "gates": QueueSettings(),
        ])
        #expect(await session.run("worker", "--drain").code == 0)
        #expect(session.log.text.contains("queues=gates sums tickets\n"))
        session.environment["SQJOBS_QUEUES"] = "sums:2, gates"
        #expect(await session.run("worker", "--drain").code == 0)
        #expect(session.log.text.contains("queues=sums:2 gates\n"))
        #expect(await session.run("worker", "tickets", "--drain").code == 0)
        #expect(session.log.text.contains("queues=tickets\n"))
    }

    @Test("The environment says what options do not")
    func environment() async throws {
        var session = try CommandLineSession()
        session.environment["SQJOBS_CONCURRENCY"] = "3"
        session.environment["SQJOBS_LOG_LEVEL"] = "notice"
        session.environment["SQJOBS_SHUTDOWN_TIMEOUT"] = "1m"
        #expect(await session.run("worker", "sums", "--drain").code == 0)
        #expect(session.log.text.contains("concurrency=3"))
        #expect(!session.log.text.contains("info "))
        #expect(await session.run("worker", "sums", "--drain", "--concurrency", "5", "--log-level", "DEBUG").code == 0)
        #expect(session.log.text.contains("concurrency=5"))
        #expect(session.log.text.contains("debug "))
    }

    @Test("The first signal lets running jobs finish", .timeLimit(.minutes(1)))
    func gracefulStop() async throws {
        let (signals, sender) = AsyncStream.makeStream(of: String.self)
        let session = try CommandLineSession(["gates": QueueSettings()], signals: signals)
        let gate = session.name
        try await session.broker.enqueue(GateJob.self, gate)
        async let result = session.run("worker", "gates")
        try await eventually { Gates.notes.contains("\(gate) entered") }
        sender.yield("SIGTERM")
        try await eventually { session.log.text.contains("another signal skips the wait signal=SIGTERM") }
        Gates.note("\(gate) opened")
        #expect(await result.code == 0)
        #expect(Gates.notes.contains("\(gate) left"))
        let statistics = try await #require(session.broker.administration).statistics(of: "gates")
        #expect(statistics.isEmpty, "the job's message was deleted")
    }

    @Test(
        "A second signal skips the wait: the running job is cancelled and goes back to its queue",
        .timeLimit(.minutes(1)))
    func secondSignal() async throws {
        let (signals, sender) = AsyncStream.makeStream(of: String.self)
        let session = try CommandLineSession(["gates": QueueSettings()], signals: signals)
        let gate = session.name
        try await session.broker.enqueue(GateJob.self, gate)
        async let result = session.run("worker", "gates", "--shutdown-timeout", "1d")
        try await eventually { Gates.notes.contains("\(gate) entered") }
        sender.yield("SIGTERM")
        sender.yield("SIGINT")
        #expect(await result.code == 0)
        #expect(!Gates.notes.contains("\(gate) left"))
        #expect(try await session.waiting(on: "gates") == 1)
        #expect(session.broker.uses.shutdowns == 1)
    }

    @Test("The app's services run beside the worker and are stopped after it")
    func services() async throws {
        let session = try CommandLineSession()
        let result = await session.run(ServiceApp.self, ["worker", "sums", "--drain"])
        #expect(result.code == 0, "\(result.error)")
        #expect(ServiceApp.events.text == "started stopped ")
    }
}

private struct ServiceApp: SQJobsApp {
    static let backends: [any Backend.Type] = [TestBackend.self]
    static let events = Captured()

    struct Noting: Service {
        func run() async throws {
            ServiceApp.events.append("started ")
            try await gracefulShutdown()
            ServiceApp.events.append("stopped ")
        }
    }

    static func configure(_ app: inout Application) async throws {
        app.services.append(Noting())
    }
}
