public import SQJobsPeriodic

/// What the author of a store's adapter implements to have its schedules and its outbox checked: an empty store, a second
/// way to it, and a way to let time pass. Make a new one for each case.
///
/// ```swift
/// @Test(arguments: ScheduleStoreCases.all)
/// func keeps(_ promise: ScheduleStoreCase) async throws {
///     try await promise.run(on: MyHarness())
/// }
/// ```
public protocol ScheduleStoreHarness: Sendable {
    /// The store to check: migrated, and without a row.
    var store: any ScheduleStore { get }

    /// The same rows as another beater reaches them: through a connection, and if it can be, a store of its own.
    var otherStore: any ScheduleStore { get }

    /// A lease that outlasts a few calls of the store: half a second on a real database. Cases wait a few times as long.
    var shortLease: Duration { get }

    /// The clock by which beaters of the store would live, which ``advance(by:)`` moves.
    var clock: JobClock { get }

    /// Lets time pass for the store and for ``clock``: a manual clock is moved; for a real database the harness waits.
    ///
    /// - Parameter duration: How much time.
    func advance(by duration: Duration) async throws
}
