public import SQJobsCore

import struct Foundation.UUID

extension SQSBroker {
    /// Holds deliveries for longer: 12 hours from their receive at most.
    public func extend(
        _ deliveries: [Delivery], by duration: Duration
    ) async throws -> [Result<Void, SQJobsError>] {
        try await setVisibility(deliveries.map { ($0, duration.wholeSeconds) })
    }

    /// Puts deliveries back, each after a delay of its own.
    public func release(_ releases: [Release]) async throws -> [Result<Void, SQJobsError>] {
        try await setVisibility(releases.map { ($0.delivery, $0.delay.wholeSeconds) })
    }

    /// Deletes deliveries.
    public func delete(_ deliveries: [Delivery]) async throws -> [Result<Void, SQJobsError>] {
        try await inBatches(deliveries, deliveries.first?.queue) { batch, queue in
            if batch.count == 1 {
                let action = DeleteMessage(queueURL: queue.url, receiptHandle: batch[0].receipt)
                _ = try await client.perform(action, on: queue.name)
                return nil
            }
            return try await client.perform(
                DeleteMessageBatch(queueURL: queue.url, receiptHandles: batch.map(\.receipt)), on: queue.name
            ).failed.map { ($0.place, $0.failure.error(of: DeleteMessageBatch.name)) }
        }
    }

    /// Sends dead messages to the target of the queue's redrive policy, then deletes them.
    public func bury(_ deliveries: [Delivery], reason: String) async throws -> [Result<Void, SQJobsError>] {
        guard let name = deliveries.first?.queue else { return [] }
        guard let target = try await queues.queue(name).deadLetterTarget else {
            throw SQJobsError(
                .unsupported, "The queue “\(name)” has no redrive policy, so there is no place for its dead messages.",
                queue: name)
        }
        let place = SQSQueue(target.name, url: try await queues.url(of: target), attributes: [:])
        let copies = deliveries.map { SQSDeadLetter.copy(of: $0, reason: reason, to: place.capabilities) }
        var answers: [Result<Void, SQJobsError>] = await sender.send(copies, to: place).map { $0.map { _ in () } }
        let sent = deliveries.indices.filter { (try? answers[$0].get()) != nil }
        for (index, answer) in zip(sent, try await delete(sent.map { deliveries[$0] })) { answers[index] = answer }
        return answers
    }

    private func setVisibility(_ changes: [(Delivery, seconds: Int)]) async throws -> [Result<Void, SQJobsError>] {
        try await inBatches(changes, changes.first?.0.queue) { batch, queue in
            if batch.count == 1 {
                let action = ChangeMessageVisibility(
                    queueURL: queue.url, receiptHandle: batch[0].0.receipt, visibilitySeconds: batch[0].seconds)
                _ = try await client.perform(action, on: queue.name)
                return nil
            }
            let entries = batch.map {
                ChangeMessageVisibilityBatch.Entry(receiptHandle: $0.0.receipt, visibilitySeconds: $0.seconds)
            }
            return try await client.perform(
                ChangeMessageVisibilityBatch(queueURL: queue.url, entries: entries), on: queue.name
            ).failed.map { ($0.place, $0.failure.error(of: ChangeMessageVisibilityBatch.name)) }
        }
    }

    /// Carries entries out in batches.
    ///
    /// - Parameter carryOut: Carries one batch out and returns the entries that failed.
    private func inBatches<Entry>(
        _ entries: [Entry], _ name: QueueName?,
        _ carryOut: ([Entry], SQSQueue) async throws -> [(place: Int, error: SQSError)]?
    ) async throws -> [Result<Void, SQJobsError>] {
        guard let name else { return [] }
        let queue = try await queues.queue(name)
        var answers = Array(repeating: Result<Void, SQJobsError>.success(()), count: entries.count)
        for start in stride(from: 0, to: entries.count, by: queue.capabilities.batchSize) {
            let range = start..<min(start + queue.capabilities.batchSize, entries.count)
            do {
                for failed in try await carryOut(Array(entries[range]), queue) ?? [] {
                    answers[start + failed.place] = .failure(
                        failed.error.jobsError(queue: name, endpoint: client.endpointName))
                }
            } catch let error as SQJobsError {
                for index in range { answers[index] = .failure(error) }
            }
        }
        return answers
    }
}
