import Logging
import SQJobsCore

/// Asks a store again and again while it cannot answer, for as long as the job's message is held: an attempt must not
/// fail, nor its message go round, because a database restarts.
struct StorePatience: Sendable {
    let clock: JobClock
    let logger: Logger

    /// The message is given up before the store answered.
    struct GivenUp: Error {
        let reason: CancellationReason
    }

    private static let firstPause = Duration.milliseconds(50)
    /// Short enough for a worker that stops: it waits two seconds for what it cancelled.
    private static let longestPause = Duration.seconds(1)

    /// What the store answers in the end.
    ///
    /// - Parameters:
    ///   - context: The job, whose worker says when to give up.
    ///   - purpose: What the store is asked for, for the log: `start` or `finish`.
    ///   - question: Asks the store; what it throws with code `storeUnavailable` is asked again.
    func answer<Answer>(
        for context: JobContext, to purpose: String, _ question: () async throws -> Answer
    ) async throws -> Answer {
        var pause = Self.firstPause
        while true {
            do {
                return try await question()
            } catch let error as SQJobsError where error.code == .storeUnavailable {
                if pause == Self.firstPause {
                    context.logger.warning(
                        "the store is unavailable: waiting to \(purpose) the job", metadata: ["error": "\(error)"])
                }
            }
            if let reason = givenUp(context) { throw GivenUp(reason: reason) }
            guard (try? await clock.sleep(pause)) != nil else { throw GivenUp(reason: .shutdown) }
            if let reason = givenUp(context) { throw GivenUp(reason: reason) }
            pause = min(pause * 2, Self.longestPause)
        }
    }

    /// A time-out concerns the job alone, not what is still to be written of it.
    private func givenUp(_ context: JobContext) -> CancellationReason? {
        guard let reason = context.lease?.cancellation, reason != .timeout else { return nil }
        return reason
    }
}
