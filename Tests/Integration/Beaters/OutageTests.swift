import Foundation
import Logging
import SQJobsCore
import SQJobsPeriodic
import SQJobsSQS
import TestSurroundings
import Testing

@testable import SQJobsPostgres

/// A real server that is really stopped and started again, and schedules on PostgreSQL that fire meanwhile.
@Suite("SQS away while schedules fire", .timeLimit(.minutes(6)))
struct OutageTests {
    private static let schedules = 20
    private static let seconds = 60

    @Test("for a minute: no firing is lost, each schedule's come in order, and what waited goes in batches of ten")
    func minute() async throws {
        let own = try await OwnServer()
        let proxy = try await FaultProxy(to: own.server)
        let schema = "t_\(UUID().uuidString.prefix(8).lowercased())"
        let store = try await PostgresStore(
            url: "\(try TestServer.variable("SQJOBS_TEST_POSTGRES_URL"))?schema=\(schema)", logger: .silent)
        try await store.migrate()
        try await own.server.withBroker(at: proxy.endpoint) { broker in
            try await outage(of: own, behind: proxy, broker, store)
        }
        await store.shutdown()
        try await own.stop()
    }

    private func outage(
        of own: OwnServer, behind proxy: FaultProxy, _ broker: SQSBroker, _ store: PostgresStore
    ) async throws {
        let queue = try await broker.makeQueue(QueueSettings())
        let minute = BusyMinute(schedules: Self.schedules, queues: [queue])
        let sends = Sends(store: store)
        var watched = broker
        watched.enqueueMiddleware = [sends]
        let beater = Beater(broker: watched, store: store, jobs: JobRegistry(), logger: .silent)
        let beating = Task { try await beater.run() }
        try await minute.begin(in: store)
        try await eventually("some firings come through") { sends.sent.count >= 3 * Self.schedules }

        try await own.stop()
        let before = sends.sent.count
        try await eventually("a minute's firings wait", within: .seconds(120)) {
            try await store.count(of: "outbox") >= Self.schedules * Self.seconds
        }
        #expect(sends.sent.count <= before + Self.schedules, "the server was away")
        try await own.start()
        let asked = try await requests(proxy)
        let sent = sends.sent.count
        try await eventually("nothing waits any more", within: .seconds(120)) {
            try await store.count(of: "outbox") < Self.schedules
        }
        let drainRequests = try await requests(proxy) - asked
        let drained = sends.sent.count - sent
        let expected = try await minute.end(in: store)
        try await eventually("the rest is sent") { try await store.count(of: "outbox") == 0 }
        beating.cancel()
        try await beating.value

        let came = try await receiveAll(from: queue, broker)
        #expect(Set(came.map(\.id)) == expected)
        for (schedule, messages) in Dictionary(grouping: came, by: \.schedule) {
            #expect(messages.firsts.map(\.time) == messages.firsts.map(\.time).sorted(), "\(schedule)")
        }
        #expect(drained >= Self.schedules * Self.seconds)
        #expect(drained > 8 * drainRequests, "\(drained) firings went in \(drainRequests) requests")
        #expect(sends.held.count > 0)
        #expect(sends.held.all.allSatisfy { $0 == 0 })
        print(
            "SQS away: \(expected.count) firings, none lost, \(came.count - expected.count) sent again;"
                + " \(drained) that waited went in \(drainRequests) requests;"
                + " \(sends.held.count) sends looked for an open transaction")
    }

    private func requests(_ proxy: FaultProxy) async throws -> Int {
        let requests = try await proxy.statistics().requests
        return requests["SendMessageBatch", default: 0] + requests["SendMessage", default: 0]
    }

    private func receiveAll(from queue: QueueName, _ broker: SQSBroker) async throws -> [Message] {
        var messages: [Message] = []
        while true {
            let deliveries = try await broker.receive(from: queue, count: 10, wait: .zero, visibility: .seconds(600))
            guard !deliveries.isEmpty else { return messages }
            messages += try deliveries.map { try Message(try MessageCodec.decode($0.body, messageID: $0.messageID)) }
        }
    }
}

/// A firing, as it came over the queue.
private struct Message {
    let id: String
    let schedule: String
    let time: String

    init(_ message: JobMessage) throws {
        let keywords = try message.arguments.keywords()
        id = message.id
        schedule = try #require(keywords["schedule"]?.text)
        time = try #require(keywords["sqjobs_programmed_date"]?.text)
    }
}

extension [Message] {
    /// The messages without repeats.
    fileprivate var firsts: [Message] {
        var seen: Set<String> = []
        return filter { seen.insert($0.id).inserted }
    }
}

extension JSONValue {
    fileprivate var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }
}

/// Notes what was sent, and asks the server after sends that took long whether a transaction was open all the while.
private struct Sends: EnqueueMiddleware {
    let store: PostgresStore
    /// The ids of what was sent.
    let sent = Recorder<String>()
    /// For each long send, how many transactions were open that had begun before it.
    let held = Recorder<Int>()

    private static let long = Duration.milliseconds(100)

    func enqueue(
        _ requests: [EnqueueRequest], to queue: QueueName,
        next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        let start = JobClock.system.elapsed()
        let result: Result<[Result<SentMessage, SQJobsError>], any Error>
        do { result = .success(try await next(requests)) } catch { result = .failure(error) }
        let duration = JobClock.system.elapsed() - start
        if duration > Self.long { held.add(try await transactions(olderThan: duration)) }
        let answers = try result.get()
        for case (let request, .success) in zip(requests, answers) { sent.add(request.message.id) }
        return answers
    }

    private func transactions(olderThan duration: Duration) async throws -> Int {
        let rows = try await store.pool.execute(
            PostgresStatement(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND xact_start < clock_timestamp() - $2::interval
                    AND query LIKE '%' || $1 || '%'
                """, .text(store.pool.url.schema.name), .interval(duration.storable)))
        return try rows[0].value(0)
    }
}

extension PostgresStore {
    fileprivate func count(of table: String) async throws -> Int {
        try await pool.execute(PostgresStatement("SELECT count(*) FROM \(pool.url.schema.qualified(table))"))[0].value(
            0)
    }
}

extension Logger {
    fileprivate static var silent: Logger { Logger(label: "integration") { _ in SwiftLogNoOpLogHandler() } }
}
