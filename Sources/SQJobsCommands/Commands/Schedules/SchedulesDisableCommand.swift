import ArgumentParser

/// `manage schedules disable`: has schedules no longer fire.
struct SchedulesDisableCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Have schedules no longer fire, until they are enabled.",
        discussion: """
            A registered job's schedule stays disabled too, however often beaters start.

            Examples:
              schedules disable report-es close
            """)

    @Argument(help: ArgumentHelp("The schedules.", valueName: "schedule"))
    var names: [String]

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let schedules = try await app.schedules()
        for name in names {
            try await schedules.disable(name)
            app.console.output.print("Disabled the schedule \(name).")
        }
    }
}
