import SQJobsTesting
import Testing

@Suite("The broker in memory")
struct InMemoryBrokerTests {
    let clock = ManualClock()

    func message(_ body: String, group: String? = nil, deduplicationID: String? = nil) -> OutgoingMessage {
        OutgoingMessage(body: body, group: group, deduplicationID: deduplicationID)
    }

    @Test("has the queues that were named, and no other")
    func queues() async throws {
        let broker = try InMemoryBroker("mail", "sums", clock: clock.jobClock)
        let names = try await broker.administration?.queues()
        #expect(names == ["mail", "sums"])
        let error = await #expect(throws: SQJobsError.self) { try await broker.enqueue(named: "x", on: "main") }
        #expect(error?.code == .queueDoesNotExist)
        #expect(error?.message.contains("“main”") == true)
    }

    @Test("shares its queues with its copies")
    func copies() async throws {
        let broker = try InMemoryBroker("mail", clock: clock.jobClock)
        var copy = broker
        copy.enqueueMiddleware = []
        try await copy.enqueue(named: "x", on: "mail")
        #expect(try await broker.receive(from: "mail", count: 1, wait: .zero, visibility: .seconds(1)).count == 1)
    }

    @Test("has Amazon SQS's limits unless it is given others")
    func limits() async throws {
        let settings = QueueSettings(visibility: .seconds(45), maximumReceives: 3)
        let sqs = try await InMemoryBroker("mail", settings: settings, clock: clock.jobClock).capabilities(of: "mail")
        #expect(sqs.batchSize == 10)
        #expect(sqs.largestMessage == 1_048_576)
        #expect(sqs.longestDelay == .seconds(900))
        #expect(sqs.longestLease == .seconds(43_200))
        #expect(sqs.visibility == .seconds(45))
        #expect(sqs.maximumReceives == 3)
        let chosen = try InMemoryBroker("mail", clock: clock.jobClock) { _ in
            QueueCapabilities(batchSize: 2, defaultMaximumAttempts: 25)
        }
        #expect(try await chosen.capabilities(of: "mail").defaultMaximumAttempts == 25)
        for body in ["1", "2", "3"] { _ = try await chosen.send([message(body)], to: "mail") }
        #expect(try await chosen.receive(from: "mail", count: 10, wait: .zero, visibility: .seconds(1)).count == 2)
    }

    @Test("forgets a deduplication id after five minutes")
    func deduplication() async throws {
        let broker = try InMemoryBroker("mail", settings: QueueSettings(isOrdered: true), clock: clock.jobClock)
        func send() async throws -> String {
            try await broker.send([message("body", group: "a", deduplicationID: "d")], to: "mail")[0].get().messageID
        }
        let first = try await send()
        await clock.advance(by: .seconds(299))
        #expect(try await send() == first)
        await clock.advance(by: .seconds(1))
        #expect(try await send() != first)
        #expect(try await broker.administration?.statistics(of: "mail").waiting == 2)
    }

    @Test("gives several messages of a group at once, in order, as Amazon SQS does")
    func severalOfAGroup() async throws {
        let broker = try InMemoryBroker("mail", settings: QueueSettings(isOrdered: true), clock: clock.jobClock)
        _ = try await broker.send((1...3).map { message("\($0)", group: "a") }, to: "mail")
        let deliveries = try await broker.receive(from: "mail", count: 10, wait: .zero, visibility: .seconds(30))
        #expect(deliveries.map(\.body) == ["1", "2", "3"])
    }

    @Test("refuses what the queue cannot do, for each entry")
    func refusals() async throws {
        let broker = try InMemoryBroker(
            queues: ["plain": QueueSettings(), "order": QueueSettings(isOrdered: true)], clock: clock.jobClock)
        let large = OutgoingMessage(body: String(repeating: "x", count: 1_048_577))
        let late = OutgoingMessage(body: "late", delay: .seconds(901))
        let answers = try await broker.send([large, message("fine"), late], to: "plain")
        #expect(answers.map { (try? $0.get()) != nil } == [false, true, false])
        let delayed = OutgoingMessage(body: "x", delay: .seconds(1), group: "a")
        for bad in [delayed, message("no group")] {
            await #expect(throws: SQJobsError.self) { try await broker.send([bad], to: "order")[0].get() }
        }
        #expect(throws: SQJobsError.self) { try InMemoryBroker("x", settings: QueueSettings(maximumReceives: 0)) }
    }

