import Figures
import SQJobsSQLite

/// What a worker uses while it waits on an empty queue.
struct Rest {
    let broker: any Broker
    let seconds: Int

    func measure() async throws -> RunFigures {
        let worker = Worker.quiet(broker) { NoopJob() }
        let work = Task { try await worker.run() }
        let used = MemoryUse.processorSeconds
        try await Task.sleep(for: .seconds(seconds))
        var measurement = RunFigures("idle", count: 0, seconds: Double(seconds))
        measurement.processorShare = (MemoryUse.processorSeconds - used) / Double(seconds)
        measurement.peakKilobytes = MemoryUse.resident
        work.cancel()
        try await work.value
        return measurement
    }
}
