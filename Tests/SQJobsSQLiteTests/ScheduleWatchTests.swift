import SQJobsTesting
import Testing

@testable import SQJobsSQLite

@Suite("What another process writes to a file", .timeLimit(.minutes(1)))
struct ScheduleWatchTests {
    @Test("is noticed by a beater long before its interval is over")
    func wakeUp() async throws {
        let file = try TemporaryFile()
        let store = try SQLiteStore(path: file.path)
        try await store.migrate()
        let broker = try InMemoryBroker("ticks")
        let beater = Beater(
            broker: broker, store: store, jobs: JobRegistry(),
            configuration: BeaterConfiguration(interval: .seconds(3600)))
        let beating = Task { try await beater.run() }
        // A store has connections of its own: to SQLite it is what another process is.
        let other = try SQLiteStore(path: file.path)
        for name in ["a", "b"] {
            try await Schedules(other).add(try Schedule(name, job: name, queue: "ticks", "* * * * * *"))
            var names: Set<String> = []
            while !names.contains(name) {
                for delivery in try await broker.receive(
                    from: "ticks", count: 10, wait: .seconds(20), visibility: .seconds(60))
                {
                    names.insert(try MessageCodec.decode(delivery.body, messageID: "").name)
                }
            }
            try await Schedules(other).disable(name)
        }
        beating.cancel()
        try await beating.value
        await other.shutdown()
        await store.shutdown()
    }

    @Test("ends a beater in good order when the store is shut down before it")
    func shutdown() async throws {
        let file = try TemporaryFile()
        let store = try SQLiteStore(path: file.path)
        try await store.migrate()
        let wakeUps = try #require(store.wakeUps())
        await store.shutdown()
        for await _ in wakeUps {}
    }
}
