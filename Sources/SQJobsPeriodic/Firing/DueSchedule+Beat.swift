import Foundation
import Logging
import SQJobsCore

extension DueSchedule {
    /// How long a schedule that cannot be read is left alone.
    private static let pause = 3600.0

    /// What is to be written for the schedule at a time.
    func beat(at now: Date, tolerance: Duration, logger: Logger) -> ScheduleBeat {
        do {
            let schedule = try schedule.get()
            let plan = try FiringPlan(schedule, since: dueAt, last: lastFiringAt, at: now, tolerance: tolerance)
            let entries = try plan.firings.map { firing in
                let id = firing.jobID(of: name)
                return try schedule.entry(for: firing, id: id, onceKey: id, at: now)
            }
            return ScheduleBeat(entries: entries, lastFiringAt: plan.firings.last?.scheduledAt, nextAt: plan.next)
        } catch {
            // One broken row must neither stop the others nor be due all the time.
            logger.error(
                "a schedule cannot be fired: trying again in an hour",
                metadata: ["schedule": "\(name)", "error": "\(error)"])
            return ScheduleBeat(entries: [], lastFiringAt: nil, nextAt: now.addingTimeInterval(Self.pause))
        }
    }
}
