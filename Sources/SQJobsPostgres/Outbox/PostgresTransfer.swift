import SQJobsCore

/// Moves jobs to queues of the same database: each leaves the outbox, or takes its unique key, in the transaction that sends
/// it.
struct PostgresTransfer: OutboxTransfer {
    let queues: PostgresQueues
    let pool: PostgresPool
    let sql: OutboxStatements

    /// The queue was removed since its row was read: nothing of the transaction may stay.
    private struct QueueIsGone: Error {}

    func send(_ parcels: [OutboxParcel], to name: QueueName) async throws -> [Result<SentMessage, SQJobsError>] {
        guard !parcels.isEmpty else { return [] }
        for _ in 1...2 {
            do {
                let answers = try await queues.using(name) { queue in
                    try await pool.transaction { try await send(parcels, to: queue, on: $0) }
                }
                queues.signals.wake(name)
                return answers
            } catch is QueueIsGone {
                // It may have been made anew.
                queues.forget(name)
            }
        }
        throw SQJobsError.missing(name)
    }

    private func send(
        _ parcels: [OutboxParcel], to queue: QueueRow, on connection: PostgresConnection
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        var answers = parcels.map { parcel in
            parcel.message.refusal(by: queue.name, isOrdered: queue.settings.isOrdered)
                .map { Result<SentMessage, SQJobsError>.failure($0) }
        }
        let open = parcels.indices.filter { answers[$0] == nil }
        let others = try await meet(open.map { parcels[$0].condition }, of: queue.name, on: connection)
        for (index, other) in zip(open, others) { answers[index] = other }
        let ready = parcels.indices.filter { answers[$0] == nil }
        let messages = ready.map { parcels[$0].message }
        let numbers =
            if messages.isEmpty {
                [Int]()
            } else if queue.settings.isOrdered {
                try await queues.rows.sendOrdered(messages, to: queue, on: connection)
            } else {
                try await queues.rows.send(messages, to: queue, on: connection)
            }
        guard numbers.count == messages.count else { throw QueueIsGone() }
        for (index, number) in zip(ready, numbers) {
            answers[index] = .success(SentMessage(messageID: String(number)))
        }
        return answers.map { $0 ?? .failure(.takenOver(queue.name)) }
    }

    /// Removes entries and reserves keys.
    ///
    /// - Returns: For each condition `nil` if its message is to be sent, and the answer if not.
    private func meet(
        _ conditions: [OutboxParcel.Condition], of queue: QueueName, on connection: PostgresConnection
    ) async throws -> [Result<SentMessage, SQJobsError>?] {
        var entries: [(number: Int64, token: Int64)] = []
        var reservations: [UniqueReservation] = []
        for condition in conditions {
            switch condition {
            case .entry(let number, let token): entries.append((number, token))
            case .key(let reservation): reservations.append(reservation)
            }
        }
        let taken = try await take(entries, on: connection)
        var holders = try await reserve(reservations, on: connection)
        return conditions.map { condition in
            switch condition {
            case .entry(let number, _):
                return taken.contains(number) ? nil : .failure(.takenOver(queue))
            case .key(let reservation):
                // Of several jobs of one call with one key, the first has it.
                guard let holder = holders[reservation.key] else { return .failure(.takenOver(queue)) }
                guard holder.jobID == reservation.jobID, !holder.isTaken else {
                    return .success(SentMessage(messageID: holder.jobID, jobID: holder.jobID))
                }
                holders[reservation.key]?.isTaken = true
                return nil
            }
        }
    }

    private func take(
        _ entries: [(number: Int64, token: Int64)], on connection: PostgresConnection
    ) async throws -> Set<Int64> {
        guard !entries.isEmpty else { return [] }
        let take = PostgresStatement.plannedAnew(
            sql.take, .integers(entries.map { Int($0.number) }), .integers(entries.map { Int($0.token) }))
        return Set(try await connection.pipeline([take])[0].map { Int64(try $0.value(0, as: Int.self)) })
    }

    private func reserve(
        _ reservations: [UniqueReservation], on connection: PostgresConnection
    ) async throws -> [String: (jobID: String, isTaken: Bool)] {
        guard !reservations.isEmpty else { return [:] }
        let first = Dictionary(reservations.map { ($0.key, $0) }) { first, _ in first }.values
        let reserve = PostgresStatement(
            sql.reserve, .texts(first.map(\.key)), .texts(first.map(\.jobID)),
            .intervals(first.map(\.lifetime.storable)))
        let rows = try await connection.pipeline([reserve, .plannedAnew(sql.pruneKeys)])[0]
        return Dictionary(
            try rows.map { (try $0.value(0, as: String.self), (try $0.value(1, as: String.self), false)) }
        ) { first, _ in first }
    }
}
