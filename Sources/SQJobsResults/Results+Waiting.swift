public import SQJobsCore

extension Results {
    /// Waits for a job's output.
    ///
    /// - Parameters:
    ///   - ticket: The job's ticket.
    ///   - timeout: How long to wait; 30 seconds unless given.
    /// - Returns: The output.
    /// - Throws: ``SQJobsError`` with code `jobFailed` when the job failed for good, with the ``StoredError`` that says
    ///   why; `timedOut` when it did not finish in time; `resultUnknown` when the store knows nothing of it, or keeps no
    ///   output. `DecodingError` when the output is of another type; `CancellationError`.
    public func output<Output: Decodable>(
        of ticket: JobTicket<Output>, timeout: Duration = .seconds(30)
    ) async throws -> Output {
        let status = try await waitUntilFinished(ticket.id, timeout: timeout)
        if let error = status.error, status.state == .failure {
            throw SQJobsError(
                .jobFailed, "The job “\(status.name)” with id \(status.id) failed.", job: status.name,
                queue: status.queue, underlying: error)
        }
        return try status.output()
    }

    /// Waits until a job succeeded or failed for good.
    ///
    /// - Parameters:
    ///   - id: The job's id.
    ///   - timeout: How long to wait; 30 seconds unless given.
    /// - Returns: The job's last status.
    /// - Throws: ``SQJobsError`` with code `timedOut` when it did not finish in time; `resultUnknown` when the store knows
    ///   nothing of it by then; `storeUnavailable`; `CancellationError`.
    public func waitUntilFinished(_ id: String, timeout: Duration = .seconds(30)) async throws -> JobStatus {
        let identity = try ResultID(of: id)
        let changes = try await store.notices?.changes(of: identity)
        let deadline = clock.elapsed() + timeout
        return try await withThrowingTaskGroup(of: Void.self) { group in
            let (looks, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            group.addTask {
                var pauses = Pauses(isNotified: changes != nil)
                while clock.elapsed() < deadline {
                    try await clock.sleep(min(pauses.next(), deadline - clock.elapsed()))
                    continuation.yield()
                }
                continuation.finish()
            }
            if let changes {
                group.addTask { for await _ in changes { continuation.yield() } }
            }
            defer { group.cancelAll() }
            continuation.yield()
            var last: JobStatus?
            for await _ in looks {
                last = try await store.statuses(of: [identity]).first ?? nil
                if let last, last.state.isFinished { return last }
            }
            try Task.checkCancellation()
            throw last.map { Self.unfinished($0, after: timeout) } ?? Self.unknown(id)
        }
    }

    private static func unfinished(_ status: JobStatus, after timeout: Duration) -> SQJobsError {
        SQJobsError(
            .timedOut,
            "The job “\(status.name)” with id \(status.id) is \(status.state) after \(timeout): wait for longer, or look at"
                + " its status later.", job: status.name, queue: status.queue)
    }

    /// The pauses between two looks: short at first and longer with each, for a job that took long may take longer still.
    private struct Pauses {
        private var pause: Duration
        private let longest: Duration

        /// Whoever is notified looks by itself only because a notice may be lost.
        init(isNotified: Bool) {
            pause = isNotified ? .seconds(1) : .milliseconds(20)
            longest = isNotified ? .seconds(5) : .seconds(1)
        }

        mutating func next() -> Duration {
            defer { pause = min(pause * 1.5, longest) }
            return pause
        }
    }
}
