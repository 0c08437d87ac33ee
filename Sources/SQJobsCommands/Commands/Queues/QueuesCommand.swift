import ArgumentParser

/// `manage queues`: looks after queues.
struct QueuesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queues",
        abstract: "List, create, pause, purge, delete and move queues, and see to their dead messages.",
        subcommands: [
            QueuesListCommand.self, QueuesCreateCommand.self, QueuesPauseCommand.self, QueuesResumeCommand.self,
            QueuesPurgeCommand.self, QueuesDeleteCommand.self, QueuesMoveCommand.self, DeadCommand.self,
        ],
        defaultSubcommand: QueuesListCommand.self)
}
