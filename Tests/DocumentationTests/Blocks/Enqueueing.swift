import Foundation
import GRDB
import SQJobsCore
import SQJobsResults
import SQJobsSQLite

/// The blocks of topics/enqueueing.md, and those of other pages that enqueue.
enum EnqueueingPage {
    typealias SendTicket = JobsPage.SendTicket

    final class ShipOrder: Job<Int, Void> {}

    static func one(_ broker: some Broker) async throws {
        let ticket = try await broker.enqueue(SendTicket.self, .init(order: 7, email: "ada@example.com"))
        print(ticket.id, ticket.queue)
    }

    static func options(_ broker: some Broker, _ parameters: SendTicket.Parameters) async throws {
        try await broker.enqueue(Reindex.self)
        try await broker.enqueue(SendTicket.self, parameters, .delay(.seconds(300)), .queue("slow_mail"))
        try await broker.enqueue(named: "resize", on: "images", args: ["cat.png"], kwargs: ["width": 640])
    }

    static func batch(_ broker: some Broker, _ tickets: [SendTicket.Parameters]) async throws {
        let answers = try await broker.enqueue(SendTicket.self, batch: tickets)
        for case .failure(let error) in answers { print(error) }
    }

    static func store(_ broker: inout some Broker, _ store: SQLiteStore, _ jobs: JobRegistry) {
        broker.enqueueMiddleware.append(UniqueJobs(store, broker))
        broker.enqueueMiddleware.append(EnqueueRecording(store, jobs: jobs))
        broker.enqueueMiddleware.append(OutboxDelays(store, broker))
    }

    static func transaction(_ database: DatabasePool, _ store: SQLiteStore) async throws {
        try await database.write { db in
            try db.execute(sql: "INSERT INTO orders (id) VALUES (?)", arguments: [7])
            try store.enqueue(SendTicket.self, .init(order: 7, email: "ada@example.com"), in: db)
        }
    }

    static func order(_ broker: some Broker, _ order: Int) async throws {
        try await broker.enqueue(ShipOrder.self, order, .group("customer-7"))
        try await broker.enqueue(ShipOrder.self, order, .group("customer-7"), .deduplicationID("order-\(order)"))
    }

    static func python(_ broker: some Broker) async throws {
        try await broker.enqueue(named: "legacy_report", on: "python", kwargs: ["month": 11])
    }

    enum Answer {
        case sent
        case later
    }

    static func errors(_ broker: some Broker, _ parameters: SendTicket.Parameters) async throws -> Answer {
        do {
            try await broker.enqueue(SendTicket.self, parameters)
        } catch let error as SQJobsError where error.code == .brokerUnavailable {
            return .later
        }
        return .sent
    }
}
