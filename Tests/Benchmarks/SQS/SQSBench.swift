import BenchTLS
import Figures
import Foundation
import Logging
import SQJobsSQS
import Synchronization

/// Measures SQJobs against an SQS server: `sqs-bench ENDPOINT MODE COUNT`, one line of JSON a run.
@main
struct SQSBench {
    let broker: SQSBroker
    let endpoint: String
    let count: Int

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let count = Int(arguments[3]) else {
            FileHandle.standardError.write(Data("usage: sqs-bench ENDPOINT MODE COUNT\n".utf8))
            exit(64)
        }
        let broker = try await SQSBroker(
            region: "us-east-1", endpoint: arguments[1],
            credentials: SQSCredentials(accessKeyID: "bench", secretAccessKey: "bench"))
        try await broker.administration?.create("bench", QueueSettings())
        let bench = SQSBench(broker: broker, endpoint: arguments[1], count: count)
        switch arguments[2] {
        case "enqueue-one": try await bench.enqueueOneByOne().printLine()
        case "enqueue-concurrent": try await bench.enqueueConcurrently().printLine()
        case "enqueue-bulk": try await bench.enqueueInBulk().printLine()
        case "execute": try await bench.execute().printLine()
        case "latency": try await bench.startLatency().printLine()
        case "idle": try await bench.idle().printLine()
        default: exit(64)
        }
        await broker.shutdown()
    }

    private func enqueueOneByOne() async throws -> RunFigures {
        try await .of("enqueue-one", count: count) {
            for _ in 0..<count { try await broker.enqueue(NoopJob.self, [1, 2, 3, 4]) }
        }
    }

    private func enqueueConcurrently() async throws -> RunFigures {
        let tasks = 128
        return try await .of("enqueue-concurrent", count: count / tasks * tasks) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<tasks {
                    group.addTask {
                        for _ in 0..<count / tasks { try await broker.enqueue(NoopJob.self, [1, 2, 3, 4]) }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    private func enqueueInBulk() async throws -> RunFigures {
        let size = 1_000
        return try await .of("enqueue-bulk", count: count / size * size) {
            for _ in 0..<count / size {
                let batch = Array(repeating: [1, 2, 3, 4], count: size)
                for answer in try await broker.enqueue(NoopJob.self, batch: batch) { _ = try answer.get() }
            }
        }
    }

    /// Fills the queue, then times a worker at its defaults until every job is settled.
    private func execute() async throws -> RunFigures {
        _ = try await enqueueInBulk()
        let total = count / 1_000 * 1_000
        NoopJob.expected.store(total, ordering: .relaxed)
        let worker = makeWorker { NoopJob() }
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

    /// Enqueues single jobs on a queue that a worker listens to, each after the one before it started.
    private func startLatency() async throws -> RunFigures {
        let worker = makeWorker { ProbeJob() }
        let work = Task { try await worker.run() }
        var waits: [Double] = []
        var starts = ProbeJob.starts.stream.makeAsyncIterator()
        for _ in 0..<count {
            // The worker is back in its long poll before the next job comes.
            try await Task.sleep(for: .milliseconds(10))
            let sent = ContinuousClock.now
            try await broker.enqueue(ProbeJob.self)
            guard let started = await starts.next() else { break }
            waits.append(sent.duration(to: started) / .milliseconds(1))
        }
        work.cancel()
        try await work.value
        waits.sort()
        var measurement = RunFigures("latency", count: waits.count, seconds: waits.reduce(0, +) / 1000)
        measurement.p50Milliseconds = waits[waits.count / 2]
        measurement.p99Milliseconds = waits[min(waits.count - 1, waits.count * 99 / 100)]
        return measurement
    }

    /// Lets a worker listen to an empty queue for `count` seconds, after TLS was used once as in life.
    private func idle() async throws -> RunFigures {
        bench_use_tls(endpoint.replacing("http:", with: "https:"))
        let worker = makeWorker { NoopJob() }
        let work = Task { try await worker.run() }
        let used = MemoryUse.processorSeconds
        try await Task.sleep(for: .seconds(count))
        var measurement = RunFigures("idle", count: 0, seconds: Double(count))
        measurement.processorShare = (MemoryUse.processorSeconds - used) / Double(count)
        measurement.peakKilobytes = MemoryUse.resident
        work.cancel()
        try await work.value
        return measurement
    }

    private func makeWorker(@JobRegistryBuilder _ jobs: () -> [RegisteredJob]) -> Worker {
        // A line for each job would be most of what is measured.
        var logger = Logger(label: "sqs-bench")
        logger.logLevel = .warning
        return Worker(broker: broker, queues: ["bench"], jobs: JobRegistry(jobs), logger: logger)
    }
}
