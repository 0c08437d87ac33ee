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
        let action = SendMessage(
            queueURL: queue.url, body: message.body, delaySeconds: message.delaySeconds(on: queue),
            attributes: message.sqsAttributes, groupID: message.group, deduplicationID: message.deduplicationID)
        do {
            return .success(SentMessage(messageID: try await client.perform(action, on: queue.name).messageID))
        } catch {
            return .failure(failure(error))
        }
    }

    private func sendBatch(_ messages: [OutgoingMessage]) async -> [Answer] {
        let entries = messages.enumerated().map { index, message in
            SendMessageBatch.Entry(
                id: String(index), body: message.body, delaySeconds: message.delaySeconds(on: queue),
                attributes: message.sqsAttributes, groupID: message.group, deduplicationID: message.deduplicationID)
        }
        var answers = Array<Answer?>(repeating: nil, count: messages.count)
        do {
            let output = try await client.perform(
                SendMessageBatch(queueURL: queue.url, entries: entries), on: queue.name)
            for success in output.successful {
                if let index = Int(success.id) { answers[index] = .success(SentMessage(messageID: success.messageID)) }
            }
            for entry in output.failed where entry.isSenderFault {
                let error = entry.error(of: SendMessageBatch.name)
                if let index = Int(entry.id) {
                    answers[index] = .failure(error.jobsError(queue: queue.name, endpoint: client.endpointName))
                }
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

extension OutgoingMessage {
    /// The attributes as SQS has them; `nil` for none.
    fileprivate var sqsAttributes: [String: MessageAttribute]? {
        attributes.isEmpty ? nil : attributes.mapValues { MessageAttribute($0) }
    }

    /// The delay in whole seconds; `nil` where the queue's own applies.
    fileprivate func delaySeconds(on queue: SQSQueue) -> Int? {
        delay > .zero && !queue.capabilities.isOrdered ? delay.wholeSeconds : nil
    }
}
