import Foundation
import SQJobsCore

/// Looks after queues of SQS.
struct SQSAdministration: QueueAdministration {
    let client: SQSClient
    let queues: SQSQueues
    let broker: SQSBroker

    /// How long dead messages are hidden from others while they are looked at or put back.
    private static let handling = Duration.seconds(30)

    func queues() async throws -> [QueueName] {
        var names: [QueueName] = []
        var action = ListQueues()
        repeat {
            let page = try await client.perform(action, on: nil)
            names += page.queueURLs.compactMap { $0.split(separator: "/").last.map { QueueName(String($0)) } }
            action.token = page.token
        } while action.token != nil
        return names.sorted { $0.rawValue < $1.rawValue }
    }

    func statistics(of queue: QueueName) async throws -> QueueStatistics {
        let known = try await queues.queue(queue)
        var counts = try await counts(of: known.url, queue)
        if let target = known.deadLetterTarget {
            counts.dead = try await self.counts(of: try await queues.url(of: target), target.name).waiting
        }
        return counts
    }

    func create(_ queue: QueueName, _ settings: QueueSettings) async throws {
        guard settings.isOrdered == queue.rawValue.hasSuffix(".fifo") else {
            throw SQJobsError(
                .invalidConfiguration,
                "The name “\(queue)” does not go with its kind: a queue with ordered groups ends in .fifo on SQS, and no"
                    + " other does.",
                queue: queue)
        }
        var attributes = ["VisibilityTimeout": String(settings.visibility.wholeSeconds)]
        if settings.isOrdered { attributes["FifoQueue"] = "true" }
        if let receives = settings.maximumReceives {
            let arn = try await createDeadLetterQueue(settings.deadLetterQueue ?? Self.deadLetterName(of: queue))
            attributes["RedrivePolicy"] = #"{"deadLetterTargetArn":"\#(arn)","maxReceiveCount":"\#(receives)"}"#
        }
        try await create(queue, attributes)
    }

    func remove(_ queue: QueueName) async throws {
        let url = try await queues.queue(queue).url
        _ = try await client.perform(DeleteQueue(queueURL: url), on: queue)
        queues.forget(queue)
    }

    func purge(_ queue: QueueName) async throws {
        _ = try await client.perform(PurgeQueue(queueURL: try await queues.queue(queue).url), on: queue)
    }

    func deadMessages(of queue: QueueName, limit: Int) async throws -> [DeadMessage] {
        let place = try await deadLetterPlace(of: queue)
        var seen: [String: ReceivedMessage] = [:]
        var messages: [ReceivedMessage] = []
        while messages.count < limit {
            let batch = try await receiveDead(from: place, count: min(10, limit - messages.count))
            let new = batch.filter { seen.updateValue($0, forKey: $0.id) == nil }
            guard !new.isEmpty else { break }
            messages += new
        }
        try await giveBack(messages, to: place)
        return messages.map { message in
            let delivery = Delivery(message, from: place.name)
            return DeadMessage(
                messageID: delivery.messageID, body: delivery.body,
                attributes: delivery.attributes.filter { $0.key != SQSDeadLetter.reasonAttribute },
                sentAt: delivery.sentAt, reason: delivery.attributes[SQSDeadLetter.reasonAttribute])
        }
    }

    func requeueDeadMessages(of queue: QueueName, messageIDs: Set<String>?) async throws -> Int {
        let place = try await deadLetterPlace(of: queue)
        let capabilities = try await queues.queue(queue).capabilities
        var kept: [String: ReceivedMessage] = [:]
        var count = 0
        // What dies again meanwhile is not put back a second time.
        let most = try await counts(of: place.url, place.name).waiting
        while count + kept.count < max(most, 1) {
            let batch = try await receiveDead(from: place, count: 10)
            let new = batch.filter { kept[$0.id] == nil }
            guard !new.isEmpty else { break }
            let chosen = new.filter { messageIDs?.contains($0.id) ?? true }
            for message in new where !(messageIDs?.contains(message.id) ?? true) { kept[message.id] = message }
            count += try await revive(chosen, capabilities, from: place, to: queue)
            if let messageIDs, count >= messageIDs.count { break }
        }
        try await giveBack(Array(kept.values), to: place)
        return count
    }

