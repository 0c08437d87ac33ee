import SQJobsTesting

import struct Foundation.Date

/// The store of schedules in memory with one promise broken, to show that a conformance case notices.
struct FaultyScheduleStore: ScheduleStore {
    let memory: InMemoryScheduleStore
    let fault: ScheduleStoreFault

    func pendingMigrations() async throws -> [StoreMigration] { [] }

    func migrate() async throws -> [StoreMigration] { [] }

    func shutdown() async { await memory.shutdown() }

    func wakeUps() -> AsyncStream<Void>? { memory.wakeUps() }

    func put(_ entries: [OutboxEntry]) async throws -> [Bool] { try await fault.put(memory, entries) }

    func claim(_ limit: Int, at now: Date, lease: Duration, queues: [QueueName]) async throws -> [OutboxClaim] {
        try await fault.claim(memory, limit, now, lease, queues)
    }

    func remove(_ numbers: [Int64]) async throws { try await fault.remove(memory, numbers) }

    func postpone(_ refusals: [OutboxRefusal]) async throws { try await fault.postpone(memory, refusals) }

    func nextDue(after now: Date, queues: [QueueName]) async throws -> Date? {
        try await fault.nextDue(memory, now, queues)
    }

    func waiting(after number: Int64, limit: Int) async throws -> [OutboxStatus] {
        try await fault.waiting(memory, number, limit)
    }

    func reserve(_ reservations: [UniqueReservation]) async throws -> [String] {
        try await fault.reserve(memory, reservations)
    }

    func free(_ reservations: [UniqueReservation]) async throws { try await fault.free(memory, reservations) }

    func beat(
        at now: Date, limit: Int, queues: [QueueName], _ plan: @escaping @Sendable (DueSchedule) -> ScheduleBeat
    ) async throws -> BeatReport {
        try await fault.beat(memory, now, limit, queues, plan)
    }

    func synchronise(_ drafts: [ScheduleDraft], queues: [QueueName]) async throws -> [String] {
        try await fault.synchronise(memory, drafts, queues)
    }

    func add(_ drafts: [ScheduleDraft]) async throws -> [Bool] { try await fault.add(memory, drafts) }

    func change(_ draft: ScheduleDraft) async throws -> Bool { try await fault.change(memory, draft) }

    func enable(_ name: String, nextAt: Date?) async throws -> Bool { try await memory.enable(name, nextAt: nextAt) }

    func disable(_ name: String) async throws -> Bool { try await fault.disable(memory, name) }

    func remove(schedule name: String) async throws -> Bool { try await fault.removeSchedule(memory, name) }

    func schedule(_ name: String) async throws -> ScheduleStatus? { try await fault.schedule(memory, name) }

    func schedules(after name: String?, limit: Int) async throws -> [ScheduleStatus] {
        try await fault.schedules(memory, name, limit)
    }
}
