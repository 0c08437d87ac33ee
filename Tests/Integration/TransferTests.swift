import Foundation
import GRDB
import Logging
import SQJobsPeriodic
import SQJobsResults
import SQJobsSQLite
import TestSurroundings
import Testing

@testable import SQJobsConformance
@testable import SQJobsCore
@testable import SQJobsPostgres

/// Where queue and outbox are one database, a job is sent exactly once.
@Suite("Sending from the outbox to queues of the same database", .timeLimit(.minutes(2)))
struct TransferTests {
    enum Database: String, CaseIterable, Sendable {
        case sqlite
        case postgres
    }

    /// A database with the queue `here`, as store and as broker.
    private struct Place {
        let store: any ScheduleStore & ResultStore
        let broker: any Broker
        let folder: TemporaryFolder
        /// Has whoever puts a message onto a queue die in the middle of its transaction: on PostgreSQL its session ends, on
        /// SQLite the statement fails.
        let deadly: @Sendable (_ isDeadly: Bool) async throws -> Void

        func entry(_ id: String, onceKey: String? = nil) throws -> OutboxEntry {
            OutboxEntry(
                message: JobMessage(id: id, name: "probe", arguments: try JobArguments()), queue: "here",
                dueAt: Date(timeIntervalSinceNow: -1), onceKey: onceKey)
        }

        func claim(_ lease: Duration) async throws -> OutboxClaim {
            let claims = try await store.claim(1, at: Date(), lease: lease, queues: [])
            return try #require(claims.first)
        }

        func parcel(_ claim: OutboxClaim) throws -> OutboxParcel {
            OutboxParcel(
                OutgoingMessage(body: try MessageCodec.encode(claim.entry.message)),
                condition: .entry(number: claim.number, token: claim.token))
        }

        func relay(_ configuration: RelayConfiguration = RelayConfiguration()) -> OutboxRelay {
            OutboxRelay(broker: broker, outbox: store, configuration: configuration, logger: TransferTests.silent)
        }

        /// The ids of the jobs on the queue.
        func received() async throws -> [String] {
            var ids: [String] = []
            while true {
                let deliveries = try await broker.receive(
                    from: "here", count: 100, wait: .zero, visibility: .seconds(600))
                guard !deliveries.isEmpty else { return ids }
                ids += try deliveries.map { try MessageCodec.decode($0.body, messageID: $0.messageID).id }
            }
        }

        func waiting() async throws -> [OutboxStatus] {
            try await store.waiting(after: 0, limit: 1000)
        }
    }

    private func withPlace(_ database: Database, _ body: (Place) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let store: any ScheduleStore & ResultStore
        let broker: any Broker
        let deadly: @Sendable (Bool) async throws -> Void
        switch database {
        case .sqlite:
            let path = folder.url.appending(path: "jobs.sqlite").path
            let file = try SQLiteStore(path: path)
            (store, broker) = (file, file.broker)
            deadly = { isDeadly in
                let trigger = """
                    CREATE TRIGGER death AFTER INSERT ON sqjobs_messages BEGIN SELECT RAISE(FAIL, 'died'); END
                    """
                try await DatabaseQueue(path: path).write {
                    try $0.execute(sql: isDeadly ? trigger : "DROP TRIGGER death")
                }
            }
        case .postgres:
            let schema = "t_\(UUID().uuidString.prefix(8).lowercased())"
            let server = try await PostgresStore(
                url: "\(try TestServer.variable("SQJOBS_TEST_POSTGRES_URL"))?schema=\(schema)",
                logger: Self.silent)
            (store, broker) = (server, server.broker)
            deadly = { isDeadly in
                let statements =
                    isDeadly
                    ? [
                        """
                        CREATE FUNCTION \(schema).death() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$
                        """,
                        """
                        CREATE TRIGGER death AFTER INSERT ON \(schema).messages FOR EACH ROW
                        EXECUTE FUNCTION \(schema).death()
                        """,
                    ] : ["DROP FUNCTION \(schema).death() CASCADE"]
                for statement in statements { _ = try await server.pool.execute(PostgresStatement(statement)) }
            }
        }
        try await store.migrate()
        try await #require(broker.administration).create("here", QueueSettings())
        try await body(Place(store: store, broker: broker, folder: folder, deadly: deadly))
        await store.shutdown()
    }

