import Figures
import Foundation
import SQJobsSQLite

/// How long jobs wait on an idle queue that a worker of this process listens to, while another process enqueues: from the
/// call of `enqueue` to the job's first line.
struct StartLatency {
    let broker: any Broker
    let url: String
    let count: Int
    let pause: Int

    func measure() async throws -> RunFigures {
        let worker = Worker.quiet(broker) { ProbeJob() }
        let work = Task { try await worker.run() }
        // What the first two cost, connections and files, is none of an idle queue's.
        let sender = Process()
        sender.executableURL = URL(filePath: CommandLine.arguments[0])
        sender.arguments = [url, "send-\(pause)", "\(count + 2)"]
        try sender.run()
        var waits: [Double] = []
        for await wait in ProbeJob.waits.stream {
            waits.append(wait)
            if waits.count == count + 2 { break }
        }
        work.cancel()
        try await work.value
        let sorted = waits.dropFirst(2).sorted()
        var measurement = RunFigures("latency", count: count, seconds: sorted.reduce(0, +) / 1000)
        measurement.p50Milliseconds = sorted[sorted.count / 2]
        measurement.p99Milliseconds = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        return measurement
    }
}
