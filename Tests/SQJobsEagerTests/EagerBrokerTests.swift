import Foundation
import SQJobsEager
import Synchronization
import Testing

@Suite("Eager mode")
struct EagerBrokerTests {
    let steps = Steps()

    @Test("A job is run in place, with every step and hook in order, and its output is in the result")
    func runsInPlace() async throws {
        let broker = EagerBroker { [steps] in FlakyJob(steps) }
        let done = try await broker.enqueue(FlakyJob.self, [1, 2, 3])
        #expect(done.output == 6)
        #expect(done.attempts == 1)
        #expect(UUID(uuidString: done.id) != nil)
        #expect(steps.all == ["setUp 1", "run [1, 2, 3]", "tearDown", "onSuccess 6"])
    }

    @Test("Attempts follow at once, without the retry policy's delay")
    func attemptsFollowAtOnce() async throws {
        let clock = JobClock(
            now: { Date(timeIntervalSince1970: 0) }, elapsed: { .zero }, sleep: { [steps] in steps.note("slept \($0)") }
        )
        let broker = EagerBroker(jobs: JobRegistry { [steps] in FlakyJob(steps, failures: 2) }, clock: clock)
        let done = try await broker.enqueue(FlakyJob.self, [4])
        #expect(done.attempts == 3)
        #expect(done.output == 4)
        #expect(!steps.all.contains { $0.hasPrefix("slept") })
        #expect(steps.all.filter { $0.hasPrefix("onFailure") }.count == 2)
    }

    @Test("The last error is thrown, after every hook")
    func lastErrorIsThrown() async throws {
        let broker = EagerBroker { [steps] in ThriceJob(steps, failures: 5) }
        await #expect(throws: Broken(attempt: 3)) { try await broker.enqueue(ThriceJob.self, [1]) }
        #expect(steps.all.suffix(2) == ["onFailure Broken(attempt: 3)", "onExhausted Broken(attempt: 3)"])
        #expect(steps.all.filter { $0.hasPrefix("setUp") }.count == 3)
    }

    @Test("A job that does not say how many attempts it has gets 25")
    func twentyFiveAttempts() async throws {
        let broker = EagerBroker { [steps] in FlakyJob(steps, failures: 100) }
        await #expect(throws: Broken(attempt: 25)) { try await broker.enqueue(FlakyJob.self, [1]) }
    }

    @Test("A job that is never retried has one attempt")
    func neverRetried() async throws {
        final class OnceJob: NotingJob {
            override class var retryPolicy: RetryPolicy { .never }
        }
        let broker = EagerBroker { [steps] in OnceJob(steps, failures: 1) }
        await #expect(throws: Broken(attempt: 1)) { try await broker.enqueue(OnceJob.self, [1]) }
        #expect(steps.all.last == "onExhausted Broken(attempt: 1)")
    }

