import ArgumentParser
import SQJobsCore

/// `manage migrate`: brings the store's schema up to date.
struct MigrateCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the store's schema up to date, and make the queues of registered jobs.",
        discussion: """
            Run it before the workers of a new version start. Prints each step before it is taken; several processes may \
            run it at the same time. Queues are made where the store is the broker too: those that registered jobs name \
            and that are missing. No other broker is needed.

            Examples:
              migrate --store sqlite:sqjobs.sqlite
              migrate --dry-run
            """)

    @Flag(help: "Print the steps and take none.")
    var dryRun = false

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let store = try await app.stores.store()
        let name = await app.stores.url?.description ?? ""
        let output = app.console.output
        let pending = try await store.pendingMigrations()
        if pending.isEmpty {
            output.print("The store \(name) is up to date.")
        } else {
            output.print("The store \(name) needs:")
            for migration in pending { output.print("  \(migration)") }
            guard !dryRun else { return output.print("This is a dry run: no step was taken.") }
            try await store.migrate()
            output.print("Done: the store is up to date.")
        }
        try await createQueues(of: app)
    }

    /// Makes the queues of registered jobs, where the store is the broker too.
    private func createQueues(of app: Application) async throws {
        guard await app.stores.url?.text == app.brokerURL.text else { return }
        let administration = try await app.administration()
        let there = Set(try await administration.queues())
        for queue in Set(app.jobs.jobs.map(\.queue)).subtracting(there).sorted(by: { $0.rawValue < $1.rawValue }) {
            guard !dryRun else {
                app.console.output.print("The queue \(queue) is missing: this is a dry run, it was not created.")
                continue
            }
            // The name says which queues are ordered on Amazon SQS, and an app may move there.
            try await administration.create(queue, QueueSettings(isOrdered: queue.rawValue.hasSuffix(".fifo")))
            app.console.output.print("Created the queue \(queue).")
        }
    }
}
