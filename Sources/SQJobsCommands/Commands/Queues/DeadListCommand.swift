import ArgumentParser
import SQJobsCore

import struct Foundation.Date

/// `manage queues dead list`: looks at dead messages.
struct DeadListCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List a queue's dead messages; they stay where they are.",
        discussion: """
            Shows each message's own id, by which it can be put back, and its job, never the arguments.

            Examples:
              queues dead list mail
              queues dead list mail --limit 500 --json
            """)

    @Argument(help: "The queue on which they died.", transform: { QueueName($0) })
    var queue: QueueName

    @Option(help: ArgumentHelp("How many to list at most.", valueName: "count"))
    var limit = 100

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is \(limit): write 1 or more.") }
    }

    func run(_ app: Application) async throws {
        let rows = try await app.administration().deadMessages(of: queue, limit: limit).map(Row.init)
        guard !json else { return try app.console.output.print(json: rows) }
        var table = Table([("MESSAGE", .left), ("JOB", .left), ("ID", .left), ("SENT", .left), ("REASON", .left)])
        for row in rows {
            table.add([
                row.messageID, row.job ?? "unreadable", row.id ?? "-", row.sentAt.map(WireDate.text) ?? "-",
                row.reason ?? "-",
            ])
        }
        app.console.output.print(table, orIfEmpty: "The queue \(queue) has no dead messages.")
    }

    private struct Row: Encodable {
        let messageID: String
        let job: String?
        let id: String?
        let sentAt: Date?
        let reason: String?

        init(_ message: DeadMessage) {
            let job = try? MessageCodec.decode(message.body, messageID: message.messageID)
            messageID = message.messageID
            self.job = job?.name
            id = job?.id
            sentAt = message.sentAt
            reason = message.reason
        }
    }
}
