import ArgumentParser
import SQJobsCore

/// `manage migrate`: brings the store's schema up to date.
struct MigrateCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the store's schema up to date.",
        discussion: """
            Run it before the workers of a new version start. Prints each step before it is taken; several processes may \
            run it at the same time. No broker is needed.

            Examples:
              migrate --store sqlite:jobs.sqlite
              migrate --dry-run
            """)

    @Flag(help: "Print the steps and take none.")
    var dryRun = false

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let store = try await app.stores.store().store
        let name = await app.stores.url?.description ?? ""
        let pending = try await store.pendingMigrations()
        guard !pending.isEmpty else { return app.console.output.print("The store \(name) is up to date.") }
        app.console.output.print("The store \(name) needs:")
        for migration in pending { app.console.output.print("  \(migration)") }
        guard !dryRun else { return app.console.output.print("This is a dry run: no step was taken.") }
        try await store.migrate()
        app.console.output.print("Done: the store is up to date.")
    }
}
