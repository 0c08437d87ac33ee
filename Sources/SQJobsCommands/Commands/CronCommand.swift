import ArgumentParser
import Foundation
import SQJobsCore
import SQJobsCron

/// `manage cron`: explains a cron expression and lists its next firings.
struct CronCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "cron",
        abstract: "Explain a cron expression and list its next firings.",
        discussion: """
            Needs neither a broker nor the app. Firings that a change of the clock moves or repeats are marked.

            Examples:
              cron "1 0 * * *" --zone Europe/Madrid -n 5
              cron "H 3 * * *" --seed nightly_report
            """)

    @Argument(help: "The expression: five fields or six, or a macro such as @daily, in quotes.")
    var expression: String

    @Option(help: ArgumentHelp("The time zone whose clock is meant. Default: UTC.", valueName: "name"))
    var zone: String = "UTC"

    @Option(
        name: [.customShort("n"), .customLong("count")],
        help: ArgumentHelp("How many firings to list.", valueName: "count"))
    var count = 5

    @Option(help: ArgumentHelp("What `H` is spread by: a periodic job's name.", valueName: "text"))
    var seed: String?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if !(1...10_000).contains(count) { throw ValidationError("-n is \(count): write 1 to 10000.") }
    }

    func run(_ context: CommandContext) async throws {
        guard let zone = TimeZone(identifier: zone) else {
            throw SQJobsError(
                .invalidConfiguration, "“\(zone)” is no time zone: write a name such as Europe/Madrid or UTC.")
        }
        let expression: CronExpression
        do {
            expression = try CronExpression(self.expression, seed: seed)
        } catch {
            throw SQJobsError(.invalidConfiguration, error.description)
        }
        let firings = expression.firings(after: context.clock.now(), in: zone).prefix(count)
        let output = context.console.output
        guard !json else {
            return try output.print(json: Answer(explanation: expression.explanation, firings: firings.map(Row.init)))
        }
        output.print(expression.explanation)
        var table = Table([
            ("LOCAL (\(expression.timeZone?.identifier ?? zone.identifier))", .left), ("UTC", .left), ("", .left),
        ])
        for firing in firings { table.add([Self.local(firing), WireDate.text(firing.date), Self.mark(firing)]) }
        output.print(table, orIfEmpty: "It does not fire within fifty years.")
    }
}

extension CronCommand {
    private struct Row: Encodable {
        let local: String
        let utc: Date
        let secondsFromUTC: Int
        let movedFrom: String?
        let isRepeated: Bool

        init(_ firing: CronFiring) {
            local = firing.local.description
            utc = firing.date
            secondsFromUTC = firing.secondsFromGMT
            movedFrom = firing.isMoved ? firing.nominal.description : nil
            isRepeated = firing.isRepeated
        }
    }

    private struct Answer: Encodable {
        let explanation: String
        let firings: [Row]
    }

    /// The local time with its offset from UTC, which tells apart the two that a clock shows when it is put back.
    private static func local(_ firing: CronFiring) -> String {
        let minutes = abs(firing.secondsFromGMT) / 60
        let sign = firing.secondsFromGMT < 0 ? "-" : "+"
        return "\(firing.local) \(sign)" + String(format: "%02d:%02d", minutes / 60, minutes % 60)
    }

    private static func mark(_ firing: CronFiring) -> String {
        if firing.isMoved { return "moved: the clock skips \(firing.nominal)" }
        if firing.isRepeated { return "again: the clock was put back" }
        return ""
    }
}
