import ArgumentParser
import SQJobsCore

/// `manage queues dead requeue`: puts dead messages back.
struct DeadRequeueCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "requeue",
        abstract: "Put dead messages back on the queue on which they died.",
        discussion: """
            They keep their job ids, and their receives are counted from the start.

            Examples:
              queues dead requeue mail 5f1c0a9e-… 77aa01b3-…
              queues dead requeue mail --all
            """)

    @Argument(help: "The queue on which they died.", transform: { QueueName($0) })
    var queue: QueueName

    @Argument(help: ArgumentHelp("The messages, as `queues dead list` shows them.", valueName: "message"))
    var messages: [String] = []

    @Flag(help: "Put all of them back.")
    var all = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if messages.isEmpty != all {
            throw ValidationError("Name the messages to put back, or all of them with --all.")
        }
    }

    func run(_ app: Application) async throws {
        let wanted = all ? nil : Set(messages)
        let count = try await app.administration().requeueDeadMessages(of: queue, messageIDs: wanted)
        app.console.output.print("Put back \(count) of the dead messages of the queue \(queue).")
        guard let wanted, count < wanted.count else { return }
        app.console.error.print("Error: \(wanted.count - count) of the named messages are not among the queue's dead.")
        throw ExitCode.failure
    }
}