    @Test("Throwing Discard ends the attempts")
    func discard() async throws {
        final class GivingUpJob: NotingJob {
            override func run(_ numbers: [Int]) async throws -> Int { throw Discard("no use") }
        }
        let broker = EagerBroker { [steps] in GivingUpJob(steps) }
        let error = await #expect(throws: Discard.self) { try await broker.enqueue(GivingUpJob.self, [1]) }
        #expect(error?.reason == "no use")
        #expect(
            steps.all == ["setUp 1", "tearDown", "onFailure discarded: no use", "onExhausted discarded: no use"])
    }

    @Test("Throwing Retry calls onRetry and makes another attempt at once, whatever delay it asks for")
    func retry() async throws {
        final class PatientJob: NotingJob {
            override func run(_ numbers: [Int]) async throws -> Int {
                if context.attempt == 1 { throw Retry(after: .seconds(3600)) }
                return 7
            }
        }
        let broker = EagerBroker { [steps] in PatientJob(steps) }
        let done = try await broker.enqueue(PatientJob.self, [])
        #expect(done.output == 7)
        #expect(done.attempts == 2)
        #expect(steps.all == ["setUp 1", "tearDown", "onRetry", "setUp 2", "tearDown", "onSuccess 7"])
    }

    @Test("Each attempt has an instance of its own")
    func freshInstances() async throws {
        let made = Counter()
        let broker = EagerBroker { [steps] in
            made.counting(ThriceJob(steps, failures: 2))
        }
        _ = try await broker.enqueue(ThriceJob.self, [1])
        #expect(made.count == 3)
    }

    @Test("Parameters go through the codec and back")
    func parametersAreEncoded() async throws {
        struct Order: Codable, Sendable, Equatable {
            var item: String
            var due: Date
            var note: String?
        }
        final class OrderJob: Job<Order, Order> {
            override func run(_ order: Order) async throws -> Order { order }
        }
        let broker = EagerBroker { OrderJob() }
        let due = Date(timeIntervalSince1970: 1_700_000_000.123_456)
        let done = try await broker.enqueue(OrderJob.self, Order(item: "ticket", due: due, note: nil))
        #expect(done.output.item == "ticket")
        #expect(done.output.due != due, "a message holds milliseconds")
        #expect(abs(done.output.due.timeIntervalSince(due)) < 0.001)
    }

    @Test("A job that takes no parameters is enqueued without them")
    func noParameters() async throws {
        final class CleanUp: Job<NoParameters, String> {
            override func run(_ parameters: NoParameters) async throws -> String { "clean" }
        }
        let done = try await EagerBroker { CleanUp() }.enqueue(CleanUp.self)
        #expect(done.output == "clean")
    }

    @Test("A job that returns nothing has a result all the same")
    func voidOutput() async throws {
        final class Quiet: Job<Int, Void> {
            override func run(_ number: Int) async throws {}
        }
        let done = try await EagerBroker { Quiet() }.enqueue(Quiet.self, 1)
        #expect(done.attempts == 1)
    }

    @Test("In a batch each job has a result of its own, and one that fails does not stop the others")
    func batch() async throws {
        final class PickyJob: NotingJob {
            override func run(_ numbers: [Int]) async throws -> Int {
                guard let first = numbers.first else { throw Discard("empty") }
                return first
            }
        }
        let results = try await EagerBroker { [steps] in PickyJob(steps) }
            .enqueue(PickyJob.self, batch: [[1], [], [3]])
        #expect(try results[0].get().output == 1)
        #expect(throws: Discard.self) { try results[1].get() }
        #expect(try results[2].get().output == 3)
    }

    @Test("By name, a job gets positional arguments and keywords, and its output comes as it was returned")
    func byName() async throws {
        struct Sum: Codable, Sendable {
            var left: Int
            var right: Int
        }
        final class SumJob: Job<Sum, Int> {
            override class var name: String { "sum" }
            override func run(_ sum: Sum) async throws -> Int { sum.left + sum.right }
        }
        let done = try await EagerBroker { SumJob() }
            .enqueue(named: "sum", on: "any", args: [1], kwargs: ["right": 2, "newer": true])
        #expect(done.output as? Int == 3)
    }

    @Test("A name that is not registered is an error")
    func unknownName() async throws {
        let error = await #expect(throws: SQJobsError.self) {
            try await EagerBroker { [steps] in FlakyJob(steps) }.enqueue(named: "nobody", on: "any")
        }
        #expect(error?.code == .unknownJob)
        #expect(error?.job == "nobody")
    }

    @Test("Arguments that do not fit are an error, and no attempt is made")
    func wrongArguments() async throws {
        let error = await #expect(throws: SQJobsError.self) {
            try await EagerBroker { [steps] in FlakyJob(steps) }.enqueue(named: "flaky", on: "any", args: ["x"])
        }
        #expect(error?.code == .invalidArguments)
        #expect(steps.all.isEmpty)
    }

    @Test("Two jobs of one name are an error when one is enqueued")
    func duplicateNames() async throws {
        final class Other: Job<Int, Int> {
            override class var name: String { "flaky" }
        }
        let broker = EagerBroker { [steps] in
            FlakyJob(steps)
            Other()
        }
        let error = await #expect(throws: SQJobsError.self) { try await broker.enqueue(FlakyJob.self, [1]) }
        #expect(error?.code == .duplicateJob)
    }
}

/// Counts how often an expression was evaluated.
final class Counter: Sendable {
    private let made = Mutex(0)

    var count: Int { made.withLock(\.self) }

    func counting<J>(_ job: J) -> J {
        made.withLock { $0 += 1 }
        return job
    }
}
