import SQJobsCore
import SQJobsCron

/// The schedule of a class that forgot its own: no beater starts with it.
enum MissingSchedule {
    /// Recognised by its text, with a gap in it that nobody types.
    static let expression: CronExpression = "0     0 1 1 *"

    static func check(_ job: any Scheduled.Type) throws {
        guard job.schedule.description == expression.description else { return }
        throw SQJobsError(
            .invalidConfiguration,
            "The periodic job “\(job.name)” has no schedule: override `class var schedule` in \(job).", job: job.name)
    }
}