    /// Sends messages back to their queue, and takes those off the queue of dead ones that went.
    private func revive(
        _ messages: [ReceivedMessage], _ capabilities: QueueCapabilities, from place: SQSQueue, to queue: QueueName
    ) async throws -> Int {
        guard !messages.isEmpty else { return 0 }
        let revived = messages.map { SQSDeadLetter.revived($0, to: capabilities) }
        let answers = try await broker.send(revived, to: queue)
        var count = 0
        for (message, answer) in zip(messages, answers) {
            _ = try answer.get()
            _ = try await client.perform(
                DeleteMessage(queueURL: place.url, receiptHandle: message.receiptHandle), on: place.name)
            count += 1
        }
        return count
    }

    private func deadLetterPlace(of queue: QueueName) async throws -> SQSQueue {
        guard let target = try await queues.queue(queue).deadLetterTarget else {
            throw SQJobsError(
                .unsupported,
                "The queue “\(queue)” keeps no dead messages: give it a redrive policy, as `queues create --max-receives 5`"
                    + " does.",
                queue: queue)
        }
        return SQSQueue(target.name, url: try await queues.url(of: target), attributes: [:])
    }

    private func receiveDead(from place: SQSQueue, count: Int) async throws -> [ReceivedMessage] {
        let action = ReceiveMessage(
            queueURL: place.url, maximum: count, waitSeconds: 1, visibilitySeconds: Self.handling.wholeSeconds)
        return try await client.perform(action, on: place.name).messages
    }

    private func giveBack(_ messages: [ReceivedMessage], to place: SQSQueue) async throws {
        for message in messages {
            let action = ChangeMessageVisibility(
                queueURL: place.url, receiptHandle: message.receiptHandle, visibilitySeconds: 0)
            _ = try await client.perform(action, on: place.name)
        }
    }

    private func counts(of url: String, _ queue: QueueName) async throws -> QueueStatistics {
        let names = [
            "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed",
            "ApproximateNumberOfMessagesNotVisible",
        ]
        let attributes = try await client.perform(GetQueueAttributes(queueURL: url, names: names), on: queue).attributes
        let figures = names.map { attributes[$0].flatMap(Int.init) ?? 0 }
        return QueueStatistics(waiting: figures[0], delayed: figures[1], inFlight: figures[2])
    }

    private func create(_ queue: QueueName, _ attributes: [String: String]) async throws {
        do {
            _ = try await client.call(CreateQueue(queueName: queue.rawValue, attributes: attributes))
        } catch let error as SQSError where ["QueueAlreadyExists", "QueueNameExists"].contains(error.code) {
            throw SQJobsError(
                .brokerRefused,
                "The queue “\(queue)” exists with other settings: delete it first, or change them in the AWS console.",
                queue: queue, underlying: error)
        } catch let error as SQSError {
            throw error.jobsError(queue: queue, endpoint: client.endpointName)
        }
        queues.forget(queue)
    }

    /// Makes the queue of dead messages, which keeps them for the longest time that SQS offers, and returns its ARN.
    private func createDeadLetterQueue(_ queue: QueueName) async throws -> String {
        var attributes = ["MessageRetentionPeriod": "1209600"]
        if queue.rawValue.hasSuffix(".fifo") { attributes["FifoQueue"] = "true" }
        let url: String
        do {
            url = try await client.call(GetQueueURL(queueName: queue.rawValue)).queueURL
        } catch let error as SQSError where SQSErrorCode.missingQueue.contains(error.code) {
            try await create(queue, attributes)
            url = try await client.perform(GetQueueURL(queueName: queue.rawValue), on: queue).queueURL
        } catch let error as SQSError {
            throw error.jobsError(queue: queue, endpoint: client.endpointName)
        }
        let answer = try await client.perform(GetQueueAttributes(queueURL: url, names: ["QueueArn"]), on: queue)
        guard let arn = answer.attributes["QueueArn"] else {
            throw SQJobsError(.invalidResponse, "SQS did not say the ARN of the queue “\(queue)”.", queue: queue)
        }
        return arn
    }

    private static func deadLetterName(of queue: QueueName) -> QueueName {
        let name = queue.rawValue
        return QueueName(name.hasSuffix(".fifo") ? "\(name.dropLast(5))_dead.fifo" : "\(name)_dead")
    }
}
