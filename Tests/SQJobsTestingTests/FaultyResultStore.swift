import SQJobsTesting

/// The store in memory with one promise broken, to show that a conformance case notices.
struct FaultyResultStore: ResultStore {
    let memory: InMemoryResultStore
    let fault: ResultStoreFault

    var notices: (any ResultNotices)? { fault.notices(memory) }

    func pendingMigrations() async throws -> [StoreMigration] { try await fault.pendingMigrations(memory) }

    func migrate() async throws -> [StoreMigration] { try await memory.migrate() }

    func shutdown() async { await memory.shutdown() }

    func recordPending(_ jobs: [PendingResult]) async throws -> [Bool] { try await fault.recordPending(memory, jobs) }

    func withdraw(_ ids: [ResultID]) async throws { try await fault.withdraw(memory, ids) }

    func claim(_ jobs: [ClaimRequest], lease: Duration) async throws -> [ClaimAnswer] {
        try await fault.claim(memory, jobs, lease)
    }

    func renew(_ claims: [ResultClaim], lease: Duration) async throws -> [Bool] {
        try await fault.renew(memory, claims, lease)
    }

    func report(_ reports: [ProgressReport]) async throws { try await fault.report(memory, reports) }

    func complete(_ completions: [ResultCompletion]) async throws -> [Bool] {
        try await fault.complete(memory, completions)
    }

    func statuses(of ids: [ResultID]) async throws -> [JobStatus?] { try await fault.statuses(memory, ids) }

    func list(_ filter: ResultFilter, after cursor: ResultCursor?, limit: Int) async throws -> ResultPage {
        try await fault.list(memory, filter, cursor, limit)
    }

    func prune(_ retention: ResultRetention, limit: Int) async throws -> Int {
        try await fault.prune(memory, retention, limit)
    }

    func rerunnable(_ id: ResultID) async throws -> RerunnableJob? { try await fault.rerunnable(memory, id) }

    func reopen(_ claim: ResultClaim) async throws -> Bool { try await fault.reopen(memory, claim) }
}
