import ArgumentParser
import SQJobsCore

/// `manage queues list`: how much the queues hold.
struct QueuesListCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the queues and how much they hold.",
        discussion: """
            WAITING can be received now, IN FLIGHT is held by workers, DELAYED is held back, DEAD gets no further \
            attempt. A queue that is paused says so. On Amazon SQS the figures are approximate.

            Examples:
              queues
              queues list mail reports --json
            """)

    @Argument(help: ArgumentHelp("The queues. Default: all.", valueName: "queue"), transform: { QueueName($0) })
    var queues: [QueueName] = []

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let administration = try await app.administration()
        let names = queues.isEmpty ? try await administration.queues() : queues
        var rows: [Row] = []
        for name in names {
            let isPaused = administration.pausesQueues ? try await administration.isPaused(name) : nil
            rows.append(Row(queue: name.rawValue, try await administration.statistics(of: name), isPaused: isPaused))
        }
        guard !json else { return try app.console.output.print(json: rows) }
        var table = Table([
            ("QUEUE", .left), ("WAITING", .right), ("IN FLIGHT", .right), ("DELAYED", .right), ("DEAD", .right),
            ("", .left),
        ])
        for row in rows {
            table.add([
                row.queue, "\(row.waiting)", "\(row.inFlight)", "\(row.delayed)", row.dead.map(String.init) ?? "-",
                row.isPaused == true ? "paused" : "",
            ])
        }
        app.console.output.print(table, orIfEmpty: "There is no queue.")
    }

    private struct Row: Encodable {
        let queue: String
        let waiting: Int
        let inFlight: Int
        let delayed: Int
        let dead: Int?
        let isPaused: Bool?

        init(queue: String, _ statistics: QueueStatistics, isPaused: Bool?) {
            self.queue = queue
            waiting = statistics.waiting
            inFlight = statistics.inFlight
            delayed = statistics.delayed
            dead = statistics.dead
            self.isPaused = isPaused
        }
    }
}
