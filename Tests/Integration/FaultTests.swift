import Foundation
import SQJobsCore
import SQJobsSQS
import TestSurroundings
import Testing

@Suite("Faults between a program and SQS", .timeLimit(.minutes(3)))
struct FaultTests {
    private let server: TestServer
    private let ran = Recorder<String>()

    /// More than a worker and a producer need for the jobs of these tests, and far less than one that spins makes.
    private static let mostRequestsPerSecond = 120

    init() throws {
        server = try TestServer()
    }

    @Test("every job runs, none is lost, nothing spins", arguments: FaultScenario.all)
    func survives(_ scenario: FaultScenario) async throws {
        let proxy = try await FaultProxy(to: server)
        try await server.withBroker(at: proxy.endpoint) { broker in
            let queue = try await makeQueue()
            try await proxy.plan(scenario.rules)
            let ids = try await enqueue(40, on: queue, broker)
            try await worker(broker, queue).run {
                try await eventually("all \(ids.count) jobs ran", within: .seconds(100)) {
                    Set(ran.all).isSuperset(of: ids)
                }
                try await waitUntilEmpty(queue)
            }
            // A message that was sent twice is the same job twice.
            #expect(Set(ran.all) == ids)
            let statistics = try await proxy.statistics()
            #expect(statistics.faults[scenario.fault, default: 0] >= scenario.leastStrikes)
            #expect(statistics.peakPerSecond["*", default: 0] <= Self.mostRequestsPerSecond)
            print(
                "Faults: \(scenario): struck \(statistics.faults[scenario.fault, default: 0]) times,"
                    + " \(ran.count - ids.count) repeats,"
                    + " \(statistics.peakPerSecond["*", default: 0]) requests in a second at most")
        }
    }

    @Test("a send whose answer is lost is repeated with the same job id")
    func repeatedSend() async throws {
        let proxy = try await FaultProxy(to: server)
        try await server.withBroker(at: proxy.endpoint) { broker in
            let queue = try await makeQueue()
            try await proxy.plan([FaultProxy.Rule(action: "SendMessage", fault: "reset-after-forward")])
            let ticket = try await broker.enqueue(FaultProbe.self, 0, .queue(queue))
            let ids = try await server.withBroker { direct in
                var deliveries: [Delivery] = []
                try await eventually("the queue gave both copies") {
                    deliveries += try await direct.receive(
                        from: queue, count: 10, wait: .seconds(1), visibility: .seconds(60))
                    return deliveries.count >= 2
                }
                return try deliveries.map { try MessageCodec.decode($0.body, messageID: $0.messageID).id }
            }
            #expect(ids == [ticket.id, ticket.id])
        }
    }

    @Test("a send to a queue with order whose answer is lost arrives once")
    func preventedRepeat() async throws {
        let proxy = try await FaultProxy(to: server)
        try await server.withBroker(at: proxy.endpoint) { broker in
            let queue = try await server.withBroker {
                try await $0.makeQueue(QueueSettings(visibility: .seconds(30), isOrdered: true))
            }
            try await proxy.plan([FaultProxy.Rule(action: "SendMessage", fault: "reset-after-forward")])
            try await broker.enqueue(FaultProbe.self, 0, .queue(queue))
            #expect(try await proxy.statistics().requests["SendMessage"] == 2)
            #expect(try await broker.statistics(of: queue) == QueueStatistics(waiting: 1))
        }
    }

    @Test(
        "while SQS is down a worker asks rarely, and works again afterwards",
        arguments: ["503", "throttle-400", "reset-before-read"])
    func outage(_ fault: String) async throws {
        let proxy = try await FaultProxy(to: server)
        try await server.withBroker(at: proxy.endpoint) { broker in
            let queue = try await makeQueue()
            try await proxy.plan([FaultProxy.Rule(action: "ReceiveMessage", fault: fault, times: nil)])
            let ids = try await enqueue(10, on: queue, broker)
            try await worker(broker, queue).run {
                let pause = try await longestPause(of: proxy, untilRefusals: 28)
                #expect(pause >= .milliseconds(1500), "the waits between the worker's receives do not grow")
                #expect(try await proxy.statistics().peakPerSecond["ReceiveMessage", default: 0] <= 15)
                #expect(ran.count == 0)
                try await proxy.plan([])
                try await eventually("all jobs ran", within: .seconds(60)) { Set(ran.all) == ids }
                try await waitUntilEmpty(queue)
            }
        }
    }