    @Test("an entry that two relays hold is sent by the one that holds it still, once", arguments: Database.allCases)
    func twoHolders(database: Database) async throws {
        try await withPlace(database) { place in
            let transfer = try #require(place.store.transfer(for: place.broker))
            _ = try await place.store.put([try place.entry("a")])
            let first = try await place.claim(.zero)
            let second = try await place.claim(.seconds(60))
            let late = try await transfer.send([try place.parcel(first)], to: "here")
            #expect(throws: SQJobsError.self) { try late[0].get() }
            #expect(try await place.waiting().count == 1, "a holder that lost its claim changes nothing")
            let answers = try await transfer.send([try place.parcel(second)], to: "here")
            _ = try answers[0].get()
            let again = try await transfer.send([try place.parcel(second)], to: "here")
            #expect(throws: SQJobsError.self) { try again[0].get() }
            #expect(try await place.received() == ["a"])
            #expect(try await place.waiting().isEmpty)
        }
    }

    @Test("relays whose leases are too short send each entry once all the same", arguments: Database.allCases)
    func racingRelays(database: Database) async throws {
        try await withPlace(database) { place in
            let ids = (0..<400).map { "job-\($0)" }
            _ = try await place.store.put(try ids.map { try place.entry($0) })
            let relays = (0..<4).map { _ in place.relay(RelayConfiguration(batch: 50, lease: .milliseconds(1))) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for relay in relays { group.addTask { while try await relay.relay() > 0 {} } }
                try await group.waitForAll()
            }
            try await eventually("nothing waits") {
                for relay in relays { _ = try await relay.relay() }
                return try await place.waiting().isEmpty
            }
            #expect(try await place.received().sorted() == ids.sorted())
        }
    }

    @Test(
        "a beater that dies sends each firing once, with the id of its time",
        arguments: Database.allCases, CrashPoint.all.filter { $0.step != .remove })
    func dyingBeater(database: Database, point: CrashPoint) async throws {
        try await withPlace(database) { place in
            let due = ScheduleStoreTrial.start
            for name in ["a", "b", "c"] {
                let schedule = try Schedule(name, job: "probe", queue: "here", "* * * * *")
                _ = try await place.store.add([ScheduleDraft(schedule, nextAt: due)])
            }
            let life = Life(until: point)
            var mortal = place.broker
            mortal.enqueueMiddleware.append(MortalSending(life: life))
            let dying = beater(mortal, MortalStore(store: place.store, life: life), at: due)
            _ = try? await dying.beat()
            _ = try? await dying.relayOnce()
            #expect(life.hasEnded)
            let heir = beater(place.broker, place.store, at: due)
            _ = try await heir.beat()
            try await eventually("the claims of the dead one end") {
                _ = try await heir.relayOnce()
                return try await place.waiting().isEmpty
            }
            let ids = try await place.received()
            #expect(ids.count == 3)
            #expect(Set(ids).count == 3)
            #expect(ids.allSatisfy { JobID.date(of: $0) == due })
        }
    }

    @Test("what dies while it sends has neither sent the entry nor removed it", arguments: Database.allCases)
    func deathWhileSending(database: Database) async throws {
        try await withPlace(database) { place in
            let transfer = try #require(place.store.transfer(for: place.broker))
            _ = try await place.store.put([try place.entry("a")])
            try await place.deadly(true)
            let parcel = try place.parcel(try await place.claim(.zero))
            await #expect(throws: SQJobsError.self) { _ = try await transfer.send([parcel], to: "here") }
            try await place.deadly(false)
            #expect(try await place.waiting().map(\.id) == ["a"])
            #expect(try await place.received().isEmpty)
            #expect(try await place.relay().relay() == 1)
            #expect(try await place.received() == ["a"])
        }
    }

