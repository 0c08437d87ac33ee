import SQJobsCore

import struct Foundation.Date

/// All queues of an ``InMemoryBroker``, and the way of a message from one to another when it dies or is put back.
struct InMemoryQueues {
    var queues: [QueueName: InMemoryQueue] = [:]
    var isShutDown = false
    private var lastID = 0
    private let capabilities: @Sendable (QueueSettings) -> QueueCapabilities

    init(capabilities: @escaping @Sendable (QueueSettings) -> QueueCapabilities) {
        self.capabilities = capabilities
    }

    /// Does something with a queue that must exist.
    mutating func with<Answer>(
        _ name: QueueName, _ body: (inout InMemoryQueue) throws -> Answer
    ) throws -> Answer {
        try requireOpen()
        guard queues[name] != nil else { throw Self.missing(name) }
        // Through the dictionary, in place: a copy of the messages with each call would be slow.
        return try body(&queues[name, default: InMemoryQueue(name: name, settings: .init(), capabilities: .init())])
    }

    mutating func create(_ name: QueueName, _ settings: QueueSettings) throws {
        try requireOpen()
        if let limit = settings.maximumReceives, limit < 1 {
            throw SQJobsError(
                .invalidConfiguration,
                "The queue “\(name)” cannot bury a message after \(limit) receives: use at least 1.",
                queue: name)
        }
        if let queue = queues[name] {
            guard queue.settings == settings else {
                throw SQJobsError(
                    .brokerRefused, "The queue “\(name)” exists with other settings: remove it first.", queue: name)
            }
            return
        }
        queues[name] = InMemoryQueue(name: name, settings: settings, capabilities: capabilities(settings))
        if let dead = deadLetterQueue(of: name), queues[dead] == nil {
            try create(dead, QueueSettings(visibility: settings.visibility, isOrdered: settings.isOrdered))
        }
    }

    mutating func send(
        _ messages: [OutgoingMessage], to name: QueueName, at now: Duration, date: Date
    ) throws -> [Result<SentMessage, SQJobsError>] {
        try messages.map { message in
            let id = makeID()
            return try with(name) { $0.send(message, id: id, at: now, date: date) }
        }
    }

    mutating func take(
        _ count: Int, from name: QueueName, visibility: Duration, at now: Duration
    ) throws -> (deliveries: [Delivery], buried: Int) {
        let place = deadLetterQueue(of: name).flatMap { queues[$0] == nil ? nil : $0 }
        let (deliveries, dead) = try with(name) {
            $0.take(min(count, $0.capabilities.batchSize), visibility: visibility, at: now, canBury: place != nil)
        }
        if let place {
            for message in dead { bury(message, from: name, in: place, reason: nil, at: now) }
        }
        return (deliveries, dead.count)
    }

    mutating func bury(
        _ delivery: Delivery, reason: String, at now: Duration
    ) throws -> Result<Void, SQJobsError> {
        guard let place = deadLetterQueue(of: delivery.queue) else {
            return .failure(
                SQJobsError(
                    .unsupported, "The queue “\(delivery.queue)” keeps no dead messages: give it a number of receives.",
                    queue: delivery.queue))
        }
        guard queues[place] != nil else { return .failure(Self.missing(place)) }
        let taken = try with(delivery.queue) { $0.takeOut(delivery, at: now) }
        return taken.map { bury($0, from: delivery.queue, in: place, reason: reason, at: now) }
    }

    /// The messages that died on a queue; `nil` where none are kept.
    func deadMessages(of name: QueueName) -> [InMemoryMessage]? {
        guard let place = deadLetterQueue(of: name), let dead = queues[place] else { return nil }
        return dead.messages.filter { $0.death?.queue == name }
    }

    /// Puts dead messages back as new ones that keep their jobs' ids.
    mutating func requeueDead(
        of name: QueueName, messageIDs: Set<String>?, at now: Duration, date: Date
    ) throws -> Int {
        guard let place = deadLetterQueue(of: name) else { return 0 }
        let chosen = try with(place) { dead in
            let chosen = dead.messages.filter { $0.death?.queue == name && messageIDs?.contains($0.id) ?? true }
            let ids = Set(chosen.map(\.id))
            dead.messages.removeAll { ids.contains($0.id) }
            return chosen
        }
        for message in chosen {
            let back = OutgoingMessage(
                body: MessageCodec.bodyWithID(message.body, messageID: message.id), attributes: message.attributes,
                group: message.group)
            _ = try send([back], to: name, at: now, date: date)
        }
        return chosen.count
    }

    func requireOpen() throws {
        guard !isShutDown else {
            throw SQJobsError(.shuttingDown, "The broker in memory was shut down: make another one.")
        }
    }

    static func missing(_ name: QueueName) -> SQJobsError {
        SQJobsError(
            .queueDoesNotExist, "The queue “\(name)” does not exist: name it when the broker is made, or create it.",
            queue: name)
    }

    private func deadLetterQueue(of name: QueueName) -> QueueName? {
        guard let settings = queues[name]?.settings, settings.maximumReceives != nil else { return nil }
        if let dead = settings.deadLetterQueue { return dead }
        let suffix = ".fifo"
        guard name.rawValue.hasSuffix(suffix) else { return QueueName("\(name)_dead") }
        return QueueName("\(name.rawValue.dropLast(suffix.count))_dead\(suffix)")
    }

    private mutating func bury(
        _ message: InMemoryMessage, from name: QueueName, in place: QueueName, reason: String?, at now: Duration
    ) {
        var dead = message
        dead.death = (name, reason)
        dead.receipt = nil
        dead.receiveCount = 0
        dead.visibleAt = now
        queues[place]?.messages.append(dead)
    }

    private mutating func makeID() -> String {
        lastID += 1
        return "memory-\(lastID)"
    }
}
