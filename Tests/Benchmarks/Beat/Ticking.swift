import Foundation
import SQJobsPeriodic

/// Times beats at which a hundred schedules are due, beside others that are not.
struct Ticking {
    let home: Home
    let schedules: Int

    private static let due = 100

    func figures(of beats: Int) async throws -> [String: Double] {
        let start = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.up))
        try await home.add((0..<Self.due).map { "due-\($0)" }, "* * * * * *", at: start)
        let others = (0..<schedules - Self.due).map { "other-\($0)" }
        try await home.add(others, "0 0 1 1 *", at: start.addingTimeInterval(20_000_000))
        var milliseconds: [Double] = []
        for beat in 0..<beats {
            let now = start.addingTimeInterval(Double(beat))
            let begin = ContinuousClock.now
            let report = try await home.store.beat(at: now, limit: 500, queues: []) { Self.plan($0, at: now) }
            milliseconds.append(begin.duration(to: .now) / .milliseconds(1))
            guard report.firings == Self.due else { throw Missed() }
            let claims = try await home.store.claim(500, at: now, lease: .seconds(30), queues: [])
            try await home.store.remove(claims.map(\.number))
        }
        milliseconds.sort()
        return ["median_ms": milliseconds[beats / 2], "least_ms": milliseconds[0], "most_ms": milliseconds[beats - 1]]
    }

    /// What a beater plans for a schedule that is due.
    private static func plan(_ due: DueSchedule, at now: Date) -> ScheduleBeat {
        guard let schedule = try? due.schedule.get(), let zone = try? schedule.zone() else {
            return ScheduleBeat(entries: [], lastFiringAt: nil, nextAt: nil)
        }
        let id = "\(due.name) \(now.timeIntervalSince1970)"
        let message = JobMessage(id: id, name: schedule.job, arguments: schedule.arguments)
        let entry = OutboxEntry(
            message: message, queue: schedule.queue, dueAt: now, orderingKey: due.name, onceKey: id)
        return ScheduleBeat(
            entries: [entry], lastFiringAt: now, nextAt: schedule.expression.next(after: now, in: zone))
    }

    private struct Missed: Error {}
}
