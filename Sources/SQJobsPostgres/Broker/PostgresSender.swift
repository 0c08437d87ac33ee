import SQJobsCore
import Synchronization

/// Sends messages: those of a call together, and single ones that come while others are on their way with one another.
final class PostgresSender: Sendable {
    private struct Entry: Sendable {
        let message: OutgoingMessage
        let continuation: CheckedContinuation<Result<SentMessage, SQJobsError>, Never>
    }

    private let queues: PostgresQueues
    private let clock: JobClock
    private let collectors = Mutex<[QueueName: BatchCollector<Entry>]>([:])

    /// The messages of one statement at most.
    private static let batch = 1000
    /// How long a message waits for others while some are on their way.
    private static let linger = Duration.milliseconds(2)

    init(_ queues: PostgresQueues, clock: JobClock) {
        self.queues = queues
        self.clock = clock
    }

    /// Sends messages; a call's parts that come after one that failed are not tried.
    func send(_ messages: [OutgoingMessage], to queue: QueueName) async -> [Result<SentMessage, SQJobsError>] {
        if messages.count == 1 { return [await sendAlone(messages[0], to: queue)] }
        var answers: [Result<SentMessage, SQJobsError>] = []
        answers.reserveCapacity(messages.count)
        for part in parts(of: messages) {
            answers += await carryOut(part, to: queue)
            guard case .failure(let error) = answers.last else { continue }
            let rest = messages.count - answers.count
            return answers + Array(repeating: .failure(error.ofUnsent), count: rest)
        }
        return answers
    }

    private func sendAlone(_ message: OutgoingMessage, to queue: QueueName) async -> Result<SentMessage, SQJobsError> {
        let collector = collector(of: queue)
        if let answers = await collector.carryOutAlone({ await carryOut([message], to: queue) }) { return answers[0] }
        return await withCheckedContinuation { collector.add(Entry(message: message, continuation: $0)) }
    }

    private func collector(of queue: QueueName) -> BatchCollector<Entry> {
        collectors.withLock { collectors in
            if let collector = collectors[queue] { return collector }
            let policy = BatchCollector<Entry>.Policy(
                count: Self.batch, weight: PostgresBroker.largestBatch, linger: Self.linger,
                sendsLoneEntriesAtOnce: true)
            let collector = BatchCollector<Entry>(policy, clock: clock, weight: \.message.size) { [weak self] entries in
                let answers = await self?.carryOut(entries.map(\.message), to: queue)
                for (index, entry) in entries.enumerated() {
                    entry.continuation.resume(returning: answers?[index] ?? .failure(.unanswered(queue)))
                }
            }
            collectors[queue] = collector
            return collector
        }
    }

    /// - Returns: An answer for each; all of them go, or none.
    private func carryOut(
        _ messages: [OutgoingMessage], to queue: QueueName
    ) async -> [Result<SentMessage, SQJobsError>] {
        do {
            return try await queues.send(messages, to: queue).map { .success($0) }
        } catch {
            let error = error as? SQJobsError ?? .unanswered(queue)
            return messages.map { _ in .failure(error) }
        }
    }

    /// Messages by what one statement carries.
    private func parts(of messages: [OutgoingMessage]) -> [[OutgoingMessage]] {
        var parts: [[OutgoingMessage]] = []
        var size = 0
        for message in messages {
            size += message.size
            if let last = parts.last, last.count < Self.batch, size <= PostgresBroker.largestBatch {
                parts[parts.count - 1].append(message)
            } else {
                parts.append([message])
                size = message.size
            }
        }
        return parts
    }
}

extension SQJobsError {
    /// It is not known whether a message was sent.
    static func unanswered(_ queue: QueueName) -> SQJobsError {
        SQJobsError(
            .unknownOutcome, "The broker did not say whether a message for the queue “\(queue)” was sent.", queue: queue
        )
    }

    /// The error of messages that were not even tried after it.
    fileprivate var ofUnsent: SQJobsError {
        guard code == .unknownOutcome else { return self }
        return SQJobsError(.brokerUnavailable, message, queue: queue, underlying: underlying)
    }
}
