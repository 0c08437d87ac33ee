import SQJobsCore
import SQJobsResults

import struct Foundation.Date

/// What is known of a job, as commands print it as JSON.
struct StatusDocument: Encodable {
    let id: String
    let job: String
    let queue: String
    let state: JobState
    let isLost: Bool
    let attempt: Int
    let progress: JobProgress?
    let output: JSONValue?
    let error: StoredError?
    let keepsArguments: Bool
    let createdAt: Date
    let startedAt: Date?
    let updatedAt: Date
    let finishedAt: Date?
    let nextAttemptAt: Date?

    init(_ status: JobStatus) throws {
        id = status.id
        job = status.name
        queue = status.queue.rawValue
        state = status.state
        isLost = status.isLost
        attempt = status.attempt
        progress = status.progress
        output = try status.output.map { try WireJSON.decoder.decode(JSONValue.self, from: $0) }
        error = status.error
        keepsArguments = status.keepsArguments
        createdAt = status.createdAt
        startedAt = status.startedAt
        updatedAt = status.updatedAt
        finishedAt = status.finishedAt
        nextAttemptAt = status.nextAttemptAt
    }
}
