import SQJobsPeriodic

import struct Foundation.Date

/// A store as a beater has it that will die.
struct MortalStore: ScheduleStore {
    let store: any ScheduleStore
    let life: Life

    func pendingMigrations() async throws -> [StoreMigration] { try await store.pendingMigrations() }
    func migrate() async throws -> [StoreMigration] { try await store.migrate() }
    func shutdown() async {}
    func wakeUps() -> AsyncStream<Void>? { nil }
    func transfer(for broker: any Broker) -> (any OutboxTransfer)? { store.transfer(for: broker) }

    func put(_ entries: [OutboxEntry]) async throws -> [Bool] {
        try life.check()
        return try await store.put(entries)
    }

    func claim(_ limit: Int, at now: Date, lease: Duration, queues: [QueueName]) async throws -> [OutboxClaim] {
        try await life.carryOut(.claim) { try await store.claim(limit, at: now, lease: lease, queues: queues) }
    }

    func remove(_ numbers: [Int64]) async throws {
        try await life.carryOut(.remove) { try await store.remove(numbers) }
    }

    func postpone(_ refusals: [OutboxRefusal]) async throws {
        try life.check()
        try await store.postpone(refusals)
    }

    func nextDue(after now: Date, queues: [QueueName]) async throws -> Date? {
        try life.check()
        return try await store.nextDue(after: now, queues: queues)
    }

    func waiting(after number: Int64, limit: Int) async throws -> [OutboxStatus] {
        try await store.waiting(after: number, limit: limit)
    }

    func reserve(_ reservations: [UniqueReservation]) async throws -> [String] {
        try life.check()
        return try await store.reserve(reservations)
    }

    func free(_ reservations: [UniqueReservation]) async throws {
        try life.check()
        try await store.free(reservations)
    }

    func beat(
        at now: Date, limit: Int, queues: [QueueName], _ plan: @escaping @Sendable (DueSchedule) -> ScheduleBeat
    ) async throws -> BeatReport {
        try await life.carryOut(.beat) { try await store.beat(at: now, limit: limit, queues: queues, plan) }
    }

    func synchronise(_ drafts: [ScheduleDraft], queues: [QueueName]) async throws -> [String] {
        try life.check()
        return try await store.synchronise(drafts, queues: queues)
    }

    func add(_ drafts: [ScheduleDraft]) async throws -> [Bool] { try await store.add(drafts) }
    func change(_ draft: ScheduleDraft) async throws -> Bool { try await store.change(draft) }
    func enable(_ name: String, nextAt: Date?) async throws -> Bool { try await store.enable(name, nextAt: nextAt) }
    func disable(_ name: String) async throws -> Bool { try await store.disable(name) }
    func remove(schedule name: String) async throws -> Bool { try await store.remove(schedule: name) }
    func schedule(_ name: String) async throws -> ScheduleStatus? { try await store.schedule(name) }

    func schedules(after name: String?, limit: Int) async throws -> [ScheduleStatus] {
        try await store.schedules(after: name, limit: limit)
    }
}
