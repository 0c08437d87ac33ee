import ArgumentParser
import SQJobsCore
import SQJobsResults

/// `manage results rerun`: runs jobs again that failed for good.
struct ResultsRerunCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerun",
        abstract: "Run jobs again that failed for good.",
        discussion: """
            Each is sent again with its id and its arguments to the queue that it was on. That needs an app that keeps \
            arguments: `app.recording.keepsArguments = true`.

            Examples:
              results rerun 0193a1b2-…
            """)

    @Argument(help: ArgumentHelp("The jobs' ids.", valueName: "id"))
    var ids: [String]

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let results = try await app.results()
        let broker = try await app.broker()
        for id in ids {
            let ticket = try await results.rerun(id, on: broker)
            app.console.output.print("Enqueued \(ticket.name) on \(ticket.queue) again as \(ticket.id)")
        }
    }
}
