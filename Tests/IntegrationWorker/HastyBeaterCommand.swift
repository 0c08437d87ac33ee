import ArgumentParser
import SQJobsCommands
import ServiceLifecycle
import UnixSignals

/// A beater whose claims on the outbox end soon: what one that was killed held is sent by another a second later, so that
/// a test can kill many of them while they send.
struct HastyBeaterCommand: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "hasty-beater", abstract: "Enqueue jobs by their schedules, with claims of a second.")

    @OptionGroup var options: GlobalOptions

    func run(_ app: Application) async throws {
        let beater = Beater(
            broker: try await app.broker(), store: try await app.schedules().store, jobs: app.jobs,
            configuration: BeaterConfiguration(relay: RelayConfiguration(lease: .seconds(1))), logger: app.logger)
        try await ServiceGroup(services: [beater], gracefulShutdownSignals: [.sigterm], logger: app.logger).run()
    }
}
