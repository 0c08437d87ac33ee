import Foundation
import Logging
import SQJobsPeriodic
import SQJobsPostgres
import SQJobsResults
import SQJobsSQLite
import TestSurroundings
import Testing

@testable import SQJobsCore

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
        switch database {
        case .sqlite:
            let file = try SQLiteStore(path: folder.url.appending(path: "jobs.sqlite").path)
            (store, broker) = (file, file.broker)
        case .postgres:
            let schema = "t_\(UUID().uuidString.prefix(8).lowercased())"
            let server = try await PostgresStore(
                url: "\(try TestServer.variable("SQJOBS_TEST_POSTGRES_URL"))?schema=\(schema)",
                logger: Logger(label: "integration") { _ in SwiftLogNoOpLogHandler() })
            (store, broker) = (server, server.broker)
        }
        try await store.migrate()
        try await #require(broker.administration).create("here", QueueSettings())
        try await body(Place(store: store, broker: broker, folder: folder))
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
            let relays = (0..<4).map { _ in
                OutboxRelay(
                    broker: place.broker, outbox: place.store,
                    configuration: RelayConfiguration(batch: 50, lease: .milliseconds(1)),
                    logger: Logger(label: "integration") { _ in SwiftLogNoOpLogHandler() })
            }
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

    @Test("an entry for a queue that does not exist stays with the reason", arguments: Database.allCases)
    func missingQueue(database: Database) async throws {
        try await withPlace(database) { place in
            var entry = try place.entry("a")
            entry.queue = "nowhere"
            _ = try await place.store.put([entry, try place.entry("b")])
            let relay = OutboxRelay(
                broker: place.broker, outbox: place.store,
                logger: Logger(label: "integration") { _ in SwiftLogNoOpLogHandler() })
            #expect(try await relay.relay() == 2)
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
            let relay = OutboxRelay(
                broker: broker, outbox: place.store,
                logger: Logger(label: "integration") { _ in SwiftLogNoOpLogHandler() })
            #expect(try await relay.relay() == 1)
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

    private final class ProbeJob: ResultJob<NoParameters, Int> {
        override class var name: String { "probe" }
        override class var queue: QueueName { "here" }

        override func run(_ parameters: NoParameters) async throws -> Int { 1 }
    }
}
