import SQJobsCore
import SQJobsResults

/// Opens the store when it is first asked for, once, however many ask.
///
/// Which one that is, and what is recorded in it, is known once the app is configured; until then there is none.
actor StoreConnection {
    private let environment: [String: String]
    private var plan: StorePlan?
    private var opening: Task<BackendStore, any Error>?
    private var checking: Task<any ResultStore, any Error>?
    private var recording: EnqueueRecording?

    init(environment: [String: String]) {
        self.environment = environment
    }

    func settle(_ plan: StorePlan) {
        self.plan = plan
    }

    /// The URL of the store; `nil` when none is named.
    var url: BackendURL? { plan?.url }

    /// The store, whatever version its schema has.
    func store() async throws -> BackendStore {
        if let opening { return try await opening.value }
        let url = try requirePlan().requireURL()
        let opening = Task { [environment] in try await url.store(environment) }
        self.opening = opening
        do {
            return try await opening.value
        } catch {
            // What cannot be opened now may be there when the next job is enqueued.
            self.opening = nil
            throw error
        }
    }

    /// The store of results, whose schema is this program's.
    func results() async throws -> any ResultStore {
        if let checking { return try await checking.value }
        let checking = Task {
            let store = try await store()
            guard let results = store[.results] else {
                throw SQJobsError(
                    .unsupported, "The store \(url?.description ?? "") keeps no results: name another with --store.")
            }
            try await results.requireSchema()
            return results
        }
        self.checking = checking
        do {
            return try await checking.value
        } catch {
            self.checking = nil
            throw error
        }
    }

    /// What records jobs that are enqueued; `nil` if none of them stores its result, or no store is named.
    func recording(of requests: [EnqueueRequest]) async throws -> EnqueueRecording? {
        guard let plan, plan.url != nil,
            requests.contains(where: { plan.jobs[$0.message.name]?.storesResult == true })
        else { return nil }
        if let recording { return recording }
        let store = try await results()
        let made =
            recording
            ?? EnqueueRecording(
                store, jobs: plan.jobs, options: plan.recording, clock: plan.clock, logger: plan.logger)
        recording = made
        return made
    }

    /// What records jobs that a worker runs; `nil` if no store is named.
    func workerRecording() async throws -> ExecutionRecording? {
        guard let plan, plan.url != nil else { return nil }
        return ExecutionRecording(
            try await results(), jobs: plan.jobs, options: plan.recording, clock: plan.clock, logger: plan.logger)
    }

    func shutdown() async {
        guard let opening, let store = try? await opening.value else { return }
        await store.store.shutdown()
    }

    private func requirePlan() throws -> StorePlan {
        guard let plan else {
            throw SQJobsError(
                .invalidConfiguration,
                "The store is asked for while the app is being configured: ask for it when a command or a job runs.")
        }
        return plan
    }
}
