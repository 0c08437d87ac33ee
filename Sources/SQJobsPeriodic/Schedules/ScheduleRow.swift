package import Foundation
import SQJobsCore
import SQJobsCron

/// A schedule's texts, as stores keep them.
package struct ScheduleRow: Sendable {
    package var name: String
    package var job: String
    package var queue: String
    package var args: Data
    package var kwargs: Data
    package var expression: String
    package var timeZone: String
    package var missedFirings: String
    package var lateness: Duration?

    package init(
        name: String, job: String, queue: String, args: Data, kwargs: Data, expression: String, timeZone: String,
        missedFirings: String, lateness: Duration?
    ) {
        self.name = name
        self.job = job
        self.queue = queue
        self.args = args
        self.kwargs = kwargs
        self.expression = expression
        self.timeZone = timeZone
        self.missedFirings = missedFirings
        self.lateness = lateness
    }

    /// What a schedule is kept as.
    package init(_ schedule: Schedule) {
        self.init(
            name: schedule.name, job: schedule.job, queue: schedule.queue.rawValue, args: schedule.arguments.args,
            kwargs: schedule.arguments.kwargs, expression: schedule.expression.resolvedText,
            timeZone: schedule.timeZone, missedFirings: schedule.missedFirings.description,
            lateness: schedule.lateness)
    }

    /// The schedule.
    ///
    /// - Throws: ``SQJobsError`` with code `storeRefused` when the row was written by something else.
    package func schedule() throws -> Schedule {
        guard let missedFirings = MissedFirings(missedFirings) else {
            throw unreadable("“\(missedFirings)” says nothing of missed firings", nil)
        }
        do {
            return Schedule(
                name: name, job: job, queue: QueueName(queue),
                arguments: JobArguments(checkedArgs: args, kwargs: kwargs),
                expression: try CronExpression(expression), timeZone: timeZone, missedFirings: missedFirings,
                lateness: lateness)
        } catch {
            throw unreadable("its expression is wrong", error)
        }
    }

    private func unreadable(_ reason: String, _ error: (any Error)?) -> SQJobsError {
        SQJobsError(
            .storeRefused, "The row of the schedule “\(name)” cannot be read, \(reason): change or remove it.",
            job: job, underlying: error)
    }
}
