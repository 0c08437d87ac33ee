public import GRDB
public import SQJobsCore

extension SQLiteStore {
    /// Enqueues a job within a transaction of the app's own, on this store's file: it is sent if the transaction is
    /// committed, and never existed if it is not.
    ///
    /// ```swift
    /// try await database.write { db in
    ///     try order.insert(db)
    ///     try store.enqueue(SendTicket.self, ticket, in: db)
    /// }
    /// ```
    /// Beaters and workers that were given the store send it; until then its message id is its job's.
    ///
    /// - Parameters:
    ///   - job: The job's class.
    ///   - parameters: What the job is to be given.
    ///   - database: A connection to the store's file, within a transaction.
    ///   - options: A delay of any length, another queue, a group and the like; no unique key.
    /// - Returns: The ticket, with the job's id.
    /// - Throws: ``SQJobsError`` with code `unencodableArguments`, `unsupported` for a unique key, or `schemaTooOld` and
    ///   the like when the row cannot be written.
    @discardableResult
    public func enqueue<J: JobProtocol>(
        _ job: J.Type, _ parameters: J.Parameters, in database: Database, _ options: EnqueueOption...
    ) throws -> JobTicket<J.Output> {
        let envelope = EnqueueEnvelope(name: J.name, queue: J.queue, options: options)
        return try put(JobArguments(encoding: parameters), envelope, in: database)
    }

    /// Enqueues a job that takes no parameters within a transaction of the app's own.
    ///
    /// - Parameters:
    ///   - job: The job's class.
    ///   - database: A connection to the store's file, within a transaction.
    ///   - options: A delay of any length, another queue, a group and the like; no unique key.
    /// - Returns: The ticket, with the job's id.
    /// - Throws: ``SQJobsError``, as for a job with parameters.
    @discardableResult
    public func enqueue<J: JobProtocol>(
        _ job: J.Type, in database: Database, _ options: EnqueueOption...
    ) throws -> JobTicket<J.Output> where J.Parameters == NoParameters {
        let envelope = EnqueueEnvelope(name: J.name, queue: J.queue, options: options)
        return try put(JobArguments(encoding: NoParameters()), envelope, in: database)
    }

    private func put<Output>(
        _ arguments: JobArguments, _ envelope: EnqueueEnvelope, in database: Database
    ) throws -> JobTicket<Output> {
        let entry = try envelope.entry(for: arguments, at: clock.now())
        try entry.requireStorable()
        do {
            _ = try OutboxRows(database).insert(entry)
        } catch {
            throw SQLiteFault.using(path, error)
        }
        return JobTicket(
            id: entry.message.id, name: entry.message.name, queue: entry.queue, messageID: entry.message.id)
    }
}
