import Logging

/// The requests that settle messages of one queue; what fails in a batch is tried again alone, for as long as its lease
/// lasts.
struct SettlementCalls: Sendable {
    typealias Answers = [Result<Void, SQJobsError>]

    let broker: any Broker
    let queue: QueueState
    let clock: JobClock
    let logger: Logger
    /// Told of settlements that came to an end, those of one request together.
    let done: @Sendable ([(id: LeaseID, isDone: Bool)]) -> Void

    func delete(_ entries: [HeldEntry<Delivery>]) async {
        await settle(entries, "deleted") { try await broker.delete($0) }
    }

    func release(_ entries: [HeldEntry<Release>]) async {
        await settle(entries, "released") { try await broker.release($0) }
    }

    func bury(_ entry: HeldEntry<Delivery>, _ reason: String) async {
        await settle([entry], "buried") { try await broker.bury($0, reason: reason) }
    }

    func reportUnkept(_ delivery: Delivery, _ reason: String) {
        logger.error(
            "job is dead and its queue keeps no dead messages: deleted",
            metadata: ["message_id": "\(delivery.messageID)", "queue": "\(queue.name)", "reason": "\(reason)"])
    }

    private func settle<Content>(
        _ entries: [HeldEntry<Content>], _ what: String,
        _ call: @escaping @Sendable ([Content]) async throws -> Answers
    ) async {
        let answers = await answers(to: entries.map(\.content), call)
        var ended: [(id: LeaseID, isDone: Bool)] = []
        var failed: [(HeldEntry<Content>, SQJobsError)] = []
        for (index, entry) in entries.enumerated() {
            switch index < answers.count ? answers[index] : .failure(Self.unanswered) {
            case .success: ended.append((entry.lease, true))
            case .failure(let error): failed.append((entry, error))
            }
        }
        if !ended.isEmpty { done(ended) }
        await withDiscardingTaskGroup { group in
            for (entry, error) in failed {
                group.addTask {
                    await self.settleAlone(entry, after: error, inCompany: entries.count > 1, what, call)
                }
            }
        }
    }

    private func settleAlone<Content>(
        _ entry: HeldEntry<Content>, after first: SQJobsError, inCompany: Bool, _ what: String,
        _ call: @Sendable ([Content]) async throws -> Answers
    ) async {
        var error = first
        var pause = Duration.milliseconds(100)
        let end = clock.elapsed() + queue.visibility
        // What was refused together with others may be another one's fault.
        var isWorthTrying = error.mayPass || inCompany && error.code == .brokerRefused
        while isWorthTrying, clock.elapsed() < end {
            switch await answers(to: [entry.content], call).first ?? .failure(Self.unanswered) {
            case .success: return done([(entry.lease, true)])
            case .failure(let next): error = next
            }
            isWorthTrying = error.mayPass
            if isWorthTrying { try? await clock.sleep(pause) }
            pause = min(pause * 2, .seconds(5))
        }
        logger.warning(
            "message could not be \(what): it will be delivered again",
            metadata: ["queue": "\(queue.name)", "error": "\(error)"])
        done([(entry.lease, false)])
    }

    private func answers<Content>(
        to contents: [Content], _ call: @Sendable ([Content]) async throws -> Answers
    ) async -> Answers {
        do {
            return try await call(contents)
        } catch {
            let error =
                error as? SQJobsError
                ?? SQJobsError(.brokerUnavailable, "The broker could not be asked.", underlying: error)
            return Array(repeating: .failure(error), count: contents.count)
        }
    }

    private static let unanswered = SQJobsError(.unknownOutcome, "The broker did not answer for a message.")
}

extension SQJobsError {
    /// Whether the same call may succeed later.
    fileprivate var mayPass: Bool {
        switch code {
        case .leaseLost, .brokerRefused, .queueDoesNotExist, .unsupported, .shuttingDown: false
        default: true
        }
    }
}
