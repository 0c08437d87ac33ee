import ArgumentParser
import SQJobsCore

/// `manage queues purge`: deletes all messages of a queue.
struct QueuesPurgeCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "purge",
        abstract: "Delete all messages of a queue.",
        discussion: """
            Asks first, unless --yes is given. Messages that workers hold may go too.

            Examples:
              queues purge mail
              queues purge mail --yes
            """)

    @Argument(help: "The queue.", transform: { QueueName($0) })
    var queue: QueueName

    @OptionGroup var confirmation: Confirmation

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let administration = try await app.administration()
        try await confirmation.require("Delete all messages of", queue, administration, app.console)
        try await administration.purge(queue)
        app.console.output.print("Deleted all messages of the queue \(queue).")
    }
}
