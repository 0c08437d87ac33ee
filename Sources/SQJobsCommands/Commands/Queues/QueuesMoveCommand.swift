import ArgumentParser
import SQJobsCore

/// `manage queues move`: moves what waits from one broker to another.
struct QueuesMoveCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Move what waits from one broker to another.",
        discussion: """
            Each message is sent there, then deleted here, so that nothing is lost when the command is killed: run it \
            again. Messages keep their job ids and the order of their groups; receives are counted from the start, and \
            priorities are not kept. The queues must exist on both sides. What is delayed, in flight or dead stays; with \
            --until-empty the command waits for what is delayed and in flight.

            Examples:
              queues move --from sqlite:sqjobs.sqlite --to sqs:
              queues move mail --to postgresql:///shop --until-empty
            """)

    @Argument(
        help: ArgumentHelp("The queues. Default: all of the broker that they are on.", valueName: "queue"),
        transform: { QueueName($0) })
    var queues: [QueueName] = []

    @Option(help: ArgumentHelp("The broker that they are on. Default: the app's.", valueName: "url"))
    var from: String?

    @Option(help: ArgumentHelp("The broker that they go to. Default: the app's.", valueName: "url"))
    var to: String?

    @Flag(help: "Go on until the queues hold nothing more, what is delayed and in flight included.")
    var untilEmpty = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if from == nil, to == nil { throw ValidationError("Say with --from or --to which other broker is meant.") }
    }

    func run(_ app: Application) async throws {
        let source = try app.brokerURL(from)
        let destination = try app.brokerURL(to)
        guard source.text != destination.text else {
            throw SQJobsError(
                .invalidConfiguration, "Both URLs name the same broker: name another with --from or --to.")
        }
        let move = QueueMove(
            source: try await app.connections.broker(at: source),
            destination: try await app.connections.broker(at: destination))
        guard let administration = move.source.administration else {
            throw SQJobsError(
                .unsupported, "The broker \(source) has no queues to look after: name another with --from.")
        }
        var isComplete = true
        for queue in queues.isEmpty ? try await administration.queues() : queues {
            guard try await !administration.isPaused(queue) else {
                throw SQJobsError(
                    .unsupported,
                    "The queue “\(queue)” is paused, and nothing can be received from it: resume it first.",
                    queue: queue)
            }
            let outcome = try await move.move(queue, untilEmpty: untilEmpty)
            let rest = try await administration.statistics(of: queue)
            app.console.output.print("Moved \(outcome.moved) messages of the queue \(queue).\(Self.text(rest))")
            for error in outcome.refused { app.console.error.print("Error: \(error.message)") }
            if !outcome.refused.isEmpty { isComplete = false }
        }
        if !isComplete { throw ExitCode.failure }
    }

    /// What stays, if anything does.
    private static func text(_ rest: QueueStatistics) -> String {
        let counts = [(rest.delayed, "delayed"), (rest.inFlight, "in flight"), (rest.dead ?? 0, "dead")]
            .filter { $0.0 > 0 }.map { "\($0) \($1)" }
        return counts.isEmpty ? "" : " What stays: \(counts.joined(separator: ", "))."
    }
}
