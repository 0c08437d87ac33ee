import ArgumentParser

/// `manage schedules`: looks after schedules.
struct SchedulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedules",
        abstract: "List, add, edit, enable, disable and remove schedules, and run them now.",
        subcommands: [
            SchedulesListCommand.self, SchedulesAddCommand.self, SchedulesEditCommand.self,
            SchedulesEnableCommand.self, SchedulesDisableCommand.self, SchedulesRemoveCommand.self,
            SchedulesRunNowCommand.self,
        ],
        defaultSubcommand: SchedulesListCommand.self)
}