    @Test("credentials that expire during a long poll are replaced, and so are those of any other request")
    func expiredCredentials() async throws {
        let proxy = try await FaultProxy(to: server)
        let folder = try TemporaryFolder()
        let keys = folder.url.appending(path: "keys")
        let broker = try await SQSBroker(
            region: TestServer.region, endpoint: proxy.endpoint, environment: try environment(keys, in: folder))
        let queue = try await makeQueue()
        try await worker(broker, queue).run {
            let fault = "expired-credentials"
            try await proxy.plan([FaultProxy.Rule(action: "ReceiveMessage", fault: fault)])
            try await eventually("the worker's long poll fails") {
                try await proxy.statistics().faults[fault, default: 0] == 1
            }
            let polls = try await proxy.statistics().requests["ReceiveMessage", default: 0]
            try await eventually("the worker polls again") {
                try await proxy.statistics().requests["ReceiveMessage", default: 0] > polls
            }
            try await proxy.plan(
                ["SendMessageBatch", "SendMessage", "DeleteMessage", "DeleteMessageBatch"].map {
                    FaultProxy.Rule(action: $0, fault: fault)
                })
            let ids = try await enqueue(10, on: queue, broker)
            try await eventually("all jobs ran") { Set(ran.all) == ids }
            try await waitUntilEmpty(queue)
        }
        await broker.shutdown()
        let used = try String(contentsOf: keys, encoding: .utf8).split(separator: "\n")
        #expect(used.count >= 3)
        #expect(Set(used).count == used.count)
    }

    /// A profile whose `credential_process` gives another key each time.
    private func environment(_ keys: URL, in folder: TemporaryFolder) throws -> [String: String] {
        let config = folder.url.appending(path: "config")
        let command = [try TestServer.variable("SQJOBS_TEST_PYTHON"), try Fixture.path("fresh_key", "py"), keys.path]
            .map { "\"\($0)\"" }.joined(separator: " ")
        try "[default]\ncredential_process = \(command)\n".write(to: config, atomically: true, encoding: .utf8)
        return ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("AWS_") }.merging(
            ["AWS_CONFIG_FILE": config.path, "AWS_SHARED_CREDENTIALS_FILE": folder.url.appending(path: "none").path]
        ) { _, new in new }
    }

    /// The longest time that passed between two receives until so many were refused.
    private func longestPause(of proxy: FaultProxy, untilRefusals count: Int) async throws -> Duration {
        let clock = ContinuousClock()
        var (seen, at, longest) = (0, clock.now, Duration.zero)
        try await eventually("the worker was refused \(count) times", within: .seconds(90)) {
            let refusals = try await proxy.statistics().faults.values.reduce(0, +)
            if refusals > seen {
                if seen > 0 { longest = max(longest, at.duration(to: clock.now)) }
                (seen, at) = (refusals, clock.now)
            }
            return refusals >= count
        }
        return longest
    }

    private func makeQueue() async throws -> QueueName {
        try await server.withBroker { try await $0.makeQueue(QueueSettings(visibility: .seconds(3))) }
    }

    private func waitUntilEmpty(_ queue: QueueName) async throws {
        try await server.withBroker { try await $0.waitUntilEmpty(queue, within: .seconds(60)) }
    }

    private func worker(_ broker: SQSBroker, _ queue: QueueName) -> WorkerInPlace {
        WorkerInPlace(broker: broker, queue: queue, jobs: JobRegistry { FaultProbe(ran: ran) })
    }

    /// Enqueues jobs in batches, at the same time and one by one; each eighth takes so long that its lease is renewed.
    private func enqueue(_ count: Int, on queue: QueueName, _ broker: SQSBroker) async throws -> Set<String> {
        let durations = (0..<count).map { $0 % 8 == 0 ? 1500 : 0 }
        let (batch, rest) = (durations.dropLast(count / 4), durations.suffix(count / 4))
        var ids = Set(
            try await broker.enqueue(FaultProbe.self, batch: Array(batch), .queue(queue)).map { try $0.get().id })
        ids.insert(try await broker.enqueue(FaultProbe.self, 0, .queue(queue)).id)
        try await withThrowingTaskGroup(of: String.self) { group in
            for duration in rest {
                group.addTask { try await broker.enqueue(FaultProbe.self, duration, .queue(queue)).id }
            }
            for try await id in group { ids.insert(id) }
        }
        return ids
    }
}

/// Takes as many milliseconds as its parameter says, and says that it ran.
private final class FaultProbe: Job<Int, Void> {
    override class var name: String { "fault_probe" }

    private let ran: Recorder<String>

    init(ran: Recorder<String>) {
        self.ran = ran
    }

    override func run(_ milliseconds: Int) async throws {
        if milliseconds > 0 { try await ContinuousClock().sleep(for: .milliseconds(milliseconds)) }
        ran.add(context.id)
    }
}
