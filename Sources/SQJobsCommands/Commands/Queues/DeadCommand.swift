import ArgumentParser

/// `manage queues dead`: sees to messages for which no attempt will follow.
struct DeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead",
        abstract: "See to a queue's dead messages, for which no attempt will follow.",
        subcommands: [DeadListCommand.self, DeadRequeueCommand.self])
}
