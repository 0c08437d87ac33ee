import ArgumentParser

/// `manage queues`: looks after queues.
struct QueuesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queues",
        abstract: "List, create, purge and delete queues, and see to their dead messages.",
        subcommands: [
            QueuesListCommand.self, QueuesCreateCommand.self, QueuesPurgeCommand.self, QueuesDeleteCommand.self,
            DeadCommand.self,
        ],
        defaultSubcommand: QueuesListCommand.self)
}
