import ArgumentParser

/// `manage schedules run-now`: fires schedules once, now.
struct SchedulesRunNowCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "run-now",
        abstract: "Fire schedules once, now; their next firings stay.",
        discussion: """
            Works for a disabled schedule too. The job is sent by a beater or a worker that has the store.

            Examples:
              schedules run-now report-es
            """)

    @Argument(help: ArgumentHelp("The schedules.", valueName: "schedule"))
    var names: [String]

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let schedules = try await app.schedules()
        for name in names {
            let ticket = try await schedules.runNow(name)
            app.console.output.print("Fired the schedule \(name): \(ticket.name) on \(ticket.queue) as \(ticket.id)")
        }
    }
}
