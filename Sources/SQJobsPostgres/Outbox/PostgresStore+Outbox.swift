public import SQJobsCore

public import struct Foundation.Date

/// All entries of a call travel in one statement; when they are due is told by the caller, leases are the database's.
extension PostgresStore: Outbox {
    private var outboxSQL: OutboxStatements { OutboxStatements(pool.url.schema) }

    /// Yields when schedules change or something is put in, by `LISTEN` and `NOTIFY`, and each time a connection begins.
    public func wakeUps() -> AsyncStream<Void>? {
        let events = listener.events(on: ScheduleChannel.name(in: pool.url.schema))
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let task = Task {
            for await _ in events { continuation.yield() }
            continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }

    /// Moves entries to queues of the same database.
    public func transfer(for broker: any Broker) -> (any OutboxTransfer)? {
        guard broker.storage == StorageIdentity(queues) else { return nil }
        return PostgresTransfer(queues: queues, pool: pool, sql: outboxSQL)
    }

    /// Puts entries in.
    public func put(_ entries: [OutboxEntry]) async throws -> [Bool] {
        guard !entries.isEmpty else { return [] }
        for entry in entries { try entry.requireStorable() }
        let insert = PostgresStatement(outboxSQL.insert, try OutboxColumns.values(of: entries))
        let rows = try await using { [notice] in try await $0.pipeline([insert, notice])[0] }
        return try OutboxColumns.answers(to: entries, rows)
    }

    /// Takes entries to send.
    public func claim(
        _ limit: Int, at now: Date, lease: Duration, queues: [QueueName]
    ) async throws -> [OutboxClaim] {
        let claim = PostgresStatement.plannedAnew(
            outboxSQL.claim, .time(now), .integer(limit), .interval(lease.storable), .texts(queues.map(\.rawValue)))
        let rows = try await using { try await $0.execute(claim) }
        return try rows.map { try OutboxColumns.claim($0) }
            .sorted { ($0.entry.dueAt, $0.number) < ($1.entry.dueAt, $1.number) }
    }

    /// Removes entries that were sent.
    public func remove(_ numbers: [Int64]) async throws {
        guard !numbers.isEmpty else { return }
        let delete = PostgresStatement.plannedAnew(outboxSQL.delete, .integers(numbers.map { Int($0) }))
        _ = try await using { try await $0.execute(delete) }
    }

    /// Puts entries off that could not be sent.
    public func postpone(_ refusals: [OutboxRefusal]) async throws {
        guard !refusals.isEmpty else { return }
        let postpone = PostgresStatement.plannedAnew(
            outboxSQL.postpone, .integers(refusals.map { Int($0.number) }), .integers(refusals.map { Int($0.token) }),
            .texts(refusals.map { $0.error.replacing("\0", with: "") }), .intervals(refusals.map(\.delay.storable)))
        _ = try await using { try await $0.execute(postpone) }
    }

    /// When the next entry becomes due.
    public func nextDue(after now: Date, queues: [QueueName]) async throws -> Date? {
        let next = PostgresStatement.plannedAnew(outboxSQL.nextDue, .time(now), .texts(queues.map(\.rawValue)))
        return try await using { try await $0.execute(next).first?.value(0, as: Date?.self) }
    }

    /// Looks at what waits.
    public func waiting(after number: Int64, limit: Int) async throws -> [OutboxStatus] {
        let list = PostgresStatement.plannedAnew(outboxSQL.waiting, .integer(Int(number)), .integer(limit))
        return try await using { try await $0.execute(list).map { try OutboxColumns.status($0) } }
    }

    /// Reserves unique keys; of a key that stands in a call twice, the first job is asked for first.
    public func reserve(_ reservations: [UniqueReservation]) async throws -> [String] {
        guard !reservations.isEmpty else { return [] }
        let first = Dictionary(reservations.map { ($0.key, $0) }) { first, _ in first }.values
        let reserve = PostgresStatement(
            outboxSQL.reserve, .texts(first.map(\.key)), .texts(first.map(\.jobID)),
            .intervals(first.map(\.lifetime.storable)))
        let prune = PostgresStatement.plannedAnew(outboxSQL.pruneKeys)
        let rows = try await using { try await $0.pipeline([reserve, prune])[0] }
        let holders = Dictionary(
            try rows.map { (try $0.value(0, as: String.self), try $0.value(1, as: String.self)) }
        ) { first, _ in first }
        return reservations.map { holders[$0.key] ?? $0.jobID }
    }

    /// Frees unique keys.
    public func free(_ reservations: [UniqueReservation]) async throws {
        guard !reservations.isEmpty else { return }
        let free = PostgresStatement.plannedAnew(
            outboxSQL.free, .texts(reservations.map(\.key)), .texts(reservations.map(\.jobID)))
        _ = try await using { try await $0.execute(free) }
    }

    /// Tells beaters and relays to look.
    var notice: PostgresStatement {
        PostgresStatement("SELECT pg_notify($1, '')", .text(ScheduleChannel.name(in: pool.url.schema)))
    }
}
