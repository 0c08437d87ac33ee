import ArgumentParser
import Logging
import SQJobsCore
import SQJobsPeriodic

/// `manage beater`: enqueues jobs by their schedules until it is told to stop.
struct BeaterCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "beater",
        abstract: "Enqueue jobs by their schedules.",
        discussion: """
            Needs a store, which keeps the schedules: those of registered periodic jobs, and those that `schedules add` \
            made. Run as many beaters as you like: each firing is enqueued once, though any of them may die. Runs until \
            SIGTERM or SIGINT.

            Examples:
              beater                     all schedules
              beater mail reports        those whose jobs go to these queues
              beater --interval 5s       look at least every five seconds
            """)

    @Argument(
        help: ArgumentHelp("The queues whose schedules are fired. Default: all.", valueName: "queue"),
        transform: { QueueName($0) })
    var queues: [QueueName] = []

    @Option(
        help: ArgumentHelp(
            """
            How long it sleeps at most before it looks again; a firing that is late by more counts as missed. Default: \
            SQJOBS_INTERVAL, else \(DurationArgument.text(BeaterConfiguration().interval)).
            """, valueName: "time"),
        transform: DurationArgument.duration)
    var interval: Duration?

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let configuration = try app.beaterConfiguration(queues: queues, interval: interval)
        let beater = try await app.beater(configuration: configuration)
        var metadata: Logger.Metadata = [
            "broker": "\(app.brokerURL)", "interval": "\(DurationArgument.text(configuration.interval))",
        ]
        if !queues.isEmpty { metadata["queues"] = "\(queues.map(\.rawValue).joined(separator: " "))" }
        if let store = await app.stores.url { metadata["store"] = "\(store)" }
        app.logger.notice("beater starts", metadata: metadata)
        try await app.serve(beater)
    }
}
