import SQJobsCore
import SQJobsPeriodic
import SQJobsResults

/// The app's store, as those who need it see it; it is opened when it is first asked for.
///
/// Which one that is, and what is recorded in it, is known once the app is configured; until then there is none.
actor StoreConnection {
    private let connections: Connections
    private var plan: StorePlan?
    private var recording: EnqueueRecording?

    init(_ connections: Connections) {
        self.connections = connections
    }

    func settle(_ plan: StorePlan) {
        self.plan = plan
    }

    /// The URL of the store; `nil` when none is named.
    var url: BackendURL? { plan?.url }

    /// The store, whatever version its schema has.
    func store() async throws -> any JobStore {
        let url = try requirePlan().requireURL()
        guard let store = try await connections.connection(to: url).store else {
            throw SQJobsError(.unsupported, "What \(url) names is no store: name another with --store.")
        }
        return store
    }

    /// The store of results.
    func results() async throws -> any ResultStore {
        try await contract(.results, "keeps no results")
    }

    /// The store of schedules.
    func schedules() async throws -> any ScheduleStore {
        try await contract(.schedules, "keeps no schedules")
    }

    /// The store of outgoing jobs; `nil` if no store is named, or the one that is keeps none.
    func outbox() async throws -> (any Outbox)? {
        guard let url else { return nil }
        return try await connections.checkedConnection(to: url)[.outbox]
    }

    /// What keeps the unique keys of jobs that are enqueued; `nil` if they have none, or no store is named.
    func uniqueness(of requests: [EnqueueRequest], for broker: any Broker) async throws -> UniqueJobs? {
        guard requests.contains(where: { $0.uniqueKey != nil }) else { return nil }
        return try await outbox().map { UniqueJobs($0, broker) }
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

    /// What keeps jobs with long delays; `nil` if none is delayed, or no store is named.
    func delays(of requests: [EnqueueRequest], for broker: any Broker) async throws -> OutboxDelays? {
        guard requests.contains(where: { $0.delay > .zero }) else { return nil }
        return try await outbox().map { OutboxDelays($0, broker) }
    }

    /// What attempts pass through for the store's sake, outermost first; nothing if no store is named.
    func workerMiddleware() async throws -> [any ExecutionMiddleware] {
        guard let plan, plan.url != nil else { return [] }
        let recording = ExecutionRecording(
            try await results(), jobs: plan.jobs, options: plan.recording, clock: plan.clock, logger: plan.logger)
        return [recording] + (try await outbox().map { [UniqueKeys($0, logger: plan.logger)] } ?? [])
    }

    private func contract<Contract>(_ use: StoreUse<Contract>, _ lack: String) async throws -> Contract {
        let url = try requirePlan().requireURL()
        guard let contract = try await connections.checkedConnection(to: url)[use] else {
            throw SQJobsError(.unsupported, "The store \(url) \(lack): name another with --store.")
        }
        return contract
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
