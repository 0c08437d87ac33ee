import SQJobsCore

/// Moves jobs to queues of the same file: each leaves the outbox, or takes its unique key, in the transaction that sends it.
struct SQLiteTransfer: OutboxTransfer {
    let broker: SQLiteBroker

    func send(_ parcels: [OutboxParcel], to queue: QueueName) async throws -> [Result<SentMessage, SQJobsError>] {
        guard !parcels.isEmpty else { return [] }
        let answers = try await broker.write(queue) { rows in
            let queue = try rows.queue(queue)
            let outbox = OutboxRows(rows.database)
            return try parcels.map { try send($0, to: queue, rows, outbox) }
        }
        broker.signals.wake(queue)
        return answers
    }

    private func send(
        _ parcel: OutboxParcel, to queue: QueueRow, _ rows: MessageRows, _ outbox: OutboxRows
    ) throws -> Result<SentMessage, SQJobsError> {
        switch parcel.condition {
        case .entry(let number, let token):
            guard try outbox.isHeld(number, token) else { return .failure(.takenOver(queue.name)) }
            let answer = try rows.send(parcel.message, to: queue)
            if case .success = answer { try outbox.delete(number) }
            return answer
        case .key(let reservation):
            try outbox.pruneKeys(now: rows.now)
            let holder = try outbox.reserve(reservation, now: rows.now)
            guard holder == reservation.jobID else {
                return .success(SentMessage(messageID: holder, jobID: holder))
            }
            let answer = try rows.send(parcel.message, to: queue)
            if case .failure = answer { try outbox.free(reservation) }
            return answer
        }
    }
}
