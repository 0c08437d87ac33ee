import struct Foundation.Date

/// Sends jobs whose delay is longer than their queue can hold back a message through an ``Outbox``.
///
/// ```swift
/// broker.enqueueMiddleware.append(OutboxDelays(store, broker))
/// ```
///
/// It comes last, so that all other middleware has seen the jobs; some relay must run, in a worker or a beater. Amazon SQS
/// delays a message by 15 minutes at most, and no single one on a first-in-first-out queue
/// (<https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delay-queues.html>).
public struct OutboxDelays: EnqueueMiddleware {
    private typealias Answer = Result<SentMessage, SQJobsError>

    private let outbox: any Outbox
    private let broker: any Broker

    /// Makes the middleware.
    ///
    /// - Parameters:
    ///   - outbox: Where jobs wait.
    ///   - broker: Whose queues' limits count.
    public init(_ outbox: any Outbox, _ broker: any Broker) {
        self.outbox = outbox
        self.broker = broker
    }

    /// Puts jobs with long delays into the outbox, where their message id is their job's, and passes the others on.
    public func enqueue(
        _ requests: [EnqueueRequest], to queue: QueueName,
        next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        guard requests.contains(where: { $0.delay > .zero }) else { return try await next(requests) }
        let capabilities = try await broker.capabilities(of: queue)
        let checked = requests.map { $0.waiting(on: queue, capabilities, since: broker.clock) }
        let short = zip(requests, checked).compactMap { request, entry in entry == nil ? request : nil }
        let entries = checked.compactMap { try? $0?.get() }
        if !entries.isEmpty { _ = try await outbox.put(entries) }
        var answers = short.isEmpty ? [] : try await passOn(short, haveOthers: !entries.isEmpty, next)[...]
        return checked.map { entry in
            entry.map { $0.map { SentMessage(messageID: $0.message.id) } } ?? answers.popFirst()
                ?? .failure(.unanswered(queue))
        }
    }

    /// Once others are in the outbox, a failure is that of the rest alone.
    private func passOn(
        _ requests: [EnqueueRequest], haveOthers: Bool, _ next: ([EnqueueRequest]) async throws -> [Answer]
    ) async throws -> [Answer] {
        do {
            return try await next(requests)
        } catch let error as SQJobsError where haveOthers {
            return requests.map { _ in .failure(error) }
        }
    }
}

extension EnqueueRequest {
    /// The entry that the job waits in, or why its queue will never hold it; `nil` if the queue can delay it by itself.
    fileprivate func waiting(
        on queue: QueueName, _ capabilities: QueueCapabilities, since clock: JobClock
    ) -> Result<OutboxEntry, SQJobsError>? {
        let longest = capabilities.delaysEachMessage ? capabilities.longestDelay : .zero
        guard let longest, delay > longest else { return nil }
        var now = self
        now.delay = .zero
        return now.outgoing(to: queue, capabilities).map { _ in
            OutboxEntry(
                message: message, queue: queue, dueAt: clock.now().addingTimeInterval(delay / .seconds(1)),
                group: group,
                deduplicationID: deduplicationID, attributes: attributes, isPrepared: true)
        }
    }
}
