import Foundation
import SQJobsCore
import SQJobsResults

/// Reads a result's columns, and writes what is JSON in them.
enum ResultColumns {
    /// The status that a row holds.
    ///
    /// - Throws: ``SQJobsError`` with code `storeRefused` when the row was written by something else; ``PostgresError``.
    static func status(of row: PostgresRow) throws -> JobStatus {
        let id: String = try row.value("id")
        guard let state = JobState(rawValue: try row.value("state")) else {
            throw SQJobsError(
                .storeRefused, "The row of the job \(id) has a state that this program does not know: update it.")
        }
        return JobStatus(
            id: id, name: try row.value("name"), queue: QueueName(try row.value("queue")), state: state,
            output: try row.value("output"), error: try value(row.value("error")), attempt: try row.value("attempt"),
            progress: try value(row.value("progress")), keepsArguments: try row.value("keeps_arguments"),
            createdAt: try row.value("created_at"), startedAt: try row.value("started_at"),
            updatedAt: try row.value("updated_at"), finishedAt: try row.value("finished_at"),
            nextAttemptAt: try row.value("next_attempt_at"), leaseRemaining: try row.value("lease_remaining"))
    }

    /// A status's place in a list.
    static func cursor(_ status: JobStatus) -> ResultCursor {
        ResultCursor(createdAt: StoreTime.microseconds(status.createdAt), id: status.id)
    }

    /// A value as JSON, in which a text may hold a NUL: PostgreSQL's own may not.
    static func json(_ value: some Encodable) throws -> String {
        String(decoding: try WireJSON.encoder.encode(value), as: UTF8.self)
    }

    private static func value<Value: Decodable>(_ json: Data?) throws -> Value? {
        try json.map { try WireJSON.decoder.decode(Value.self, from: $0) }
    }
}
