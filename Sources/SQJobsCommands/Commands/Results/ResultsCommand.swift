import ArgumentParser

/// `manage results`: sees to what the store knows of jobs.
struct ResultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results",
        abstract: "List what became of jobs, remove old results, and run failed jobs again.",
        subcommands: [ResultsListCommand.self, ResultsPruneCommand.self, ResultsRerunCommand.self],
        defaultSubcommand: ResultsListCommand.self)
}
