import ArgumentParser
import SQJobsCore

/// What an app's executable answers to. It is generic because argument-parser asks types, not values, for their
/// subcommands.
struct RootCommand<App: SQJobsApp>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: App.commandName,
            abstract: "Runs background jobs and looks after their queues.",
            discussion: """
                The broker is named by --broker, else by SQJOBS_BROKER, else it is “\(defaultBroker)”. It is written as
                \(usages(of: .broker))
                \(storeUsage)

                Exit codes: 0, 64 when a command was used wrongly, 1 when it failed.

                Environment:
                  SQJOBS_BROKER            the broker's URL
                  SQJOBS_STORE             the store's URL
                  SQJOBS_QUEUES            the worker's queues: mail:3,reports
                  SQJOBS_CONCURRENCY       how many jobs a worker runs at once
                  SQJOBS_SHUTDOWN_TIMEOUT  how long running jobs may finish: 25s
                  SQJOBS_INTERVAL          how long a beater sleeps at most: 10s
                  SQJOBS_LOG_LEVEL         debug, info, notice, warning, error
                  NO_COLOR                 no colours if it is set
                """,
            subcommands: [
                WorkerCommand.self, BeaterCommand.self, EnqueueCommand.self, RunCommand.self, JobsCommand.self,
                SchedulesCommand.self, QueuesCommand.self, StatusCommand.self, ResultsCommand.self,
                MigrateCommand.self, CronCommand.self,
            ] + App.commands)
    }

    @OptionGroup var options: GlobalOptions

    private static var defaultBroker: String {
        BackendURL.defaultBroker(among: App.backends)
    }

    /// How stores are named, or that there are none.
    private static var storeUsage: String {
        let usages = usages(of: .store)
        guard !usages.isEmpty else { return "No backend of this app has a store for results and schedules." }
        return
            "A store for results and schedules is named by --store, else by SQJOBS_STORE, else the broker is it if it is a"
            + " database. It is written as\n\(usages)"
    }

    private static func usages(of part: BackendPart) -> String {
        App.backends.filter { $0.parts.contains(part) }.map { "  \($0.usage)" }.joined(separator: "\n")
    }
}
