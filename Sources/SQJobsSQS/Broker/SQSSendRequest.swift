import SQJobsCore

/// Sends the messages of one batch; one that failed in it, and may yet succeed, is sent again alone.
struct SQSSendRequest: Sendable {
    typealias Answer = Result<SentMessage, SQJobsError>

    let client: SQSClient
    let queue: SQSQueue

    func send(_ messages: [OutgoingMessage]) async -> [Answer] {
        messages.count == 1 ? [await sendAlone(messages[0])] : await sendBatch(messages)
    }

    private func sendAlone(_ message: OutgoingMessage) async -> Answer {
        let action = SendMessage(queueURL: queue.url, message: QueuedMessage(message, on: queue))
        do {
            return .success(SentMessage(messageID: try await client.perform(action, on: queue.name).messageID))
        } catch {
            return .failure(failure(error))
        }
    }

    private func sendBatch(_ messages: [OutgoingMessage]) async -> [Answer] {
        let action = SendMessageBatch(queueURL: queue.url, messages: messages.map { QueuedMessage($0, on: queue) })
        var answers = Array<Answer?>(repeating: nil, count: messages.count)
        do {
            let output = try await client.perform(action, on: queue.name)
            for (place, sent) in output.successful {
                answers[place] = .success(SentMessage(messageID: sent.messageID))
            }
            for (place, failure) in output.failed where failure.isSenderFault {
                let error = failure.error(of: SendMessageBatch.name)
                answers[place] = .failure(error.jobsError(queue: queue.name, endpoint: client.endpointName))
            }
        } catch {
            return messages.map { _ in .failure(failure(error)) }
        }
        for index in messages.indices where answers[index] == nil {
            answers[index] = await sendAlone(messages[index])
        }
        return answers.compactMap(\.self)
    }

    private func failure(_ error: any Error) -> SQJobsError {
        error as? SQJobsError
            ?? SQJobsError(
                .unknownOutcome, "The message for the queue “\(queue.name)” may have been sent or may not.",
                queue: queue.name, underlying: error)
    }
}

extension QueuedMessage {
    /// A message as SQS has it: the delay in whole seconds, where the queue's own does not apply.
    fileprivate init(_ message: OutgoingMessage, on queue: SQSQueue) {
        let hasDelay = message.delay > .zero && !queue.capabilities.isOrdered
        self.init(
            body: message.body, delaySeconds: hasDelay ? message.delay.wholeSeconds : nil,
            attributes: message.attributes.isEmpty ? nil : message.attributes.mapValues { MessageAttribute($0) },
            groupID: message.group, deduplicationID: message.deduplicationID)
    }
}
