import ArgumentParser
import SQJobsCore
import SQJobsResults

/// `manage status`: what became of a job.
struct StatusCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what became of a job: its state, progress, output or error.",
        discussion: """
            The store is named by --store or SQJOBS_STORE; no broker is needed. Exits with 1 if the job failed for good, \
            is unknown to the store, or did not finish in the time that was waited.

            Examples:
              status 0193a1b2-…
              status 0193a1b2-… --wait --timeout 5m
              status 0193a1b2-… --json
            """)

    @Argument(help: "The job's id, as `enqueue` prints it.")
    var id: String

    @Flag(help: "Wait until the job succeeded or failed for good.")
    var wait = false

    @Option(
        help: ArgumentHelp(
            "How long to wait: 300, 90s, 5m, 2h. Default: \(DurationArgument.text(Self.defaultTimeout)).",
            valueName: "time"),
        transform: DurationArgument.duration)
    var timeout: Duration?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: GlobalOptions

    private static let defaultTimeout = Duration.seconds(30)

    func validate() throws {
        if timeout != nil, !wait { throw ValidationError("--timeout says how long to wait: add --wait.") }
    }

    func run(_ app: Application) async throws {
        let status = try await status(in: try await app.results())
        if json {
            try app.console.output.print(json: StatusDocument(status))
        } else {
            app.console.output.print(status.sheet)
        }
        if status.state == .failure { throw ExitCode.failure }
    }

    private func status(in results: Results) async throws -> JobStatus {
        if wait { return try await results.waitUntilFinished(id, timeout: timeout ?? Self.defaultTimeout) }
        guard let status = try await results.status(of: id) else { throw Results.unknown(id) }
        return status
    }
}
