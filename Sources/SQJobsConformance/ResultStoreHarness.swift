public import SQJobsResults

/// What the author of a store's adapter implements to have its results checked: an empty store, a second way to it, and a
/// way to let time pass. Make a new one for each case.
///
/// ```swift
/// @Test(arguments: ResultStoreCases.all)
/// func keeps(_ promise: ResultStoreCase) async throws {
///     try await promise.run(on: MyHarness())
/// }
/// ```
public protocol ResultStoreHarness: Sendable {
    /// The store to check: migrated, and without a row.
    var store: any ResultStore { get }

    /// The same rows as another worker reaches them: through a connection, and if it can be, a store of its own.
    var otherStore: any ResultStore { get }

    /// What the store can do beyond what every store must.
    var features: Set<ResultStoreFeature> { get }

    /// A lease that outlasts a few calls of the store: half a second on a real database. Cases wait a few times as long.
    var shortLease: Duration { get }

    /// The clock by which workers of the store would live, which ``advance(by:)`` moves.
    var clock: JobClock { get }

    /// Lets time pass for the store and for ``clock``: a manual clock is moved; for a real database the harness waits.
    ///
    /// - Parameter duration: How much time.
    func advance(by duration: Duration) async throws
}
