import Foundation
import GRDB
import SQJobsCore
import SQJobsResults

/// Reads a result's columns.
enum ResultColumns {
    /// What a status is made of.
    static let all = """
        id, name, queue, state, attempt, created_at, started_at, updated_at, finished_at, next_attempt_at, lease_ends_at, \
        progress, error, args IS NOT NULL AS keeps_arguments, output
        """

    /// The status that a row holds.
    ///
    /// - Throws: ``SQJobsError`` with code `storeRefused` when the row was written by something else.
    static func status(of row: Row, at now: Int64) throws -> JobStatus {
        let id: String = row["id"]
        guard let state = JobState(rawValue: row["state"]) else {
            throw SQJobsError(
                .storeRefused, "The row of the job \(id) has a state that this program does not know: update it.")
        }
        let leaseEnds: Int64? = row["lease_ends_at"]
        return JobStatus(
            id: id, name: row["name"], queue: QueueName(row["queue"]), state: state, output: row["output"],
            error: try value(row["error"]), attempt: row["attempt"], progress: try value(row["progress"]),
            keepsArguments: row["keeps_arguments"], createdAt: StoreTime.date(row["created_at"]),
            startedAt: date(row["started_at"]), updatedAt: StoreTime.date(row["updated_at"]),
            finishedAt: date(row["finished_at"]), nextAttemptAt: date(row["next_attempt_at"]),
            leaseRemaining: leaseEnds.map { .microseconds($0 - now) })
    }

    /// The row's place in a list.
    static func cursor(_ row: Row) -> ResultCursor {
        ResultCursor(createdAt: row["created_at"], id: row["id"])
    }

    private static func date(_ microseconds: Int64?) -> Date? {
        microseconds.map(StoreTime.date)
    }

    private static func value<Value: Decodable>(_ json: String?) throws -> Value? {
        try json.map { try WireJSON.decoder.decode(Value.self, from: Data($0.utf8)) }
    }
}
