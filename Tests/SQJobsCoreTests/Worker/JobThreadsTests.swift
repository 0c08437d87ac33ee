import Testing

@testable import SQJobsCore

@Suite("Jobs have threads of their own (rule 2.8)", .serialized)
struct JobThreadsTests {
    @Test(arguments: [1, 2, 16, 40]) func `blocking jobs on every place all get to run`(places: Int) async throws {
        let threads = JobThreads(most: places, parallelism: 2)
        let gate = BlockingGate()
        let jobs = (0..<places).map { _ in Task(executorPreference: threads) { gate.pass() } }
        try await eventually("all of them run at once") { gate.blocked == places }
        gate.open()
        for job in jobs { #expect(await job.value) }
        threads.stop()
    }

    @Test func `no more jobs run at once than there are places`() async throws {
        let threads = JobThreads(most: 3, parallelism: 2)
        let gate = BlockingGate()
        let started = Count()
        let jobs = (0..<10).map { _ in
            Task(executorPreference: threads) {
                started.add()
                gate.pass()
            }
        }
        try await eventually("three run") { gate.blocked == 3 }
        // Each place that is taken is taken within a few milliseconds: the fourth has had many times that.
        for _ in 0..<50 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(started.value == 3)
        gate.open()
        for job in jobs { await job.value }
        threads.stop()
    }

    @Test func `once blocked jobs have returned, the surplus threads stand aside`() async throws {
        let threads = JobThreads(most: 16, parallelism: 2)
        let gate = BlockingGate()
        let blocking = (0..<16).map { _ in Task(executorPreference: threads) { gate.pass() } }
        try await eventually("all of them block") { gate.blocked == 16 }
        gate.open()
        for job in blocking { _ = await job.value }

        let running = Count()
        let company = Noted<Int>()
        await withTaskGroup { group in
            for _ in 0..<1000 {
                group.addTask(executorPreference: threads) {
                    let now = running.add()
                    company.note(now)
                    let end = ContinuousClock.now + .microseconds(200)
                    while ContinuousClock.now < end {}
                    running.add(-1)
                }
            }
        }
        let median = try #require(company.all.sorted().dropFirst(500).first)
        #expect(median <= 3, "two threads have enough to do, and one more steps in when they are held up")
        threads.stop()
    }

    @Test func `two jobs that come at once are both run, though one waits for the other`() async throws {
        for _ in 0..<300 {
            let threads = JobThreads(most: 8, parallelism: 2)
            // One thread, which is idle then.
            await Task(executorPreference: threads) {}.value
            let gate = BlockingGate()
            let first = Task(executorPreference: threads) { gate.pass() }
            let second = Task(executorPreference: threads) { gate.open() }
            try #require(await first.value)
            await second.value
            threads.stop()
        }
    }

    @Test func `nothing is lost among 100,000 tiny tasks, some of which block for a moment`() async {
        let threads = JobThreads(most: 16, parallelism: 2)
        let done = Count()
        await withTaskGroup { group in
            for producer in 0..<4 {
                group.addTask {
                    await withTaskGroup { jobs in
                        for number in 0..<25_000 {
                            jobs.addTask(executorPreference: threads) {
                                if number % 1000 == producer { await Task.yield() }
                                done.add()
                            }
                        }
                    }
                }
            }
        }
        #expect(done.value == 100_000)
        threads.stop()
    }

    @Test func `jobs do not run on Swift's own threads`() async {
        let threads = JobThreads(most: 2, parallelism: 2)
        let name = await Task(executorPreference: threads) { currentThreadName() }.value
        #expect(name == "sqjobs-job")
        threads.stop()
    }

    @Test func `stopping ends the threads, surplus ones and idle ones`() async throws {
        for places in [1, 2, 16] {
            weak var gone: JobThreads?
            do {
                let threads = JobThreads(most: places, parallelism: 2)
                gone = threads
                let gate = BlockingGate()
                let jobs = (0..<places * 2).map { _ in Task(executorPreference: threads) { gate.pass() } }
                try await eventually("they run") { gate.blocked == places }
                threads.stop()
                gate.open()
                for job in jobs { #expect(await job.value, "what was enqueued is run all the same") }
            }
            try await eventually("a thread keeps its pool while it lives") { gone == nil }
        }
    }

    @Test func `a job that blocks across the stop completes later, and what it still has to do is run`() async throws {
        let threads = JobThreads(most: 2, parallelism: 2)
        let gate = BlockingGate()
        let job = Task(executorPreference: threads) {
            let passed = gate.pass()
            await Task.yield()
            return passed
        }
        try await eventually("it blocks") { gate.blocked == 1 }
        threads.stop()
        gate.open()
        #expect(await job.value)
        #expect(await Task(executorPreference: threads) { true }.value, "also what comes when all threads have ended")
    }
}
