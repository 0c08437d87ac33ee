import SQJobsCore

/// What the cases are written with: a harness, and the steps that most of them take.
struct BrokerTrial: ConformanceTrial {
    let harness: any BrokerHarness
    let broker: any Broker

    /// Longer than any case takes.
    static let long = Duration.seconds(120)
    /// How long a call of the broker may take in real time before it is taken for stuck.
    let patience: Duration

    init(_ harness: any BrokerHarness, patience: Duration) {
        self.harness = harness
        self.patience = patience
        var broker = harness.broker
        broker.enqueueMiddleware = []
        self.broker = broker
    }

    /// The shortest time that a message can be held.
    var short: Duration { harness.smallestVisibility }

    func makeQueue(ordered: Bool = false, maximumReceives: Int? = nil) async throws -> QueueName {
        try await harness.makeQueue(
            QueueSettings(visibility: .seconds(30), isOrdered: ordered, maximumReceives: maximumReceives))
    }

    func advance(by duration: Duration) async throws {
        try await harness.advance(by: duration)
    }

    /// Sends messages, all of which must be taken.
    @discardableResult
    func send(_ messages: [OutgoingMessage], to queue: QueueName) async throws -> [SentMessage] {
        let answers = try await broker.send(messages, to: queue)
        try expect(answers.count == messages.count, "one answer for each of \(messages.count)", "\(answers.count)")
        return try answers.map { try $0.get() }
    }

    @discardableResult
    func send(_ bodies: String..., to queue: QueueName) async throws -> [SentMessage] {
        try await send(bodies.map { OutgoingMessage(body: $0) }, to: queue)
    }

    /// Sends messages of one ordered group.
    @discardableResult
    func send(_ bodies: String..., group: String, to queue: QueueName) async throws -> [SentMessage] {
        try await send(bodies.map { message($0, group: group) }, to: queue)
    }

    func message(_ body: String, group: String) -> OutgoingMessage {
        OutgoingMessage(body: body, group: group, deduplicationID: JobID.make(at: broker.clock.now()))
    }

    /// Receives once, without waiting.
    func receive(
        from queue: QueueName, count: Int = 10, visibility: Duration = long
    ) async throws -> [Delivery] {
        let deliveries = try await broker.receive(from: queue, count: count, wait: .zero, visibility: visibility)
        try expect(deliveries.count <= count, "at most \(count) messages", "\(deliveries.count)")
        return deliveries
    }

    /// Receives until there are as many messages as expected. A broker may give fewer than it has, and may need a moment.
    func collect(_ count: Int, from queue: QueueName, visibility: Duration = long) async throws -> [Delivery] {
        var deliveries: [Delivery] = []
        var misses = 0
        while deliveries.count < count {
            let more = try await receive(from: queue, count: min(10, count - deliveries.count), visibility: visibility)
            deliveries += more
            guard more.isEmpty else { continue }
            misses += 1
            guard misses < 100 else {
                throw ConformanceFailure(
                    expected: "\(count) messages to be received", got: Self.list(deliveries.map(\.body)))
            }
            try await advance(by: short / 20)
        }
        return deliveries
    }

    /// Receives one message, and asks for no more: on an ordered queue a larger receive may take more of a group.
    func receiveOne(from queue: QueueName, visibility: Duration = long) async throws -> Delivery {
        try await collect(1, from: queue, visibility: visibility)[0]
    }

    /// Makes sure that nothing can be received.
    func expectNothing(from queue: QueueName, because reason: String) async throws {
        for _ in 0..<2 {
            let deliveries = try await receive(from: queue)
            try expect(deliveries.isEmpty, "no message, because \(reason)", Self.list(deliveries.map(\.body)))
        }
    }

    /// Does what must succeed for every entry.
    func settle(
        _ what: String, _ count: Int, _ call: () async throws -> [Result<Void, SQJobsError>]
    ) async throws {
        let answers = try await call()
        try expect(answers.count == count, "one answer for each of \(count) entries of \(what)", "\(answers.count)")
        for case .failure(let error) in answers {
            throw ConformanceFailure(expected: "\(what) to succeed", got: "\(error)")
        }
    }

    func delete(_ deliveries: [Delivery]) async throws {
        try await settle("delete", deliveries.count) { try await broker.delete(deliveries) }
    }

    func release(_ deliveries: [Delivery], after delay: Duration = .zero) async throws {
        try await settle("release", deliveries.count) {
            try await broker.release(deliveries.map { Release($0, after: delay) })
        }
    }

    func extend(_ deliveries: [Delivery], by duration: Duration) async throws {
        try await settle("extend", deliveries.count) { try await broker.extend(deliveries, by: duration) }
    }

    func bury(_ deliveries: [Delivery], reason: String = "it was of no use") async throws {
        try await settle("bury", deliveries.count) { try await broker.bury(deliveries, reason: reason) }
    }

    func administration() throws -> any QueueAdministration {
        guard let administration = broker.administration else {
            throw ConformanceFailure(expected: "an administration, as the harness declares", got: "none")
        }
        return administration
    }

    /// Dead messages of a queue, once there are as many as expected.
    func deadMessages(_ count: Int, of queue: QueueName) async throws -> [DeadMessage] {
        let administration = try administration()
        return try await eventually("\(count) dead messages") {
            let dead = try await administration.deadMessages(of: queue, limit: 100)
            return dead.count == count ? .success(dead) : .failure("\(dead.count)")
        }
    }

    static func list(_ texts: [String]) -> String {
        texts.isEmpty ? "none" : texts.map { "“\($0.prefix(60))”" }.joined(separator: ", ")
    }
}
