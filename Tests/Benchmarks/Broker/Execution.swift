import Figures
import Logging
import SQJobsSQLite
import Synchronization

/// Fills the queue, then times a worker at its defaults until every job is settled.
struct Execution {
    let broker: any Broker
    let count: Int

    func measure() async throws -> RunFigures {
        let total = try await Enqueueing(broker: broker, count: count).inBulk().count
        NoopJob.expected.store(total, ordering: .relaxed)
        let worker = Worker.quiet(broker) { NoopJob() }
        let start = ContinuousClock.now
        let work = Task { try await worker.run() }
        for await _ in NoopJob.done.stream {}
        var measurement = RunFigures("execute", count: total, seconds: start.duration(to: .now) / .seconds(1))
        measurement.growthKilobytes = MemoryUse.resident - MemoryUse.early.load(ordering: .relaxed)
        measurement.peakKilobytes = MemoryUse.peak
        work.cancel()
        try await work.value
        return measurement
    }
}

extension Worker {
    /// A worker at its defaults that says nothing: a line for each job would be most of what is measured.
    static func quiet(_ broker: any Broker, @JobRegistryBuilder _ jobs: () -> [RegisteredJob]) -> Worker {
        var logger = Logger(label: "broker-bench")
        logger.logLevel = .warning
        return Worker(broker: broker, queues: ["bench"], jobs: JobRegistry(jobs), logger: logger)
    }
}
