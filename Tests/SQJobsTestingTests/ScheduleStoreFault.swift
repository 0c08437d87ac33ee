import SQJobsTesting

import struct Foundation.Date

/// What a ``FaultyScheduleStore`` does: as the store in memory does, but for what a test replaces.
struct ScheduleStoreFault: Sendable {
    typealias Memory = InMemoryScheduleStore
    typealias Plan = @Sendable (DueSchedule) -> ScheduleBeat

    var put: @Sendable (Memory, [OutboxEntry]) async throws -> [Bool] = { try await $0.put($1) }
    var claim: @Sendable (Memory, Int, Date, Duration, [QueueName]) async throws -> [OutboxClaim] = {
        try await $0.claim($1, at: $2, lease: $3, queues: $4)
    }
    var remove: @Sendable (Memory, [Int64]) async throws -> Void = { try await $0.remove($1) }
    var postpone: @Sendable (Memory, [OutboxRefusal]) async throws -> Void = { try await $0.postpone($1) }
    var nextDue: @Sendable (Memory, Date, [QueueName]) async throws -> Date? = {
        try await $0.nextDue(after: $1, queues: $2)
    }
    var waiting: @Sendable (Memory, Int64, Int) async throws -> [OutboxStatus] = {
        try await $0.waiting(after: $1, limit: $2)
    }
    var reserve: @Sendable (Memory, [UniqueReservation]) async throws -> [String] = { try await $0.reserve($1) }
    var free: @Sendable (Memory, [UniqueReservation]) async throws -> Void = { try await $0.free($1) }
    var beat: @Sendable (Memory, Date, Int, [QueueName], @escaping Plan) async throws -> BeatReport = {
        try await $0.beat(at: $1, limit: $2, queues: $3, $4)
    }
    var synchronise: @Sendable (Memory, [ScheduleDraft], [QueueName]) async throws -> [String] = {
        try await $0.synchronise($1, queues: $2)
    }
    var add: @Sendable (Memory, [ScheduleDraft]) async throws -> [Bool] = { try await $0.add($1) }
    var change: @Sendable (Memory, ScheduleDraft) async throws -> Bool = { try await $0.change($1) }
    var disable: @Sendable (Memory, String) async throws -> Bool = { try await $0.disable($1) }
    var removeSchedule: @Sendable (Memory, String) async throws -> Bool = { try await $0.remove(schedule: $1) }
    var schedule: @Sendable (Memory, String) async throws -> ScheduleStatus? = { try await $0.schedule($1) }
    var schedules: @Sendable (Memory, String?, Int) async throws -> [ScheduleStatus] = {
        try await $0.schedules(after: $1, limit: $2)
    }

    /// The fault that a closure makes.
    static func with(_ change: (inout ScheduleStoreFault) -> Void) -> ScheduleStoreFault {
        var fault = ScheduleStoreFault()
        change(&fault)
        return fault
    }
}
