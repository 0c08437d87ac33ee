import ArgumentParser
import SQJobsCore

/// `manage queues delete`: removes a queue.
struct QueuesDeleteCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a queue with all that it holds.",
        discussion: """
            Asks first, unless --yes is given. Its dead-letter queue, if it has one, stays.

            Examples:
              queues delete mail
              queues delete mail --yes
            """)

    @Argument(help: "The queue.", transform: { QueueName($0) })
    var queue: QueueName

    @OptionGroup var confirmation: Confirmation

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let administration = try await app.administration()
        try await confirmation.require("Delete", queue, administration, app.console)
        try await administration.remove(queue)
        app.console.output.print("Deleted the queue \(queue).")
    }
}
