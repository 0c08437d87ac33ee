package import struct Foundation.Date

/// What the jobs of one enqueueing have in common: name, queue and options.
package struct EnqueueEnvelope {
    let name: String
    let queue: QueueName
    let options: EnqueueOptions

    package init(name: String, queue: QueueName, options: [EnqueueOption]) {
        self.name = name
        self.options = EnqueueOptions(options)
        self.queue = self.options.queue ?? queue
    }

    func requests(for arguments: [JobArguments], at now: Date) throws -> [EnqueueRequest] {
        guard options.id == nil || arguments.count == 1 else {
            throw SQJobsError(
                .invalidConfiguration, "One id cannot serve \(arguments.count) jobs: enqueue them one by one.",
                job: name)
        }
        let delay = options.delay(from: now)
        return arguments.map { arguments in
            EnqueueRequest(
                message: JobMessage(id: options.id ?? JobID.make(at: now), name: name, arguments: arguments),
                delay: delay, group: options.group, deduplicationID: options.deduplicationID,
                priority: options.priority, attributes: options.attributes, uniqueKey: options.uniqueKey)
        }
    }

    /// What waits in an outbox for a job that is enqueued without a broker.
    package func entry(for arguments: JobArguments, at now: Date) throws -> OutboxEntry {
        let request = try requests(for: [arguments], at: now)[0]
        guard request.uniqueKey == nil else {
            throw SQJobsError(
                .unsupported,
                "A job with a unique key cannot be enqueued within a transaction: enqueue it with the broker.",
                job: name, queue: queue)
        }
        return OutboxEntry(
            message: request.message, queue: queue, dueAt: now.addingTimeInterval(request.delay / .seconds(1)),
            group: request.group, deduplicationID: request.deduplicationID, attributes: request.attributes)
    }
}
