import SQJobsCore

import struct Foundation.Date

/// The outbox of an ``InMemoryScheduleStore``. When entries are due is told by dates, how long they are held by elapsed time.
struct InMemoryOutbox {
    private struct Row {
        let number: Int64
        let entry: OutboxEntry
        var token: Int64 = 0
        var freeAt = Duration.zero
        var refusals = 0
        var error: String?
    }

    /// In the order in which they were put in.
    private var rows: [Row] = []
    private var lastNumber: Int64 = 0
    private var keys: [String: (jobID: String, end: Duration)] = [:]

    mutating func put(_ entry: OutboxEntry) -> Bool {
        if let key = entry.onceKey, rows.contains(where: { $0.entry.onceKey == key }) { return false }
        lastNumber += 1
        rows.append(Row(number: lastNumber, entry: entry))
        return true
    }

    mutating func claim(
        _ limit: Int, at now: Date, elapsed: Duration, lease: Duration, queues: [QueueName]
    ) -> [OutboxClaim] {
        var keys: Set<String> = []
        var places: [Int] = []
        for (place, row) in rows.enumerated() {
            let isOldest = row.entry.orderingKey.map { keys.insert($0).inserted } ?? true
            guard isOldest, row.entry.dueAt <= now, row.freeAt <= elapsed,
                queues.isEmpty || queues.contains(row.entry.queue)
            else { continue }
            places.append(place)
        }
        places.sort { (rows[$0].entry.dueAt, $0) < (rows[$1].entry.dueAt, $1) }
        return places.prefix(limit).map { place in
            rows[place].token += 1
            rows[place].freeAt = elapsed + lease
            let row = rows[place]
            return OutboxClaim(number: row.number, token: row.token, entry: row.entry, refusals: row.refusals)
        }
    }

    mutating func remove(_ numbers: Set<Int64>) {
        rows.removeAll { numbers.contains($0.number) }
    }

    mutating func postpone(_ refusal: OutboxRefusal, elapsed: Duration) {
        guard let place = rows.firstIndex(where: { $0.number == refusal.number && $0.token == refusal.token }) else {
            return
        }
        rows[place].freeAt = elapsed + refusal.delay
        rows[place].refusals += 1
        rows[place].error = refusal.error
    }

    func nextDue(after now: Date, queues: [QueueName]) -> Date? {
        rows.lazy.map(\.entry).filter { $0.dueAt > now && (queues.isEmpty || queues.contains($0.queue)) }
            .map(\.dueAt).min()
    }

    func waiting(after number: Int64, limit: Int) -> [OutboxStatus] {
        rows.filter { $0.number > number }.prefix(limit).map { row in
            OutboxStatus(
                number: row.number, id: row.entry.message.id, name: row.entry.message.name, queue: row.entry.queue,
                dueAt: row.entry.dueAt, refusals: row.refusals, error: row.error)
        }
    }

    mutating func reserve(_ reservation: UniqueReservation, elapsed: Duration) -> String {
        if let holder = keys[reservation.key], holder.end > elapsed { return holder.jobID }
        keys[reservation.key] = (reservation.jobID, elapsed + reservation.lifetime)
        return reservation.jobID
    }

    mutating func free(_ reservation: UniqueReservation) {
        guard keys[reservation.key]?.jobID == reservation.jobID else { return }
        keys[reservation.key] = nil
    }
}
