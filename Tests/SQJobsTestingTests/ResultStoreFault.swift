import SQJobsTesting

/// What a ``FaultyResultStore`` does: as the store in memory does, but for what a test replaces.
struct ResultStoreFault: Sendable {
    typealias Memory = InMemoryResultStore

    var notices: @Sendable (Memory) -> (any ResultNotices)? = { $0.notices }
    var pendingMigrations: @Sendable (Memory) async throws -> [StoreMigration] = { try await $0.pendingMigrations() }
    var recordPending: @Sendable (Memory, [PendingResult]) async throws -> [Bool] = { try await $0.recordPending($1) }
    var withdraw: @Sendable (Memory, [ResultID]) async throws -> Void = { try await $0.withdraw($1) }
    var claim: @Sendable (Memory, [ClaimRequest], Duration) async throws -> [ClaimAnswer] = {
        try await $0.claim($1, lease: $2)
    }
    var renew: @Sendable (Memory, [ResultClaim], Duration) async throws -> [Bool] = {
        try await $0.renew($1, lease: $2)
    }
    var report: @Sendable (Memory, [ProgressReport]) async throws -> Void = { try await $0.report($1) }
    var complete: @Sendable (Memory, [ResultCompletion]) async throws -> [Bool] = { try await $0.complete($1) }
    var statuses: @Sendable (Memory, [ResultID]) async throws -> [JobStatus?] = { try await $0.statuses(of: $1) }
    var list: @Sendable (Memory, ResultFilter, ResultCursor?, Int) async throws -> ResultPage = {
        try await $0.list($1, after: $2, limit: $3)
    }
    var prune: @Sendable (Memory, ResultRetention, Int) async throws -> Int = { try await $0.prune($1, limit: $2) }
    var rerunnable: @Sendable (Memory, ResultID) async throws -> RerunnableJob? = { try await $0.rerunnable($1) }
    var reopen: @Sendable (Memory, ResultClaim) async throws -> Bool = { try await $0.reopen($1) }

    /// The fault that a closure makes.
    static func with(_ change: (inout ResultStoreFault) -> Void) -> ResultStoreFault {
        var fault = ResultStoreFault()
        change(&fault)
        return fault
    }
}
