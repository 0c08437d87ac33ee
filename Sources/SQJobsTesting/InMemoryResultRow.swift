import Foundation
import SQJobsResults

/// One job's row in an ``InMemoryResultStore``.
struct InMemoryResultRow {
    var status: JobStatus
    var token: Int64 = 0
    var leaseEnds: Date?
    var arguments: JobArguments? {
        didSet { status.keepsArguments = arguments != nil }
    }

    /// A row that is waiting.
    init(id: ResultID, name: String, queue: QueueName, arguments: JobArguments?, delay: Duration, at now: Date) {
        status = JobStatus(
            id: id.rawValue, name: name, queue: queue, state: .pending, keepsArguments: arguments != nil,
            createdAt: now, updatedAt: now, nextAttemptAt: delay > .zero ? now.adding(delay) : nil)
        self.arguments = arguments
    }

    /// The status as it is read at a time.
    func status(at now: Date) -> JobStatus {
        var status = status
        status.leaseRemaining = leaseEnds.map { .seconds($0.timeIntervalSince(now)) }
        return status
    }

    /// Answers a worker that wants to run the job.
    mutating func claim(_ request: ClaimRequest, lease: Duration, at now: Date) -> ClaimAnswer {
        if status.state == .success { return .succeeded }
        if status.state == .running, let leaseEnds, leaseEnds > now {
            return .held(for: .seconds(leaseEnds.timeIntervalSince(now)))
        }
        token += 1
        status.attempt = status.state == .failure ? 1 : status.attempt + 1
        status.state = .running
        status.name = request.name
        status.queue = request.queue
        status.progress = nil
        status.startedAt = now
        status.updatedAt = now
        status.finishedAt = nil
        status.nextAttemptAt = nil
        leaseEnds = now.adding(lease)
        if arguments == nil { arguments = request.arguments }
        return .started(ResultClaim(id: request.id, token: token), attempt: status.attempt)
    }

    /// Writes how the newest claim's attempt ended.
    mutating func complete(_ ending: ResultCompletion.Ending, at now: Date) {
        leaseEnds = nil
        status.updatedAt = now
        status.finishedAt = now
        status.nextAttemptAt = nil
        switch ending {
        case .success(let output):
            status.state = .success
            status.output = output
            status.error = nil
        case .failure(let error):
            status.state = .failure
            status.error = error
        case .pending(let error, let delay):
            status.state = .pending
            status.error = error ?? status.error
            status.finishedAt = nil
            status.nextAttemptAt = delay.map { now.adding($0) }
        }
    }

    /// Makes a job that failed wait again.
    mutating func reopen(at now: Date) {
        token += 1
        status.state = .pending
        status.attempt = 0
        status.updatedAt = now
        status.finishedAt = nil
    }

    /// Whether the row is older than it is kept.
    func isExpired(_ retention: ResultRetention, at now: Date) -> Bool {
        if let finishedAt = status.finishedAt { return finishedAt.adding(retention.finished) < now }
        let lastHeardOf = [status.updatedAt, status.nextAttemptAt, leaseEnds].compactMap(\.self).max()
        return (lastHeardOf ?? status.updatedAt).adding(retention.unknown) < now
    }

    /// The row's place in a list.
    var cursor: ResultCursor {
        ResultCursor(createdAt: StoreTime.microseconds(status.createdAt), id: status.id)
    }
}

extension Date {
    func adding(_ duration: Duration) -> Date {
        addingTimeInterval(duration / .seconds(1))
    }
}
