import Logging
import SQJobsCore
public import ServiceLifecycle

extension Application {
    /// Runs a service beside the app's own until it returns or the process is asked to stop. The first signal shuts down
    /// gracefully, one service after the other; the second one cancels what is still running.
    ///
    /// ```swift
    /// try await app.serve(server, with: [try await app.beater(), try await app.worker()])
    /// ```
    ///
    /// - Parameters:
    ///   - service: The service, started last and stopped first: a web server takes no further request, then the jobs of a
    ///     worker beside it finish.
    ///   - companions: What runs beside it for its sake, and stops after it, the last of them first.
    /// - Throws: What any of the services failed with.
    public func serve(_ service: any Service, with companions: [any Service] = []) async throws {
        let group = ServiceGroup(configuration: configuration(for: service, with: services + companions))
        let signals = await stopSignals()
        try await withThrowingTaskGroup(of: Ending.self) { tasks in
            tasks.addTask {
                try await group.run()
                return .returned
            }
            tasks.addTask { await stop(group, on: signals) }
            var ending = try await tasks.next()
            if ending == .unasked { ending = try await tasks.next() }
            tasks.cancelAll()
            guard ending == .hurried else { return }
            do {
                while try await tasks.next() != nil {}
            } catch is CancellationError {
                logger.debug("services were cancelled")
            }
        }
    }

    private enum Ending {
        case returned
        case hurried
        case unasked
    }

    private func stop(_ group: ServiceGroup, on signals: AsyncStream<String>) async -> Ending {
        var count = 0
        for await signal in signals {
            count += 1
            if count > 1 {
                logger.warning("stopping at once", metadata: ["signal": "\(signal)"])
                return .hurried
            }
            logger.notice(
                "stopping once what runs is done; another signal skips the wait", metadata: ["signal": "\(signal)"])
            await group.triggerGracefulShutdown()
        }
        return .unasked
    }

    private func configuration(
        for service: any Service, with companions: [any Service]
    ) -> ServiceGroupConfiguration {
        // What a service failed with is the command's error, which is printed once, when the command ends.
        var quiet = logger
        if quiet.logLevel > .debug { quiet.logLevel = .critical }
        return ServiceGroupConfiguration(
            services: companions.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) } + [
                ServiceGroupConfiguration.ServiceConfiguration(
                    service: service, successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup)
            ],
            logger: quiet)
    }
}