    @Test("holds a message for twelve hours at most, as Amazon SQS does")
    func longestLease() async throws {
        let broker = try InMemoryBroker("mail", clock: clock.jobClock)
        _ = try await broker.send([message("body")], to: "mail")
        let deliveries = try await broker.receive(from: "mail", count: 1, wait: .zero, visibility: .seconds(43_000))
        await clock.advance(by: .seconds(42_000))
        let allowed = try await broker.extend(deliveries, by: .seconds(1200))
        #expect(throws: Never.self) { try allowed[0].get() }
        let refused = try await broker.extend(deliveries, by: .seconds(1201))
        #expect(throws: SQJobsError.self) { try refused[0].get() }
    }

    @Test("deletes by the last receipt also when its lease ran out, so that a job that is done does not run again")
    func lateDelete() async throws {
        let broker = try InMemoryBroker("mail", clock: clock.jobClock)
        _ = try await broker.send([message("body")], to: "mail")
        let deliveries = try await broker.receive(from: "mail", count: 1, wait: .zero, visibility: .seconds(1))
        await clock.advance(by: .seconds(5))
        _ = try await broker.delete(deliveries)
        #expect(try await broker.administration?.statistics(of: "mail").isEmpty == true)
    }

    @Test("puts dead messages on a queue of their own, whose consumers wake")
    func deadLetterQueue() async throws {
        let broker = try InMemoryBroker(
            queues: [
                "mail": QueueSettings(maximumReceives: 1),
                "orders.fifo": QueueSettings(isOrdered: true, maximumReceives: 1),
                "sums": QueueSettings(maximumReceives: 1, deadLetterQueue: "graves"),
            ], clock: clock.jobClock)
        let names = try await broker.administration?.queues()
        #expect(names == ["graves", "mail", "mail_dead", "orders.fifo", "orders_dead.fifo", "sums"])
        _ = try await broker.send([message("body")], to: "sums")
        let consumer = Task {
            try await broker.receive(from: "graves", count: 1, wait: .seconds(20), visibility: .seconds(1))
        }
        try await clock.waitForSleepers(1)
        for _ in 1...2 {
            let deliveries = try await broker.receive(from: "sums", count: 1, wait: .zero, visibility: .seconds(30))
            _ = try await broker.release(deliveries.map { Release($0) })
        }
        #expect(try await consumer.value.map(\.body) == ["body"])
    }

    @Test("keeps a message whose dead-letter queue was removed, and refuses to bury it")
    func missingDeadLetterQueue() async throws {
        let broker = try InMemoryBroker("mail", settings: QueueSettings(maximumReceives: 1), clock: clock.jobClock)
        try await broker.administration?.remove("mail_dead")
        _ = try await broker.send([message("body")], to: "mail")
        for count in 1...3 {
            let deliveries = try await broker.receive(from: "mail", count: 1, wait: .zero, visibility: .seconds(30))
            #expect(deliveries.map(\.receiveCount) == [count])
            let answers = try await broker.bury(deliveries, reason: "why not")
            #expect(throws: SQJobsError.self) { try answers[0].get() }
            _ = try await broker.release(deliveries.map { Release($0) })
        }
    }

    @Test("refuses every call after a shutdown")
    func shutdown() async throws {
        let broker = try InMemoryBroker("mail", clock: clock.jobClock)
        await broker.shutdown()
        let error = await #expect(throws: SQJobsError.self) { try await broker.enqueue(named: "x", on: "mail") }
        #expect(error?.code == .shuttingDown)
    }
}
