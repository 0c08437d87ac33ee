import Foundation
import Logging
import SQJobsCore
import SQJobsPostgres
import SQJobsSQLite
import TestSurroundings

/// Where queues can be: what workers promise they promise on all of them.
enum BrokerPlace: String, CaseIterable, Sendable {
    case sqs
    case sqlite
    case postgres

    /// Lends a broker, and the variables by which a process of `integration-worker` finds the same.
    func withBroker<Result>(
        _ body: (any Broker, [String: String]) async throws -> Result
    ) async throws -> Result {
        switch self {
        case .sqs:
            let server = try TestServer()
            return try await server.withBroker { try await body($0, server.environment) }
        case .sqlite:
            let folder = try TemporaryFolder()
            let path = folder.url.appending(path: "jobs.sqlite").path
            let store = try SQLiteStore(path: path)
            return try await lend(store, store.broker, "sqlite:\(path)", body)
        case .postgres:
            let schema = "t_\(UUID().uuidString.prefix(8).lowercased())"
            let url = "\(try TestServer.variable("SQJOBS_TEST_POSTGRES_URL"))?schema=\(schema)"
            let silent = Logger(label: "integration") { _ in SwiftLogNoOpLogHandler() }
            let store = try await PostgresStore(url: url, logger: silent)
            return try await lend(store, store.broker, url, body)
        }
    }

    private func lend<Result>(
        _ store: any JobStore, _ broker: any Broker, _ url: String,
        _ body: (any Broker, [String: String]) async throws -> Result
    ) async throws -> Result {
        do {
            try await store.migrate()
            let result = try await body(broker, ["SQJOBS_BROKER": url])
            await store.shutdown()
            return result
        } catch {
            await store.shutdown()
            throw error
        }
    }
}
