import Foundation
import Logging
import SQJobsCommands
import SQJobsCron
import SQJobsSQS
import ServiceLifecycle
import UnixSignals

func workers(_ broker: any Broker, _ jobs: JobRegistry, _ logger: Logger) async throws {
    let worker = Worker(broker: broker, queues: ["mail", WorkerQueue("reports", weight: 3)], jobs: jobs)
    try await ServiceGroup(services: [worker], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger).run()
}

func amazonSQS() async throws {
    let broker = try await SQSBroker()
    let local = try await SQSBroker(region: "us-east-1", endpoint: "http://127.0.0.1:4566")
    _ = (broker, local)
}

func errorReporting(_ app: inout Application) {
    app.middleware.append(
        ErrorReporting { report in
            print(report.error, report.job ?? "unreadable", report.id, report.queue, report.attempt, report.isFinal)
        })
}

func cron(_ date: Date, _ madrid: TimeZone, _ text: String) throws {
    let nightly: CronExpression = "1 0 * * *"
    let next = nightly.next(after: date, in: madrid)
    let previous = nightly.previous(before: date, in: madrid)
    let five = Array(nightly.fireTimes(after: date, in: madrid).prefix(5))
    print(nightly.explanation)
    let schedule = try CronExpression(text)
    _ = (next, previous, five, schedule)
}
