import SQJobsSQLite

/// Enqueues single jobs, each a while after the one before it.
struct Probes {
    let broker: any Broker
    let count: Int
    /// The mean time between two, in milliseconds: irregular, lest it fall in step with a worker that looks now and then.
    let pause: Int

    func send() async throws {
        for _ in 0..<count {
            try await Task.sleep(for: .milliseconds(pause / 2 + .random(in: 0...pause)))
            try await broker.enqueue(ProbeJob.self, ProbeJob.now)
        }
    }
}