    @Test("a unique job that dies while it is sent leaves neither key nor message", arguments: Database.allCases)
    func deathOfUnique(database: Database) async throws {
        try await withPlace(database) { place in
            var broker = place.broker
            broker.enqueueMiddleware.append(UniqueJobs(place.store, place.broker))
            let unique = broker
            try await place.deadly(true)
            await #expect(throws: SQJobsError.self) {
                try await unique.enqueue(ProbeJob.self, .uniqueKey("reindex"), .id("dead"))
            }
            try await place.deadly(false)
            #expect(try await unique.enqueue(ProbeJob.self, .uniqueKey("reindex"), .id("alive")).id == "alive")
            #expect(try await place.received() == ["alive"])
        }
    }

    @Test("entries of one ordering key arrive in their order, also when relays race", arguments: Database.allCases)
    func ordered(database: Database) async throws {
        try await withPlace(database) { place in
            try await #require(place.broker.administration).create("line", QueueSettings(isOrdered: true))
            let ids = (0..<20).map { "job-\($0)" }
            for id in ids {
                var entry = try place.entry(id)
                (entry.queue, entry.orderingKey) = ("line", "key")
                _ = try await place.store.put([entry])
            }
            let relays = (0..<4).map { _ in place.relay(RelayConfiguration(batch: 1, lease: .milliseconds(1))) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for relay in relays {
                    group.addTask {
                        try await eventually("nothing waits") {
                            _ = try await relay.relay()
                            return try await place.waiting().isEmpty
                        }
                    }
                }
                try await group.waitForAll()
            }
            var received: [String] = []
            while let next = try await place.broker.receive(
                from: "line", count: 1, wait: .zero, visibility: .seconds(600)
            ).first {
                received.append(try MessageCodec.decode(next.body, messageID: next.messageID).id)
                for answer in try await place.broker.delete([next]) { try answer.get() }
            }
            #expect(received == ids)
        }
    }

    @Test("an entry for a queue that does not exist stays with the reason", arguments: Database.allCases)
    func missingQueue(database: Database) async throws {
        try await withPlace(database) { place in
            var entry = try place.entry("a")
            entry.queue = "nowhere"
            _ = try await place.store.put([entry, try place.entry("b")])
            #expect(try await place.relay().relay() == 2)
            let waiting = try await place.waiting()
            #expect(waiting.map(\.id) == ["a"])
            #expect(waiting.first?.error?.contains("nowhere") == true)
            #expect(try await place.received() == ["b"])
        }
    }

    @Test("a job whose result is stored is recorded on its way", arguments: Database.allCases)
    func recorded(database: Database) async throws {
        try await withPlace(database) { place in
            var broker = place.broker
            broker.enqueueMiddleware.append(EnqueueRecording(place.store, jobs: JobRegistry { ProbeJob() }))
            let id = "0193a1b2-0000-7000-8000-000000000001"
            _ = try await place.store.put([try place.entry(id)])
            #expect(try await OutboxRelay(broker: broker, outbox: place.store, logger: Self.silent).relay() == 1)
            #expect(try await Results(place.store).status(of: id)?.state == .pending)
            #expect(try await place.received() == [id])
        }
    }

    @Test("of jobs with one unique key one is sent, until its key is free", arguments: Database.allCases)
    func unique(database: Database) async throws {
        try await withPlace(database) { place in
            var broker = place.broker
            broker.enqueueMiddleware.append(UniqueJobs(place.store, place.broker))
            let unique = broker
            let ids = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await unique.enqueue(ProbeJob.self, .uniqueKey("reindex")).id }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await place.received() == Array(ids))
            let id = try #require(ids.first)
            try await place.store.free([UniqueReservation(key: "reindex", jobID: id)])
            #expect(try await unique.enqueue(ProbeJob.self, .uniqueKey("reindex")).id != id)
            #expect(try await place.received().count == 1)
        }
    }

    @Test("a unique job that cannot be sent leaves its key free", arguments: Database.allCases)
    func uniqueAndRefused(database: Database) async throws {
        try await withPlace(database) { place in
            let transfer = try #require(place.store.transfer(for: place.broker))
            let reservation = UniqueReservation(key: "k", jobID: "first", lifetime: .seconds(600))
            let parcel = OutboxParcel(OutgoingMessage(body: "body"), condition: .key(reservation))
            await #expect(throws: SQJobsError.self) { _ = try await transfer.send([parcel], to: "nowhere") }
            let refused = OutboxParcel(OutgoingMessage(body: "a\0b"), condition: .key(reservation))
            let answers = try await transfer.send([refused], to: "here")
            #expect(throws: SQJobsError.self) { try answers[0].get() }
            let other = UniqueReservation(key: "k", jobID: "second", lifetime: .seconds(600))
            #expect(try await place.store.reserve([other]) == ["second"])
            #expect(try await place.received().isEmpty)
        }
    }

    @Test("another database's broker is sent to as any other", arguments: Database.allCases)
    func otherStore(database: Database) async throws {
        try await withPlace(database) { place in
            try await withPlace(.sqlite) { other in
                #expect(place.store.transfer(for: other.broker) == nil)
                _ = try await place.store.put([try place.entry("a")])
                let relay = OutboxRelay(broker: other.broker, outbox: place.store)
                #expect(try await relay.relay() == 1)
                #expect(try await other.received() == ["a"])
                #expect(try await place.waiting().isEmpty)
            }
        }
    }

    private func beater(_ broker: any Broker, _ store: any ScheduleStore, at time: Date) -> Beater {
        Beater(
            broker: broker, store: store, jobs: JobRegistry(),
            configuration: BeaterConfiguration(relay: RelayConfiguration(lease: .milliseconds(300))),
            clock: WallTime(time).clock(like: .system), logger: Self.silent)
    }

    private static let silent = Logger(label: "integration") { _ in SwiftLogNoOpLogHandler() }

    private final class ProbeJob: ResultJob<NoParameters, Int> {
        override class var name: String { "probe" }
        override class var queue: QueueName { "here" }

        override func run(_ parameters: NoParameters) async throws -> Int { 1 }
    }
}
