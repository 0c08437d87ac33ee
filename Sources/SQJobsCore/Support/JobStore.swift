/// A place that keeps data under a schema with a version, such as a database: what results, schedules and outgoing jobs
/// are kept in.
///
/// Migrations are numbered from 1, applied in order, and never changed once released. Several processes may migrate at
/// the same time: each migration is applied once.
public protocol JobStore: Sendable {
    /// The migrations that the store still needs, in order; none when its schema is this program's.
    ///
    /// - Throws: ``SQJobsError`` with code `schemaTooNew` when the schema is of a later program; `storeUnavailable`.
    func pendingMigrations() async throws -> [StoreMigration]

    /// Brings the schema up to date; a store that is up to date is left alone.
    ///
    /// - Returns: The migrations that were applied, in order.
    /// - Throws: ``SQJobsError``, as ``pendingMigrations()``.
    @discardableResult
    func migrate() async throws -> [StoreMigration]

    /// Lets connections and files go; nothing may be called afterwards.
    func shutdown() async
}

extension JobStore {
    /// Makes sure that the schema is this program's. Workers and beaters call it when they start.
    ///
    /// - Throws: ``SQJobsError`` with code `schemaTooOld` that says to run migrate, or `schemaTooNew` that says which
    ///   version this program knows.
    public func requireSchema() async throws {
        let pending = try await pendingMigrations()
        guard let first = pending.first, let last = pending.last else { return }
        throw SQJobsError(
            .schemaTooOld,
            "The store's schema has version \(first.number - 1) and this program needs version \(last.number): run"
                + " `migrate` first.")
    }
}
