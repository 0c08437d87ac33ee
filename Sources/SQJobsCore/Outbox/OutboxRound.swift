import Logging

/// One round of a relay: entries are claimed, sent queue by queue, and then removed or put off.
///
/// Killed between any two steps, the entries are still there, and are sent again once the lease has ended. Where the outbox
/// can move them to the queues in one transaction, they are removed as they are sent.
struct OutboxRound: Sendable {
    let outbox: any Outbox
    let broker: any Broker
    let configuration: RelayConfiguration
    let clock: JobClock
    let logger: Logger

    /// What the wait before another try grows by while a broker cannot be reached, and while it refuses.
    private static let unavailable = RetryPolicy.exponential(base: .milliseconds(500), cap: .seconds(10))
    private static let refused = RetryPolicy.exponential(base: .seconds(5), cap: .seconds(3600))

    /// What came of one entry.
    private struct Outcome: Sendable {
        let claim: OutboxClaim
        let error: SQJobsError?
    }

    /// Carries the round out.
    ///
    /// - Returns: How many entries were claimed.
    /// - Throws: ``SQJobsError`` of the store; what was sent until then and could not be removed is sent again.
    func carryOut() async throws -> Int {
        let claims = try await outbox.claim(
            configuration.batch, at: clock.now(), lease: configuration.lease, queues: configuration.queues)
        guard !claims.isEmpty else { return 0 }
        let record = outbox.transfer(for: broker).map { TransferRecord($0) }
        let outcomes = await send(claims, by: record)
        let moved = record?.moved ?? []
        // Middleware may have answered for a job without sending it.
        let sent = outcomes.filter { $0.error == nil }.map(\.claim.number).filter { !moved.contains($0) }
        if !sent.isEmpty { try await outbox.remove(sent) }
        // Entries that were refused together come back together, lest they go one by one instead of in batches.
        let chance = Double.random(in: 0..<1)
        let refusals = outcomes.compactMap { outcome in outcome.error.map { refusal(outcome.claim, $0, chance) } }
        if !refusals.isEmpty { try await outbox.postpone(refusals) }
        return claims.count
    }

    /// Sends entries, those of each queue beside those of the others: a queue that is slow holds up no other.
    private func send(_ claims: [OutboxClaim], by record: TransferRecord?) async -> [Outcome] {
        await withTaskGroup(of: [Outcome].self) { group in
            for (queue, claims) in Dictionary(grouping: claims, by: \.entry.queue) {
                for claims in Dictionary(grouping: claims, by: \.entry.isPrepared).values {
                    group.addTask { await send(claims, to: queue, by: record) }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func send(
        _ claims: [OutboxClaim], to queue: QueueName, by record: TransferRecord?
    ) async -> [Outcome] {
        do {
            let answers = try await broker.deliver(
                claims.map { $0.request(by: record) }, to: queue, isPrepared: claims.allSatisfy(\.entry.isPrepared))
            var rest = answers[...]
            return claims.map { claim in
                guard case .failure(let error)? = rest.popFirst() else { return Outcome(claim: claim, error: nil) }
                return Outcome(claim: claim, error: error)
            }
        } catch {
            let error =
                error as? SQJobsError
                ?? SQJobsError(.unknownOutcome, "The job may not have been sent.", queue: queue, underlying: error)
            return claims.map { Outcome(claim: $0, error: error) }
        }
    }

    private func refusal(_ claim: OutboxClaim, _ error: SQJobsError, _ chance: Double) -> OutboxRefusal {
        logger.warning(
            "a job in the outbox could not be sent: trying again later",
            metadata: [
                "job": "\(claim.entry.message.name)", "job_id": "\(claim.entry.message.id)",
                "queue": "\(claim.entry.queue)", "error": "\(error)",
            ])
        let isTransient = [.brokerUnavailable, .unknownOutcome, .storeUnavailable, .shuttingDown].contains(error.code)
        let policy = isTransient ? Self.unavailable : Self.refused
        var wait = Duration.zero
        if case .after(let delay)? = policy.delay(afterAttempt: claim.refusals + 1, chance: chance) { wait = delay }
        return OutboxRefusal(claim, error: "\(error)", delay: wait)
    }
}

extension OutboxClaim {
    /// The entry's job as the enqueue middleware and the broker are given it.
    fileprivate func request(by transfer: (any OutboxTransfer)?) -> EnqueueRequest {
        var request = entry.request
        request.transferOrder = transfer.map { TransferOrder($0, .entry(number: number, token: token)) }
        return request
    }
}
