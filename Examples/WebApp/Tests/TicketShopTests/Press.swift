import SQJobsCore

/// A clock whose waits end when a test says so: it stops a job between two tickets.
struct Press: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// Lets tickets be drawn.
    func draw(_ count: Int = 1) {
        for _ in 0..<count { continuation.yield() }
    }

    var clock: JobClock {
        JobClock(now: JobClock.system.now, elapsed: JobClock.system.elapsed) { [stream] _ in
            for await _ in stream { return }
            throw CancellationError()
        }
    }
}
