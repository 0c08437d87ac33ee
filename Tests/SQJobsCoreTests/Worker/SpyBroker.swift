import SQJobsTesting
import Synchronization

@testable import SQJobsCore

/// The broker in memory, with an eye on what a worker asks of it, and faults on demand.
struct SpyBroker: Broker {
    /// What the worker did, and what is to go wrong.
    struct State {
        var receives = 0
        var receiving = 0
        var mostReceiving = 0
        var visibilities: Set<Duration> = []
        var deletes: [[String]] = []
        var releases: [[String: Duration]] = []
        var extensions: [[String]] = []
        var extensionLengths: [Duration] = []
        var burials: [String: String] = [:]

        /// While it is set, every call fails with it.
        var outage: SQJobsError?
        /// Whether receives end as if they were cancelled.
        var cancelsReceives = false
        /// What the entries of these messages are answered, in a batch, so often.
        var refusals: [String: (error: SQJobsError, times: Int)] = [:]
        /// What whole calls that settle are answered, so often.
        var refusedCalls: (error: SQJobsError, times: Int) = (SpyBroker.unavailable, 0)
        /// How many answers to a renewal go missing.
        var unansweredExtensions = 0
    }

    let memory: InMemoryBroker
    var enqueueMiddleware: [any EnqueueMiddleware] = []
    let state: Shared<State>

    static let unavailable = SQJobsError(.brokerUnavailable, "The broker is not there: try again later.")

    init(_ memory: InMemoryBroker) {
        self.memory = memory
        state = Shared(State())
    }

    var clock: JobClock { memory.clock }
    var administration: (any QueueAdministration)? { memory.administration }

    func capabilities(of queue: QueueName) async throws -> QueueCapabilities {
        try await memory.capabilities(of: queue)
    }

    func send(_ messages: [OutgoingMessage], to queue: QueueName) async throws -> [Result<SentMessage, SQJobsError>] {
        try await memory.send(messages, to: queue)
    }

    func receive(from queue: QueueName, count: Int, wait: Duration, visibility: Duration) async throws -> [Delivery] {
        let fault = state.change { state -> (any Error)? in
            state.receives += 1
            state.receiving += 1
            state.mostReceiving = max(state.mostReceiving, state.receiving)
            state.visibilities.insert(visibility)
            return state.cancelsReceives ? CancellationError() : state.outage
        }
        defer { state.change { $0.receiving -= 1 } }
        if let fault { throw fault }
        return try await memory.receive(from: queue, count: count, wait: wait, visibility: visibility)
    }

    func extend(_ deliveries: [Delivery], by duration: Duration) async throws -> [Result<Void, SQJobsError>] {
        let (outage, missing) = state.change { state in
            state.extensions.append(deliveries.map(\.messageID))
            state.extensionLengths.append(duration)
            return (state.outage, state.unansweredExtensions)
        }
        if let outage { throw outage }
        return try await memory.extend(deliveries, by: duration).dropLast(missing)
    }

    func release(_ releases: [Release]) async throws -> [Result<Void, SQJobsError>] {
        try refuseCall()
        state.change { state in
            state.releases.append(
                Dictionary(releases.map { ($0.delivery.messageID, $0.delay) }, uniquingKeysWith: { $1 }))
        }
        return try await answer(releases, \.delivery) { try await memory.release($0) }
    }

    func delete(_ deliveries: [Delivery]) async throws -> [Result<Void, SQJobsError>] {
        state.change { $0.deletes.append(deliveries.map(\.messageID)) }
        try refuseCall()
        return try await answer(deliveries, \.self) { try await memory.delete($0) }
    }

    func bury(_ deliveries: [Delivery], reason: String) async throws -> [Result<Void, SQJobsError>] {
        try refuseCall()
        state.change { state in for delivery in deliveries { state.burials[delivery.messageID] = reason } }
        return try await answer(deliveries, \.self) { try await memory.bury($0, reason: reason) }
    }

    func shutdown() async {
        await memory.shutdown()
    }

    private func refuseCall() throws {
        let error = state.change { state -> SQJobsError? in
            if let outage = state.outage { return outage }
            guard state.refusedCalls.times > 0 else { return nil }
            state.refusedCalls.times -= 1
            return state.refusedCalls.error
        }
        if let error { throw error }
    }

    /// Refuses the entries that are to be refused, and lets the others through.
    private func answer<Entry>(
        _ entries: [Entry], _ delivery: KeyPath<Entry, Delivery>,
        _ call: ([Entry]) async throws -> [Result<Void, SQJobsError>]
    ) async throws -> [Result<Void, SQJobsError>] {
        let refusals = state.change { state in
            entries.map { entry -> SQJobsError? in
                let id = entry[keyPath: delivery].messageID
                guard let refusal = state.refusals[id], refusal.times > 0 else { return nil }
                state.refusals[id]?.times -= 1
                return refusal.error
            }
        }
        var answers = try await call(zip(entries, refusals).filter { $1 == nil }.map(\.0))[...]
        return refusals.map { refusal in refusal.map { .failure($0) } ?? answers.removeFirst() }
    }
}
