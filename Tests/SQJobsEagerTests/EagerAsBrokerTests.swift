import Foundation
import SQJobsEager
import Synchronization
import Testing

@Suite("Eager mode, for code that knows only `any Broker`")
struct EagerAsBrokerTests {
    let steps = Steps()

    @Test("Enqueueing runs the job before the ticket is returned")
    func runsBeforeTheTicket() async throws {
        let broker: any Broker = EagerBroker { [steps] in FlakyJob(steps) }
        let ticket = try await broker.enqueue(FlakyJob.self, [1, 2])
        #expect(steps.all.last == "onSuccess 3")
        #expect(ticket.name == "flaky")
        #expect(ticket.queue == "flaky_queue")
        #expect(!ticket.messageID.isEmpty)
    }

    @Test("A failed job is an error with the job's own behind it")
    func failureIsWrapped() async throws {
        let broker: any Broker = EagerBroker { [steps] in ThriceJob(steps, failures: 5) }
        let error = await #expect(throws: SQJobsError.self) { try await broker.enqueue(ThriceJob.self, [1]) }
        #expect(error?.code == .jobFailed)
        #expect(error?.job == "ThriceJob")
        #expect(error?.underlying as? Broken == Broken(attempt: 3))
    }

    @Test("A job may enqueue another, which is run inside it")
    func nested() async throws {
        final class OuterJob: Job<Int, String> {
            let broker: any Broker

            init(_ broker: any Broker) {
                self.broker = broker
            }

            override func run(_ number: Int) async throws -> String {
                try await broker.enqueue(FlakyJob.self, [number]).name
            }
        }
        let inner = EagerBroker { [steps] in FlakyJob(steps) }
        let done = try await EagerBroker { OuterJob(inner) }.enqueue(OuterJob.self, 5)
        #expect(done.output == "flaky")
        #expect(steps.all.last == "onSuccess 5")
    }

    @Test("A receive waits and gives nothing, and no delivery is held")
    func nothingToReceive() async throws {
        let slept = Mutex<[Duration]>([])
        let clock = JobClock(
            now: { Date(timeIntervalSince1970: 0) }, elapsed: { .zero },
            sleep: { wait in slept.withLock { $0.append(wait) } })
        let broker = EagerBroker(jobs: JobRegistry(), clock: clock)
        let deliveries = try await broker.receive(from: "any", count: 10, wait: .seconds(20), visibility: .seconds(30))
        #expect(deliveries.isEmpty)
        #expect(slept.withLock(\.self) == [.seconds(20)])
        let stranger = Delivery(messageID: "1", receipt: "1", queue: "any", body: "", receiveCount: 1)
        for answer in try await [
            broker.delete([stranger])[0], broker.extend([stranger], by: .seconds(1))[0],
            broker.release([Release(stranger)])[0], broker.bury([stranger], reason: "none")[0],
        ] {
            let error = #expect(throws: SQJobsError.self) { try answer.get() }
            #expect(error?.code == .leaseLost)
        }
    }

    @Test("A message that cannot be read is the answer to its send")
    func unreadable() async throws {
        let broker = EagerBroker { [steps] in FlakyJob(steps) }
        let answers = try await broker.send(
            [OutgoingMessage(body: "%"), OutgoingMessage(body: #"{"name":"flaky","args":[8],"kwargs":[]}"#)], to: "any")
        let error = #expect(throws: SQJobsError.self) { try answers[0].get() }
        #expect((error?.underlying as? SQJobsError)?.code == .unreadableMessage)
        #expect(throws: Never.self) { try answers[1].get() }
        #expect(steps.all.last == "onSuccess 8")
    }
}
