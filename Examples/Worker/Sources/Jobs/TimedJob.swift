import SQJobsCore

/// A base class that says how long its jobs took. Bases are not final, and are never registered.
open class TimedJob<Parameters: Codable & Sendable, Output: Sendable>: Job<Parameters, Output> {
    private var start: ContinuousClock.Instant?

    override open func setUp(_ parameters: Parameters) async throws {
        start = .now
    }

    override open func tearDown(_ parameters: Parameters) async throws {
        guard let start else { return }
        context.logger.info("timed", metadata: ["took": "\(start.duration(to: .now))"])
    }
}
