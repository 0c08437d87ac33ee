import SQJobsPeriodic
import SQJobsTesting

import struct Foundation.Date

/// A store, a broker and beaters in memory, all on one manual clock.
struct Surroundings {
    let manual: ManualClock
    let store: InMemoryScheduleStore
    let broker: InMemoryBroker
    let jobs: JobRegistry

    init(at date: Date, _ jobs: JobRegistry = JobRegistry()) throws {
        manual = ManualClock(now: date)
        store = InMemoryScheduleStore(clock: manual.jobClock)
        broker = try InMemoryBroker("ticks", clock: manual.jobClock)
        self.jobs = jobs
    }

    var beater: Beater {
        Beater(broker: broker, store: store, jobs: jobs, clock: manual.jobClock)
    }

    /// Has a beater run for a time, a second after the other.
    func beat(for duration: Duration) async throws {
        let beater = beater
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await beater.run() }
            let end = manual.elapsed + duration
            while manual.elapsed < end {
                // Both the beater and its relay sleep: all that was due is done.
                try await manual.waitForSleepers(2)
                await manual.advance(by: min(.seconds(10), end - manual.elapsed))
            }
            try await manual.waitForSleepers(2)
            group.cancelAll()
        }
    }

    /// Runs what is on the queue. The broker's time has to pass for a worker to see that it is empty.
    func work() async throws {
        var configuration = WorkerConfiguration()
        configuration.stopsWhenEmpty = true
        configuration.concurrency = 1
        let worker = Worker(
            broker: broker, queues: [WorkerQueue("ticks")], jobs: jobs, configuration: configuration)
        let isOver = Noted<Bool>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { isOver.note(true) }
                try await worker.run()
            }
            let start = JobClock.system.elapsed()
            while isOver.all.isEmpty, JobClock.system.elapsed() - start < .seconds(30) {
                await manual.advance(by: .milliseconds(100))
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
