import ArgumentParser

/// `manage schedules remove`: removes schedules.
struct SchedulesRemoveCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove schedules.",
        discussion: """
            Jobs that they fired already are run. The schedule of a registered job comes back when a beater starts: \
            disable it instead.

            Examples:
              schedules remove report-es
            """)

    @Argument(help: ArgumentHelp("The schedules.", valueName: "schedule"))
    var names: [String]

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let schedules = try await app.schedules()
        for name in names {
            try await schedules.remove(name)
            app.console.output.print("Removed the schedule \(name).")
        }
    }
}
