import SQJobsTesting
import Synchronization

/// The store in memory, which a test can switch off, make refuse, or count the calls of.
final class SwitchedStore: ResultStore {
    struct State {
        /// What every call fails with while it is set.
        var outage: SQJobsError?
        /// Outputs that are refused.
        var refusedOutputs: Set<String> = []
        var isTooOld = false
        var hasNotices = true
        var calls: [String: Int] = [:]
    }

    static let unavailable = SQJobsError(.storeUnavailable, "The store is not there: try again later.")

    let memory: InMemoryResultStore
    private let state = Mutex(State())

    init(_ memory: InMemoryResultStore) {
        self.memory = memory
    }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }
    func switchOff() { state.withLock { $0.outage = Self.unavailable } }
    func switchOn() { state.withLock { $0.outage = nil } }

    /// How often something was asked, answered or not.
    func calls(_ name: String) -> Int { state.withLock { $0.calls[name] ?? 0 } }

    private func call(_ name: String) throws {
        let outage = state.withLock { state in
            state.calls[name, default: 0] += 1
            return state.outage
        }
        if let outage { throw outage }
    }

    var notices: (any ResultNotices)? { state.withLock { $0.hasNotices } ? memory.notices : nil }

    func pendingMigrations() async throws -> [StoreMigration] {
        state.withLock { $0.isTooOld } ? [StoreMigration(number: 1, summary: "tables")] : []
    }

    func migrate() async throws -> [StoreMigration] { [] }

    func shutdown() async { await memory.shutdown() }

    func recordPending(_ jobs: [PendingResult]) async throws -> [Bool] {
        try call("recordPending")
        return try await memory.recordPending(jobs)
    }

    func withdraw(_ ids: [ResultID]) async throws {
        try call("withdraw")
        try await memory.withdraw(ids)
    }

    func claim(_ jobs: [ClaimRequest], lease: Duration) async throws -> [ClaimAnswer] {
        try call("claim")
        return try await memory.claim(jobs, lease: lease)
    }

    func renew(_ claims: [ResultClaim], lease: Duration) async throws -> [Bool] {
        try call("renew")
        return try await memory.renew(claims, lease: lease)
    }

    func report(_ reports: [ProgressReport]) async throws {
        try call("report")
        try await memory.report(reports)
    }

    func complete(_ completions: [ResultCompletion]) async throws -> [Bool] {
        try call("complete")
        let refused = state.withLock { $0.refusedOutputs }
        for case .success(let output?) in completions.map(\.ending)
        where refused.contains(String(decoding: output, as: UTF8.self)) {
            throw SQJobsError(.storeRefused, "The output is too large.")
        }
        return try await memory.complete(completions)
    }

    func statuses(of ids: [ResultID]) async throws -> [JobStatus?] {
        try call("statuses")
        return try await memory.statuses(of: ids)
    }

    func list(_ filter: ResultFilter, after cursor: ResultCursor?, limit: Int) async throws -> ResultPage {
        try await memory.list(filter, after: cursor, limit: limit)
    }

    func prune(_ retention: ResultRetention, limit: Int) async throws -> Int {
        try call("prune")
        return try await memory.prune(retention, limit: limit)
    }

    func rerunnable(_ id: ResultID) async throws -> RerunnableJob? { try await memory.rerunnable(id) }

    func reopen(_ claim: ResultClaim) async throws -> Bool { try await memory.reopen(claim) }
}
