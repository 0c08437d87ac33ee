import Foundation
import Logging
import SQJobsPeriodic
import Synchronization

/// Times a whole beater, from schedules that are due to jobs on a queue.
struct Firings {
    let home: Home

    private var logger: Logger {
        var logger = Logger(label: "beat-bench")
        logger.logLevel = .warning
        return logger
    }

    /// All schedules became due at the last full hour, and have one firing to make up for.
    func rate(of count: Int) async throws -> [String: Double] {
        let hour = (Date().timeIntervalSince1970 / 3600).rounded(.down) * 3600
        try await home.add((0..<count).map { "s-\($0)" }, "0 * * * *", at: Date(timeIntervalSince1970: hour))
        let (seconds, _) = try await beat(until: { $0 >= count })
        return ["seconds": seconds, "per_second": Double(count) / seconds]
    }

    func rateByHand(of count: Int) async throws -> [String: Double] {
        let batch = Array(repeating: [1, 2, 3, 4], count: 500)
        let start = ContinuousClock.now
        for _ in 0..<count / 500 {
            for answer in try await home.broker.enqueue(Named.self, batch: batch, .queue(Home.queue)) {
                _ = try answer.get()
            }
        }
        let seconds = start.duration(to: .now) / .seconds(1)
        return ["seconds": seconds, "per_second": Double(count / 500 * 500) / seconds]
    }

    func lateness(of schedules: Int, for seconds: Int) async throws -> [String: Double] {
        let start = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.up) + 2)
        try await home.add((0..<schedules).map { "s-\($0)" }, "* * * * * *", at: start)
        let (_, all) = try await beat(until: { $0 >= schedules * seconds })
        let sorted = all.sorted()
        return [
            "p50_ms": sorted[sorted.count / 2], "p99_ms": sorted[sorted.count * 99 / 100],
            "most_ms": sorted[sorted.count - 1],
        ]
    }

    /// Runs a beater until enough is sent and nothing waits.
    ///
    /// - Returns: How long it took, and how many milliseconds each firing was late.
    private func beat(until isEnough: (Int) -> Bool) async throws -> (seconds: Double, lateness: [Double]) {
        let sends = Sends()
        var broker = home.broker
        broker.enqueueMiddleware = [sends]
        let beater = Beater(broker: broker, store: home.store, jobs: JobRegistry(), logger: logger)
        let start = ContinuousClock.now
        let beating = Task { try await beater.run() }
        while !isEnough(sends.count) { try await ContinuousClock().sleep(for: .milliseconds(2)) }
        let seconds = start.duration(to: .now) / .seconds(1)
        beating.cancel()
        try await beating.value
        return (seconds, sends.all)
    }
}

/// The same job, enqueued by hand.
private final class Named: Job<[Int], Void> {
    override class var name: String { Home.job }
}

/// Notes how late each firing is once it is sent; its id begins with the time that its schedule names.
private final class Sends: EnqueueMiddleware {
    private let lateness = Mutex<[Double]>([])

    var count: Int { lateness.withLock(\.count) }
    var all: [Double] { lateness.withLock(\.self) }

    func enqueue(
        _ requests: [EnqueueRequest], to queue: QueueName,
        next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        let answers = try await next(requests)
        let now = Date().timeIntervalSince1970 * 1000
        let late = requests.map { now - Double(Int($0.message.id.replacing("-", with: "").prefix(12), radix: 16) ?? 0) }
        for answer in answers { _ = try answer.get() }
        lateness.withLock { $0 += late }
        return answers
    }
}
