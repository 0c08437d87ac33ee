import Figures
import SQJobsSQLite

/// Times claims, in milliseconds each, as messages come and go.
struct Claims {
    let place: Place
    let count: Int

    private static let batch = 100
    private static let rounds = 500
    /// How many messages come before any is claimed, in churn.
    private static let depth = 1000

    /// Claims beside so many messages that wait; what is claimed is deleted, and as many come anew.
    func besideWaiting() async throws -> RunFigures {
        try await send(count)
        var times: [Double] = []
        for _ in 0..<Self.rounds {
            times.append(try await takeBatch())
            try await send(Self.batch)
        }
        var measurement = RunFigures("waiting", count: Self.rounds, seconds: times.reduce(0, +) / 1000)
        measurement.p50Milliseconds = Self.median(times[...])
        measurement.p99Milliseconds = times.sorted()[Self.rounds * 99 / 100]
        return measurement
    }

    /// Sends so many messages through a queue that stays short, and compares claims and size after a tenth of them with
    /// those at the end.
    func churning() async throws -> RunFigures {
        var times: [Double] = []
        var earlyBytes = 0
        let rounds = count / Self.depth
        let start = ContinuousClock.now
        for round in 0..<rounds {
            try await send(Self.depth)
            for _ in 0..<Self.depth / Self.batch { times.append(try await takeBatch()) }
            if round == rounds / 10 { earlyBytes = place.bytes }
        }
        var measurement = RunFigures(
            "churn", count: rounds * Self.depth, seconds: start.duration(to: .now) / .seconds(1))
        measurement.early = Self.median(times[..<(times.count / 10)])
        measurement.late = Self.median(times[(times.count * 9 / 10)...])
        measurement.earlyBytes = earlyBytes
        measurement.lateBytes = place.bytes
        return measurement
    }

    private func takeBatch() async throws -> Double {
        let start = ContinuousClock.now
        let deliveries = try await place.broker.receive(
            from: "bench", count: Self.batch, wait: .zero, visibility: .seconds(30))
        let time = start.duration(to: .now) / .milliseconds(1)
        guard deliveries.count == Self.batch else { throw Missing() }
        for answer in try await place.broker.delete(deliveries) { try answer.get() }
        return time
    }

    private func send(_ count: Int) async throws {
        let message = OutgoingMessage(body: String(repeating: "a", count: 120))
        for first in stride(from: 0, to: count, by: 1000) {
            let batch = Array(repeating: message, count: min(1000, count - first))
            for answer in try await place.broker.send(batch, to: "bench") { _ = try answer.get() }
        }
    }

    private static func median(_ times: ArraySlice<Double>) -> Double {
        times.sorted()[times.count / 2]
    }

    private struct Missing: Error {}
}
