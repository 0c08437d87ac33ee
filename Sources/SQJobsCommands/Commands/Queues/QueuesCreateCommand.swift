import ArgumentParser
import SQJobsCore

/// `manage queues create`: makes a queue.
struct QueuesCreateCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create a queue.",
        discussion: """
            It is fine if the queue exists with the same settings. With --max-receives, a message that was received so \
            often without being done goes to the dead-letter queue, which is created too.

            Examples:
              queues create mail
              queues create mail --visibility 5m --max-receives 5
              queues create mail --max-receives 5 --dead-letter-queue lost_mail
              queues create orders.fifo --fifo --max-receives 3
            """)

    @Argument(help: "The queue.", transform: { QueueName($0) })
    var queue: QueueName

    @Option(
        help: ArgumentHelp(
            "How long a message that a worker received is kept from others, unless the worker renews it: 30, 5m.",
            valueName: "time"),
        transform: DurationArgument.duration)
    var visibility: Duration = QueueSettings().visibility

    @Option(
        help: ArgumentHelp("How often a message is received before it is dead. Default: no limit.", valueName: "count"))
    var maxReceives: Int?

    @Option(
        help: ArgumentHelp(
            "Where the dead go; needs --max-receives. Default: the broker's choice.", valueName: "queue"),
        transform: { QueueName($0) })
    var deadLetterQueue: QueueName?

    @Flag(help: "Keep messages of one group in order; on Amazon SQS the queue's name must end in .fifo.")
    var fifo = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if let maxReceives, maxReceives < 1 {
            throw ValidationError("--max-receives is \(maxReceives): write 1 or more.")
        }
        if deadLetterQueue != nil, maxReceives == nil {
            throw ValidationError(
                "--dead-letter-queue needs --max-receives: say after how many receives a message is dead.")
        }
        if visibility <= .zero { throw ValidationError("--visibility is zero: write a time such as 30s.") }
    }

    func run(_ app: Application) async throws {
        let settings = QueueSettings(
            visibility: visibility, isOrdered: fifo, maximumReceives: maxReceives, deadLetterQueue: deadLetterQueue)
        try await app.administration().create(queue, settings)
        app.console.output.print("Created the queue \(queue).")
    }
}
