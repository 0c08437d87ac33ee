public import struct Foundation.Date

/// Where jobs wait that cannot go to their queue yet: firings of schedules, delays longer than the broker's, and jobs that
/// were enqueued within a transaction of the app's own.
///
/// An ``OutboxRelay`` sends what is due. It claims entries for a short lease, sends them while no transaction is open, and
/// removes those that were sent: an entry is sent at least once, with the same job id each time. Where the queues are kept in
/// the same store, one transaction does both, and an entry is sent exactly once.
///
/// - When an entry is due is reckoned by the caller's time; leases, delays and reservations by the store's own clock.
/// - A call that throws has done nothing, or all of it without being able to say so.
/// - Texts hold any character but NUL.
public protocol Outbox: JobStore {
    /// Yields when an entry may have become due that nobody knew of, or a schedule changed; `nil` where one has to look.
    func wakeUps() -> AsyncStream<Void>?

    /// What sends an entry and removes it in one transaction; `nil` where the broker's messages are not kept in this store:
    /// then an entry is removed once it was sent.
    ///
    /// - Parameter broker: The broker whose queues the messages are for; it says by ``Broker/storage`` where they are kept.
    func transfer(for broker: any Broker) -> (any OutboxTransfer)?

    /// Puts entries in, in order, all or none.
    ///
    /// - Parameter entries: The entries.
    /// - Returns: For each, whether it was put in; it was not if one with its ``OutboxEntry/onceKey`` waits already.
    /// - Throws: ``SQJobsError``, with code `storeRefused` when a text has a NUL in it.
    func put(_ entries: [OutboxEntry]) async throws -> [Bool]

    /// Takes entries to send: those that are due, that nobody holds and that are not put off, in the order in which they
    /// became due. One with an ordering key is taken only when no older one of that key is left, due or not.
    ///
    /// - Parameters:
    ///   - limit: How many to take at most; 1 or more.
    ///   - now: The time by which they are due.
    ///   - lease: For how long nobody else takes them.
    ///   - queues: The queues to take entries of; all of them if there is none.
    func claim(_ limit: Int, at now: Date, lease: Duration, queues: [QueueName]) async throws -> [OutboxClaim]

    /// Removes entries that were sent, whoever holds them now.
    ///
    /// - Parameter numbers: The entries' numbers.
    func remove(_ numbers: [Int64]) async throws

    /// Puts entries off that could not be sent: they keep their place, and who looks at them sees why. One that somebody
    /// claimed since is left alone.
    ///
    /// - Parameter refusals: The entries, the reasons and the delays.
    func postpone(_ refusals: [OutboxRefusal]) async throws

    /// When the next entry becomes due that is not due yet.
    ///
    /// - Parameters:
    ///   - now: The time after which it is due.
    ///   - queues: The queues to look at; all of them if there is none.
    func nextDue(after now: Date, queues: [QueueName]) async throws -> Date?

    /// Looks at what waits, in the order in which it was put in.
    ///
    /// - Parameters:
    ///   - number: The last entry of the page before; 0 for the first page.
    ///   - limit: How many entries at most; 1 or more.
    func waiting(after number: Int64, limit: Int) async throws -> [OutboxStatus]

    /// Reserves unique keys. One that is free, or whose reservation ran out, is taken.
    ///
    /// - Parameter reservations: The keys, the jobs that want them, and for how long.
    /// - Returns: For each, the id of the job that has the key now.
    func reserve(_ reservations: [UniqueReservation]) async throws -> [String]

    /// Frees unique keys that the given jobs still have.
    ///
    /// - Parameter reservations: The keys and the jobs that have them.
    func free(_ reservations: [UniqueReservation]) async throws
}

extension Outbox {
    /// None.
    public func transfer(for broker: any Broker) -> (any OutboxTransfer)? { nil }
}
