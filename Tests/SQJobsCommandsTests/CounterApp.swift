import ArgumentParser
import Logging
import SQJobsCommands
import ServiceLifecycle

/// An app with a service of its own, which runs beside a worker and a beater.
struct CounterApp: SQJobsApp {
    static let commandName = "manage"
    static let backends: [any Backend.Type] = [EmbeddedBackend.self]
    static let commands: [any AsyncParsableCommand.Type] = [CounterCommand.self]

    static func configure(_ app: inout Application) async throws {
        app.jobs = JobRegistry {
            AdderJob()
            GateJob()
        }
    }
}

/// Runs the service and what it needs in one process.
struct CounterCommand: AppCommand {
    static let configuration = CommandConfiguration(commandName: "counter")

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        try await app.serve(Counter(logger: app.logger), with: [try await app.beater(), try await app.worker()])
    }
}

/// Stands for a web server.
struct Counter: Service {
    let logger: Logger

    func run() async throws {
        logger.notice("counter opens")
        try await gracefulShutdown()
        logger.notice("counter closes")
    }
}
