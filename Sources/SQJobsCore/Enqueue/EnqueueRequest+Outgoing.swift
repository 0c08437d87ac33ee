extension EnqueueRequest {
    /// The message to send, or why the queue cannot hold it: `messageTooLarge`, `delayTooLong` or `unsupported`.
    func outgoing(to queue: QueueName, _ capabilities: QueueCapabilities) -> Result<OutgoingMessage, SQJobsError> {
        do {
            try requireDelay(on: queue, capabilities)
            try requirePriority(on: queue, capabilities)
            return .success(try message(for: queue, capabilities))
        } catch let error as SQJobsError {
            return .failure(error)
        } catch {
            return .failure(
                SQJobsError(
                    .unencodableArguments, "The job's id or name cannot be written as JSON: use plain text.",
                    job: message.name, queue: queue, underlying: error))
        }
    }

    private func message(for queue: QueueName, _ capabilities: QueueCapabilities) throws -> OutgoingMessage {
        if group != nil, !capabilities.isOrdered {
            throw SQJobsError(
                .unsupported,
                "The queue “\(queue)” has no ordered groups: leave the group out, or use a queue that has.",
                job: message.name, queue: queue)
        }
        guard uniqueKey == nil else {
            throw SQJobsError(
                .unsupported,
                "A unique key needs a store that keeps it: add `UniqueJobs` to the broker's enqueue middleware.",
                job: message.name, queue: queue)
        }
        let outgoing = OutgoingMessage(
            body: try MessageCodec.encode(message), attributes: attributes, delay: delay,
            group: capabilities.isOrdered ? group ?? message.name : nil,
            deduplicationID: capabilities.deduplicates ? deduplicationID ?? message.id : nil, priority: priority)
        guard outgoing.size <= capabilities.largestMessage else {
            throw SQJobsError(
                .messageTooLarge,
                "The job “\(message.name)” is \(outgoing.size) bytes as a message and the queue “\(queue)” holds at most"
                    + " \(capabilities.largestMessage): store the data elsewhere and pass a reference to it.",
                job: message.name, queue: queue)
        }
        return outgoing
    }

    private func requireDelay(on queue: QueueName, _ capabilities: QueueCapabilities) throws {
        guard delay > .zero else { return }
        guard capabilities.delaysEachMessage else {
            throw SQJobsError(
                .unsupported,
                "The queue “\(queue)” cannot delay a single message: leave the delay out, or use a queue that can.",
                job: message.name, queue: queue)
        }
        guard let longest = capabilities.longestDelay, delay > longest else { return }
        throw SQJobsError(
            .delayTooLong,
            "The queue “\(queue)” can delay a message by \(longest) at most, and \(delay) was asked for: use a shorter"
                + " delay, or send it through a store with `OutboxDelays`.",
            job: message.name, queue: queue)
    }

    private func requirePriority(on queue: QueueName, _ capabilities: QueueCapabilities) throws {
        guard priority != 0 else { return }
        guard capabilities.prioritizes else {
            throw SQJobsError(
                .unsupported,
                "The queue “\(queue)” has no priorities: leave the priority out, or use a queue of its own for what is"
                    + " urgent.",
                job: message.name, queue: queue)
        }
        guard Int16(exactly: priority) == nil else { return }
        throw SQJobsError(
            .invalidConfiguration,
            "The priority \(priority) cannot be: use one from \(Int16.min) to \(Int16.max).",
            job: message.name, queue: queue)
    }
}
