import Foundation
import SQJobsCommands
import SQJobsPostgres
import SQJobsSQLite
import SQJobsSQS
import ServiceLifecycle

/// The blocks of topics/retries.md, topics/brokers.md, howto/sentry.md and howto/prometheus.md.
enum RunningPages {
    final class Charge: Job<Int, Void> {
        override class var maximumAttempts: Int? { 8 }
        override class var retryPolicy: RetryPolicy { .exponential(base: .seconds(5), cap: .seconds(600)) }

        override func run(_ order: Int) async throws {
            guard order > 0 else { throw Discard("there is no such order") }
            guard try await isReachable() else { throw Retry(after: .seconds(30)) }
            try await charge(order)
        }
    }

    static func brokers() async throws {
        let file = try SQLiteStore(path: "jobs.sqlite")
        try await file.migrate()
        try await file.broker.administration?.create("mail", QueueSettings(maximumReceives: 5))

        let database = try await PostgresStore(url: "postgresql://app@db.example.com/shop")
        let sqs = try await SQSBroker(region: "eu-west-1")
        _ = (database, sqs)
    }

    protocol Reporter: Sendable {
        func capture(_ error: any Error, tags: [String: String], fingerprint: [String]) async
    }

    static func reporting(_ app: inout Application, to reporter: any Reporter) {
        app.middleware.append(
            ErrorReporting { report in
                await reporter.capture(
                    report.error,
                    tags: [
                        "job": report.job ?? "unreadable", "queue": report.queue.rawValue,
                        "attempt": "\(report.attempt)", "final": "\(report.isFinal)",
                    ],
                    fingerprint: [report.job ?? "unreadable", "\(type(of: report.error))"])
            })
    }

    struct MetricsEndpoint: Service {
        let port: Int

        func run() async throws {}
    }

    static func metrics(_ app: inout Application) {
        app.services.append(MetricsEndpoint(port: 9100))
    }
}

private func isReachable() async throws -> Bool { true }
private func charge(_ order: Int) async throws {}
