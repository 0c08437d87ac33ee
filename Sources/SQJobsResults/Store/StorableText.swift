import SQJobsCore

/// What every store can keep as text: PostgreSQL has no NUL in it.
enum StorableText {
    static func check(_ text: String, _ what: String, job: String?) throws {
        guard text.utf8.contains(0) else { return }
        throw SQJobsError(
            .unstorable, "The job's \(what) holds a NUL character, which no store can keep: leave it out.", job: job)
    }
}
