import Foundation
import SQJobsCron

/// A job that is yet to be written: what is known of it, and the source of its class and its test.
package struct NewJob: Sendable, Hashable {
    /// The class's name.
    package let name: String
    /// The queue that it is sent to; `nil` for the library's own default.
    package let queue: String?
    /// The type that it returns; `nil` for none.
    package let result: String?
    /// When it is enqueued; `nil` for a job that something else enqueues.
    package let schedule: String?
    /// The time zone of the schedule.
    package let timeZone: String?

    /// Describes a job.
    ///
    /// - Parameters:
    ///   - name: The class's name, such as `SendTicket`.
    ///   - queue: The queue that it is sent to.
    ///   - result: The type that it returns, which is kept where there is a store.
    ///   - schedule: When it is enqueued, as a cron expression.
    ///   - timeZone: The time zone of the schedule, such as `Europe/Madrid`.
    /// - Throws: ``ToolError`` that says which of them cannot be used and why.
    package init(
        _ name: String, queue: String? = nil, result: String? = nil, schedule: String? = nil, timeZone: String? = nil
    ) throws {
        try JobName.check(name, as: "a job")
        if let result { try JobName.check(result, as: "a type") }
        if result == name { throw ToolError("the job and its result cannot both be called “\(name)”: rename one") }
        if let queue {
            let isPlain = queue.unicodeScalars.allSatisfy { $0.value >= 0x20 && !["\"", "\\"].contains($0) }
            guard isPlain, !queue.isEmpty else { throw ToolError("“\(queue)” cannot be the name of a queue") }
        }
        if let schedule {
            do { _ = try CronExpression(schedule) } catch { throw ToolError(error.description) }
        }
        if let timeZone {
            guard schedule != nil else { throw ToolError("--time-zone is the schedule's: say --schedule too") }
            guard TimeZone(identifier: timeZone) != nil else {
                throw ToolError("there is no time zone “\(timeZone)”: name one as Europe/Madrid")
            }
        }
        self.name = name
        self.queue = queue
        self.result = result
        self.schedule = schedule
        self.timeZone = timeZone
    }

    /// The module whose import the class needs; a package's manifest names its product by the same name.
    package var modules: [String] {
        switch (result, schedule) {
        case (nil, nil): ["SQJobsCore"]
        case (_?, nil): ["SQJobsResults"]
        case (nil, _?): ["SQJobsPeriodic"]
        case (_?, _?): ["SQJobsPeriodic", "SQJobsResults"]
        }
    }
}
