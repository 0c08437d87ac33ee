import ArgumentParser
import SQJobsCore

/// `manage queues pause`: has workers leave queues alone.
struct QueuesPauseCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Pause queues: workers receive nothing more from them until they are resumed.",
        discussion: """
            Jobs can still be enqueued, and those that run are finished. Amazon SQS has no such thing.

            Examples:
              queues pause mail reports
            """)

    @Argument(help: ArgumentHelp("The queues.", valueName: "queue"), transform: { QueueName($0) })
    var queues: [QueueName]

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let administration = try await app.administration()
        for queue in queues {
            try await administration.pause(queue)
            app.console.output.print("Paused the queue \(queue).")
        }
    }
}
