public import struct Foundation.Date

/// The two times that SQJobs needs, and the way it waits: injected everywhere, so that tests can do without sleeping.
///
/// Wall time dates messages and drives schedules; elapsed time measures leases, time-outs and back-off, and never jumps.
public struct JobClock: Sendable {
    /// The wall time.
    public let now: @Sendable () -> Date
    /// The time since some fixed moment; it only grows.
    public let elapsed: @Sendable () -> Duration
    /// Waits for a time; throws `CancellationError` when the task is cancelled.
    public let sleep: @Sendable (Duration) async throws -> Void

    /// Makes a clock.
    ///
    /// - Parameters:
    ///   - now: The wall time.
    ///   - elapsed: The time since some fixed moment; it must never go back.
    ///   - sleep: Waits for a time; throws `CancellationError` when the task is cancelled.
    public init(
        now: @escaping @Sendable () -> Date,
        elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.elapsed = elapsed
        self.sleep = sleep
    }
}

extension JobClock {
    /// The machine's own clocks.
    public static let system: JobClock = {
        let clock = ContinuousClock()
        let start = clock.now
        return JobClock(
            now: { Date(timeIntervalSinceNow: 0) },
            elapsed: { start.duration(to: clock.now) },
            sleep: { try await clock.sleep(for: $0) }
        )
    }()
}
