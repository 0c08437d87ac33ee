import ArgumentParser
import SQJobsCore

/// `manage queues resume`: ends the pause of queues.
struct QueuesResumeCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Resume queues that were paused.",
        discussion: """
            Examples:
              queues resume mail reports
            """)

    @Argument(help: ArgumentHelp("The queues.", valueName: "queue"), transform: { QueueName($0) })
    var queues: [QueueName]

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let administration = try await app.administration()
        for queue in queues {
            try await administration.resume(queue)
            app.console.output.print("Resumed the queue \(queue).")
        }
    }
}
