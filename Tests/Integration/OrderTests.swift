import Foundation
import SQJobsCore
import SQJobsSQS
import TestSurroundings
import Testing

@Suite("Order on FIFO queues", .timeLimit(.minutes(2)))
struct OrderTests {
    private static let groups = ["a", "b", "c"]

    private let server: TestServer
    private let ran = Recorder<Step>()

    init() throws {
        server = try TestServer()
    }

    @Test("a message that is retried holds its group, in order, while the other groups go on")
    func retried() async throws {
        let steps = try await run { step, count in
            if step == Step(group: "b", number: 3), count < 3 { throw Retry(after: .seconds(3)) }
        }
        for group in Self.groups {
            let expected = group == "b" ? [0, 1, 2, 3, 3] + Array(3..<24) : Array(0..<24)
            #expect(steps.filter { $0.group == group }.map(\.number) == expected, "group \(group)")
        }
        let others = try #require(steps.lastIndex { $0.group != "b" })
        let secondRetry = try #require(steps.lastIndex { $0.group == "b" && $0.number == 3 })
        #expect(others < secondRetry, "the other groups waited for the one with the failing message")
    }

    @Test("a message that is dead makes way for the rest of its group, in order")
    func dead() async throws {
        let steps = try await run { step, _ in
            if step == Step(group: "b", number: 3) { throw Discard("it cannot be done") }
        }
        for group in Self.groups {
            #expect(steps.filter { $0.group == group }.map(\.number) == Array(0..<24), "group \(group)")
        }
    }

    @Test("batches of which a part fails, and answers that are lost, put nothing out of order")
    func faults() async throws {
        let proxy = try await FaultProxy(to: server)
        try await proxy.plan([
            FaultProxy.Rule(action: "SendMessageBatch", fault: "partial-failure", times: 4),
            FaultProxy.Rule(action: "SendMessageBatch", fault: "reset-after-forward", times: 3),
            FaultProxy.Rule(action: "SendMessage", fault: "reset-after-forward", times: 2),
            FaultProxy.Rule(action: "ReceiveMessage", fault: "half-body"),
            FaultProxy.Rule(action: "DeleteMessageBatch", fault: "partial-failure", times: 2),
        ])
        let steps = try await run(through: proxy) { _, _ in }
        for group in Self.groups {
            #expect(steps.filter { $0.group == group }.map(\.number) == Array(0..<24), "group \(group)")
        }
        let faults = try await proxy.statistics().faults
        #expect(faults["partial-failure", default: 0] >= 4)
        #expect(faults["reset-after-forward", default: 0] >= 3)
        #expect(faults["half-body"] == 1)
    }

    /// Runs 24 messages of each group: the first half sent in batches of all groups, the second group by group.
    private func run(
        through proxy: FaultProxy? = nil, _ act: @escaping @Sendable (_ step: Step, _ count: Int) throws -> Void
    ) async throws -> [Step] {
        try await server.withBroker(at: proxy?.endpoint) { broker in
            let queue = try await broker.makeQueue(
                QueueSettings(visibility: .seconds(5), isOrdered: true, maximumReceives: 50))
            let mixed = try (0..<36).map { index in
                let id = UUID().uuidString
                let step = Step(group: Self.groups[index % 3], number: index / 3)
                let job = JobMessage(id: id, name: StepJob.name, arguments: try JobArguments(encoding: step))
                return OutgoingMessage(body: try MessageCodec.encode(job), group: step.group, deduplicationID: id)
            }
            for answer in try await broker.send(mixed, to: queue) { _ = try answer.get() }
            for group in Self.groups {
                let answers = try await broker.enqueue(
                    StepJob.self, batch: (12..<24).map { Step(group: group, number: $0) }, .queue(queue), .group(group))
                for answer in answers { _ = try answer.get() }
            }
            let jobs = JobRegistry { StepJob(ran: ran, act: act) }
            try await WorkerInPlace(broker: broker, queue: queue, jobs: jobs).run {
                try await eventually("the last message of each group ran", within: .seconds(60)) {
                    ran.all.filter { $0.number == 23 }.count == 3
                }
                try await broker.waitUntilEmpty(queue)
            }
            return ran.all
        }
    }
}

/// A message's place: its group, and its number in it.
private struct Step: Codable, Sendable, Hashable {
    let group: String
    let number: Int
}

/// Notes that it runs, then does what the test wants.
private final class StepJob: Job<Step, Void> {
    override class var name: String { "step_job" }

    private let ran: Recorder<Step>
    private let act: @Sendable (_ step: Step, _ count: Int) throws -> Void

    init(ran: Recorder<Step>, act: @escaping @Sendable (_ step: Step, _ count: Int) throws -> Void) {
        self.ran = ran
        self.act = act
    }

    override func run(_ step: Step) async throws {
        ran.add(step)
        try act(step, ran.all.filter { $0 == step }.count)
    }
}
