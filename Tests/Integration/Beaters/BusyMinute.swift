import Foundation
import SQJobsCore
import Testing

@testable import SQJobsPeriodic

/// Schedules that fire every second, from one instant on until they are disabled, and the ids that this must give.
struct BusyMinute {
    static let job = "busy_job"

    let schedules: Int
    let queues: [QueueName]
    /// Far enough that all of them are there by then.
    private let start = Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded(.up) + 3)

    init(schedules: Int, queues: [QueueName]) {
        self.schedules = schedules
        self.queues = queues
    }

    /// Adds the schedules.
    func begin(in store: any ScheduleStore) async throws {
        let drafts = try (0..<schedules).map { number in
            let schedule = try Schedule(
                name(number), job: Self.job, queue: queues[number % queues.count], "* * * * * *",
                kwargs: ["schedule": .string(name(number))], missedFirings: .all(limit: 10_000))
            return ScheduleDraft(schedule, nextAt: start)
        }
        try #require(try await store.add(drafts).allSatisfy { $0 })
    }

    /// Whether a schedule is due now. A beat at a time long ago takes nothing, and tells when the next one would.
    func isDue(in store: any ScheduleStore) async throws -> Bool {
        let look = try await store.beat(at: .distantPast, limit: 1, queues: []) { _ in
            ScheduleBeat(entries: [], lastFiringAt: nil, nextAt: nil)
        }
        return try #require(look.nextAt) <= Date.now
    }

    /// Disables the schedules.
    ///
    /// - Returns: The ids of all firings that there have to be: one for each second from the beginning to each schedule's
    ///   last firing.
    func end(in store: any ScheduleStore) async throws -> Set<String> {
        var ids: Set<String> = []
        for number in 0..<schedules { try #require(try await store.disable(name(number))) }
        for number in 0..<schedules {
            let status = try #require(try await store.schedule(name(number)))
            let last = try #require(status.lastFiringAt)
            for second in 0...Int(last.timeIntervalSince(start).rounded()) {
                let firing = Firing(scheduledAt: start.addingTimeInterval(Double(second)), isLate: false)
                ids.insert(firing.jobID(of: name(number)))
            }
        }
        return ids
    }

    private func name(_ number: Int) -> String { "busy-\(number)" }
}
