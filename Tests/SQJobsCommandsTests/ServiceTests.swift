import Foundation
import SQJobsSQLite
import SQJobsTesting
import Testing

@testable import SQJobsCommands

@Suite("A service of the app's own, with the app's worker and beater beside it", .timeLimit(.minutes(2)))
struct ServiceTests {
    @Test("Told to stop, the service ends first, and a job that runs may finish")
    func order() async throws {
        let (signals, stop) = AsyncStream.makeStream(of: String.self)
        let manage = try await migrated(signals)
        defer { manage.removeFolder() }
        let gate = manage.session.name
        _ = await run(manage, "enqueue", "gate", gate)
        async let result = run(manage, "counter")
        try await eventually { Gates.notes.contains("\(gate) entered") }
        stop.yield("SIGTERM")
        try await eventually { manage.session.log.text.contains("counter closes") }
        #expect(!Gates.notes.contains("\(gate) left"))
        Gates.note("\(gate) opened")
        let ended = await result
        #expect(ended.code == 0, "\(ended.error)")
        #expect(Gates.notes.contains("\(gate) left"))
    }

    @Test("The beater fires and the worker runs, by the settings of the environment")
    func settings() async throws {
        let (signals, stop) = AsyncStream.makeStream(of: String.self)
        var manage = try await migrated(signals)
        defer { manage.removeFolder() }
        manage.session.environment["SQJOBS_QUEUES"] = "sums:2"
        manage.session.environment["SQJOBS_CONCURRENCY"] = "3"
        _ = await run(manage, "schedules", "add", "often", "adder_job", "1", "--schedule", "* * * * * *")
        let counter = manage
        async let result = run(counter, "counter")
        try await eventually { counter.session.log.text.contains("job success") }
        stop.yield("SIGTERM")
        #expect(await result.code == 0)
        #expect(counter.session.log.text.contains("concurrency=3"))
        #expect(counter.session.log.text.contains("queues=sums:2"))

        manage.session.environment["SQJOBS_INTERVAL"] = "soon"
        let wrong = await run(manage, "counter")
        #expect(wrong.code == 64 && wrong.error.contains("SQJOBS_INTERVAL is “soon”"), "\(wrong.error)")
    }

    private func migrated(_ signals: AsyncStream<String>) async throws -> EmbeddedSession {
        let manage = try EmbeddedSession(signals: signals)
        #expect(await run(manage, "migrate").code == 0)
        return manage
    }

    private func run(_ manage: EmbeddedSession, _ arguments: String...) async -> CommandResult {
        await EmbeddedBackend.$folder.withValue(manage.folder.path) {
            await manage.session.run(CounterApp.self, arguments)
        }
    }
}
