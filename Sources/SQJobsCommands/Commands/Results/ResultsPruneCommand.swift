import ArgumentParser
import SQJobsCore
import SQJobsResults

/// `manage results prune`: removes old results.
struct ResultsPruneCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove results that are older than they are kept.",
        discussion: """
            Workers do the same beside their work. It goes in small steps that no worker has to wait for.

            Examples:
              results prune
              results prune --finished 1d --unknown 7d
            """)

    @Option(
        help: ArgumentHelp(
            "For how long after they finished jobs are kept: 12h, 7d. Default: the app's.", valueName: "time"),
        transform: DurationArgument.duration)
    var finished: Duration?

    @Option(
        help: ArgumentHelp(
            "For how long jobs are kept that did not finish and of which nothing was heard. Default: the app's.",
            valueName: "time"),
        transform: DurationArgument.duration)
    var unknown: Duration?

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let kept = app.recording.retention
        let retention = ResultRetention(finished: finished ?? kept.finished, unknown: unknown ?? kept.unknown)
        let count = try await app.results().prune(retention)
        app.console.output.print(
            "Removed \(count) results: finished ones older than \(DurationArgument.text(retention.finished)), others of"
                + " which nothing was heard for \(DurationArgument.text(retention.unknown)).")
    }
}
