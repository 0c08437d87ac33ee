import SQJobsCore

/// A base class that logs what becomes of its jobs.
open class LoggedJob<Parameters: Codable & Sendable, Output: Sendable>: Job<Parameters, Output> {
    override open func onSuccess(_ output: Output) async throws {
        context.logger.info("hook onSuccess")
    }

    override open func onRetry() async throws {
        context.logger.info("hook onRetry: another attempt will follow")
    }

    override open func onFailure(_ error: any Error) async throws {
        context.logger.info("hook onFailure", metadata: ["error": "\(error)"])
    }

    override open func onExhausted(_ error: any Error) async throws {
        context.logger.info("hook onExhausted: no attempt will follow")
    }
}
