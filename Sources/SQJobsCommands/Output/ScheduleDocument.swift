import SQJobsCore
import SQJobsPeriodic

import struct Foundation.Date

/// A schedule as the commands print it in JSON.
struct ScheduleDocument: Encodable {
    let name: String
    let job: String
    let queue: String
    let args: [JSONValue]
    let kwargs: [String: JSONValue]
    let schedule: String
    let timeZone: String
    let missedFirings: String
    let latenessSeconds: Double?
    let origin: String
    let state: String
    let lastFiringAt: Date?
    let nextAt: Date?

    init(_ status: ScheduleStatus) throws {
        let schedule = status.schedule
        name = schedule.name
        job = schedule.job
        queue = schedule.queue.rawValue
        args = try schedule.arguments.positional()
        kwargs = try schedule.arguments.keywords()
        self.schedule = schedule.expression.description
        timeZone = schedule.timeZone
        missedFirings = schedule.missedFirings.description
        latenessSeconds = schedule.lateness.map { $0 / .seconds(1) }
        origin = status.origin.rawValue.lowercased()
        state = status.state.description
        lastFiringAt = status.lastFiringAt
        nextAt = status.state == .enabled ? status.nextAt : nil
    }
}
