import ArgumentParser

/// `manage schedules enable`: has schedules fire again.
struct SchedulesEnableCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Have schedules fire again.",
        discussion: """
            What they missed while they were disabled is not made up for.

            Examples:
              schedules enable report-es
            """)

    @Argument(help: ArgumentHelp("The schedules.", valueName: "schedule"))
    var names: [String]

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let schedules = try await app.schedules()
        for name in names {
            try await schedules.enable(name)
            let status = try await schedules.status(of: name)
            app.console.output.print("Enabled the schedule \(name), which fires next at \(status.nextText).")
        }
    }
}
