import SQJobsTesting
import Testing

@testable import SQJobsCore

@Suite("A worker and its queues (rules 2.9, 2.10)")
struct WorkerQueueTests {
    @Test func `an idle worker asks each queue once in twenty seconds`() async throws {
        let theatre = try Theatre(queues: ["stage", "second"])
        try await theatre.perform {
            await theatre.pass(.seconds(120))
            #expect(theatre.broker.state.value.receives <= 2 * 7)
            #expect(theatre.broker.state.value.receives >= 2 * 6)
            #expect(theatre.broker.state.value.mostReceiving == 2)
        }
        #expect(theatre.broker.state.value.visibilities == [.seconds(30)])
    }

    @Test func `two queues are served side by side`() async throws {
        let gate = AsyncGate()
        let theatre = try Theatre(
            Play { [gate] part, context in
                if context.queue == "stage" { await gate.pass() }
                return "\(context.queue) \(part)"
            }, queues: ["stage", WorkerQueue("second", weight: 3)])
        try await theatre.enqueue("a", "b")
        try await theatre.enqueue("c", "d", on: "second")
        try await theatre.perform {
            try await theatre.wait("one queue is done while the other's jobs run") {
                theatre.play.steps.all.count { $0.hasPrefix("onSuccess second") } == 2 && gate.waiting == 2
            }
            gate.open()
            try await theatre.wait("both are done") { theatre.play.steps.all.count { $0.hasPrefix("onSuccess") } == 4 }
        }
    }

    @Test func `the order of each group is kept through failures, and the other groups go on`() async throws {
        let order = Noted<String>()
        let theatre = try Theatre(
            Play { part, context in
                order.note(part)
                if part == "a1", context.attempt < 3 { throw Retry(after: .seconds(5)) }
                return part
            }, queues: ["stage.fifo"],
            settings: QueueSettings(visibility: .seconds(30), isOrdered: true, maximumReceives: 10))
        for number in 0..<5 {
            for group in ["a", "b", "c"] {
                try await theatre.enqueue("\(group)\(number)", on: "stage.fifo", group: group)
            }
        }
        try await theatre.perform {
            try await theatre.wait("the other groups are done") {
                theatre.play.steps.all.count { $0.hasPrefix("onSuccess") && !$0.contains("a") } == 10
            }
            #expect(theatre.clock.elapsed < .seconds(5))
            #expect(order.all.filter { $0.hasPrefix("a") } == ["a0", "a1"], "its delay holds the group")
            try await theatre.wait("all is done") { theatre.play.steps.all.count { $0.hasPrefix("onSuccess") } == 15 }
        }
        #expect(order.all.filter { $0.hasPrefix("a") } == ["a0", "a1", "a1", "a1", "a2", "a3", "a4"])
        for group in ["b", "c"] {
            #expect(order.all.filter { $0.hasPrefix(group) } == (0..<5).map { "\(group)\($0)" })
        }
    }

    @Test func `messages of one group never run side by side, though places are free`() async throws {
        let running = Shared((now: 0, most: 0))
        let theatre = try Theatre(
            Play { part, _ in
                running.change { ($0.now, $0.most) = ($0.now + 1, max($0.most, $0.now + 1)) }
                await Task.yield()
                running.change { $0.now -= 1 }
                return part
            }, queues: ["stage.fifo"], settings: QueueSettings(visibility: .seconds(30), isOrdered: true))
        for number in 0..<30 { try await theatre.enqueue("\(number)", on: "stage.fifo", group: "g") }
        try await theatre.perform {
            try await theatre.wait("all is done") { theatre.play.steps.all.count { $0.hasPrefix("onSuccess") } == 30 }
        }
        #expect(running.value.most == 1)
        #expect(theatre.play.steps.all.filter { $0.hasPrefix("run") } == (0..<30).map { "run \($0)" })
    }

    @Test func `20,000 jobs leave nothing behind`() async throws {
        final class CountedJob: Job<Int, Void> {
            let alive: Count
            let done: Count

            init(_ alive: Count, _ done: Count) {
                (self.alive, self.done) = (alive, done)
                alive.add()
            }

            deinit { alive.add(-1) }

            override func run(_ number: Int) async throws { done.add() }
        }
        let (alive, done) = (Count(), Count())
        let clock = ManualClock()
        let memory = try InMemoryBroker("sqjobs", clock: clock.jobClock)
        let broker = SpyBroker(memory)
        for start in stride(from: 0, to: 20_000, by: 1000) {
            try await broker.enqueue(CountedJob.self, batch: Array(start..<start + 1000))
        }
        weak var gone: WorkerSession?
        do {
            let execution = Execution(
                jobs: JobRegistry { CountedJob(alive, done) }, middleware: [], logger: LogRecorder().logger,
                clock: clock.jobClock)
            let queue = QueueState("sqjobs", try await broker.capabilities(of: "sqjobs"))
            let session = WorkerSession(broker, [queue], execution, WorkerConfiguration())
            gone = session
            let isOver = Shared(false)
            let run = Task {
                await session.run()
                isOver.change { $0 = true }
            }
            func pass(until condition: () async throws -> Bool) async throws {
                let end = ContinuousClock.now + .seconds(300)
                while try await !condition() {
                    try #require(ContinuousClock.now < end)
                    await clock.advance(by: .milliseconds(3))
                }
            }
            try await pass { try await memory.administration?.statistics(of: "sqjobs").isEmpty ?? false }
            #expect(done.value == 20_000)
            try await eventually("their jobs are gone while the worker goes on") { alive.value == 0 }
            try await pass { broker.state.value.receiving == 1 }
            session.stop()
            try await pass { isOver.value }
            await run.value
        }
        try await eventually("a lease or a task that is left would keep the session") { gone == nil }
        let deletes = broker.state.value.deletes
        #expect(deletes.flatMap(\.self).count == 20_000)
        #expect(Double(deletes.count + broker.state.value.receives) / 20_000 <= 0.3, "requests a job")
    }
}
