import Logging
import SQJobsCore
import Synchronization

/// Renews the rows of all jobs that run here, together, before half of their leases is used up.
final class RowLeases: Sendable {
    private struct State {
        var leases: [ResultClaim: (any ExecutionLease)?] = [:]
        var isRenewing = false
    }

    private let store: any ResultStore
    private let lease: Duration
    private let clock: JobClock
    private let logger: Logger
    private let state = Mutex(State())

    init(_ store: any ResultStore, lease: Duration, clock: JobClock, logger: Logger) {
        self.store = store
        self.lease = lease
        self.clock = clock
        self.logger = logger
    }

    /// Holds a row from now on. If somebody else gets it all the same, the job is cancelled.
    func hold(_ claim: ResultClaim, for job: (any ExecutionLease)?) {
        let starts = state.withLock { state in
            state.leases.updateValue(job, forKey: claim)
            defer { state.isRenewing = true }
            return !state.isRenewing
        }
        if starts { Task { await renewWhileHeld() } }
    }

    /// Holds a row no longer.
    func letGo(_ claim: ResultClaim) {
        state.withLock { _ = $0.leases.removeValue(forKey: claim) }
    }

    private func renewWhileHeld() async {
        var pause = lease / 3
        while (try? await clock.sleep(pause)) != nil {
            let claims = state.withLock { state in
                state.isRenewing = !state.leases.isEmpty
                return Array(state.leases.keys)
            }
            guard !claims.isEmpty else { return }
            pause = await renew(claims) ? lease / 3 : lease / 12
        }
        state.withLock { $0.isRenewing = false }
    }

    /// - Returns: Whether the store answered.
    private func renew(_ claims: [ResultClaim]) async -> Bool {
        do {
            let answers = try await store.renew(claims, lease: lease)
            for (claim, isHeld) in zip(claims, answers) where !isHeld { lose(claim) }
            return true
        } catch {
            logger.warning(
                "leases of results could not be renewed: trying again",
                metadata: ["jobs": "\(claims.count)", "error": "\(error)"])
            return false
        }
    }

    private func lose(_ claim: ResultClaim) {
        guard let job = state.withLock({ $0.leases.removeValue(forKey: claim) }) else { return }
        job?.cancel(.leaseLost)
    }
}
