import ArgumentParser
import SQJobsCore

/// `manage enqueue`: puts a job on its queue.
struct EnqueueCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "enqueue",
        abstract: "Put a job on its queue.",
        discussion: """
            Prints the job's id. The arguments of a job that is registered here are checked before they are sent; a job \
            that is not, because it is written in another language, say, needs --queue. Where a store is named, a job \
            that stores its result is recorded in it: `status ID` shows what becomes of it.

            Examples:
              enqueue adder_job 1 2 3
              enqueue send_ticket --kwargs '{"order": 7}' --delay 5m
              enqueue resize cat.png --queue images
              enqueue adder_job -- -1 -2
            """)

    @OptionGroup var call: JobCall

    @Option(
        help: ArgumentHelp("How long nobody may receive it: 300, 90s, 5m, 2h, 1d.", valueName: "time"),
        transform: DurationArgument.duration)
    var delay: Duration = .zero

    @Option(
        help: ArgumentHelp("The queue. Default: the registered job's.", valueName: "queue"),
        transform: { QueueName($0) })
    var queue: QueueName?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let job = app.jobs[call.name]
        let arguments = try call.arguments(for: job)
        guard let queue = queue ?? job?.queue else {
            throw SQJobsError(
                .unknownJob,
                "No job named “\(call.name)” is registered here: name it as the command `jobs` lists it, or say with"
                    + " --queue where it goes.",
                job: call.name)
        }
        let ticket = try await app.broker().enqueue(
            named: call.name, on: queue, args: arguments.positional(), kwargs: arguments.keywords(), .delay(delay))
        guard json else {
            return app.console.output.print("Enqueued \(ticket.name) on \(ticket.queue) as \(ticket.id)")
        }
        try app.console.output.print(
            json: Answer(id: ticket.id, job: ticket.name, queue: ticket.queue.rawValue, messageID: ticket.messageID))
    }

    private struct Answer: Encodable {
        let id: String
        let job: String
        let queue: String
        let messageID: String
    }
}
