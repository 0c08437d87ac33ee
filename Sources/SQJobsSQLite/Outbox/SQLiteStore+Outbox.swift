import GRDB
public import SQJobsCore
import SQJobsResults

public import struct Foundation.Date

extension SQLiteStore: Outbox {
    /// Yields when anything was written to the file, by this process or another: within milliseconds, and not more often
    /// than beaters should look.
    public func wakeUps() -> AsyncStream<Void>? {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let task = Task { [watch] in
            await watch.yieldChanges(to: continuation, atMostEvery: Self.shortestWake)
            continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }

    /// The time between two wake-ups at least: on a file that is a broker too something is written all the time.
    private static let shortestWake = Duration.milliseconds(20)

    /// Moves entries to queues of the same file.
    public func transfer(for broker: any Broker) -> (any OutboxTransfer)? {
        broker.storage == StorageIdentity(self) ? SQLiteTransfer(broker: self.broker) : nil
    }

    /// Puts entries in.
    public func put(_ entries: [OutboxEntry]) async throws -> [Bool] {
        guard !entries.isEmpty else { return [] }
        for entry in entries { try entry.requireStorable() }
        return try await write { database in
            let rows = OutboxRows(database)
            return try entries.map { try rows.insert($0) }
        }
    }

    /// Takes entries to send. A look comes first, for it needs no turn among the writers.
    public func claim(
        _ limit: Int, at now: Date, lease: Duration, queues: [QueueName]
    ) async throws -> [OutboxClaim] {
        let clock = clock
        let isDue = try await read { try OutboxRows($0).hasDue(at: now, now: StoreTime.microseconds(clock.now())) }
        guard isDue else { return [] }
        return try await write { database in
            try OutboxRows(database).claim(
                limit, at: now, now: StoreTime.microseconds(clock.now()), lease: lease, queues: queues)
        }
    }

    /// Removes entries that were sent.
    public func remove(_ numbers: [Int64]) async throws {
        guard !numbers.isEmpty else { return }
        try await write { database in
            let rows = OutboxRows(database)
            for number in numbers { try rows.delete(number) }
        }
    }

    /// Puts entries off that could not be sent.
    public func postpone(_ refusals: [OutboxRefusal]) async throws {
        guard !refusals.isEmpty else { return }
        let clock = clock
        try await write { database in
            let (rows, now) = (OutboxRows(database), StoreTime.microseconds(clock.now()))
            for refusal in refusals { try rows.postpone(refusal, now: now) }
        }
    }

    /// When the next entry becomes due.
    public func nextDue(after now: Date, queues: [QueueName]) async throws -> Date? {
        try await read { try OutboxRows($0).nextDue(after: now, queues: queues) }
    }

    /// Looks at what waits.
    public func waiting(after number: Int64, limit: Int) async throws -> [OutboxStatus] {
        try await read { try OutboxRows($0).waiting(after: number, limit: limit) }
    }

    /// Reserves unique keys.
    public func reserve(_ reservations: [UniqueReservation]) async throws -> [String] {
        guard !reservations.isEmpty else { return [] }
        let clock = clock
        return try await write { database in
            let (rows, now) = (OutboxRows(database), StoreTime.microseconds(clock.now()))
            try rows.pruneKeys(now: now)
            return try reservations.map { try rows.reserve($0, now: now) }
        }
    }

    /// Frees unique keys.
    public func free(_ reservations: [UniqueReservation]) async throws {
        guard !reservations.isEmpty else { return }
        try await write { database in
            let rows = OutboxRows(database)
            for reservation in reservations { try rows.free(reservation) }
        }
    }
}
