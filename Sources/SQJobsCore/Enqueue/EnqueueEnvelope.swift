import struct Foundation.Date

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
                priority: options.priority, attributes: options.attributes)
        }
    }
}
