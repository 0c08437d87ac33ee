/// Enqueues of the jobs that share a unique key only one: the others' tickets carry its id.
///
/// ```swift
/// broker.enqueueMiddleware.append(UniqueJobs(store, broker))
/// try await broker.enqueue(Reindex.self, .uniqueKey("reindex"))
/// ```
///
/// It comes before what records jobs. Workers free a key with ``UniqueKeys`` when its job starts. Where the broker's queues
/// are kept in the store of the keys, a key is reserved in the transaction that sends its job; elsewhere a process that is
/// killed in between leaves a key without a job, until it runs out.
public struct UniqueJobs: EnqueueMiddleware {
    private let outbox: any Outbox
    private let broker: any Broker

    /// Makes the middleware.
    ///
    /// - Parameters:
    ///   - outbox: Where the keys are kept.
    ///   - broker: Where the jobs are sent.
    public init(_ outbox: any Outbox, _ broker: any Broker) {
        self.outbox = outbox
        self.broker = broker
    }

    /// Reserves the jobs' keys, passes on the jobs that got theirs, and frees the keys of those that were refused.
    public func enqueue(
        _ requests: [EnqueueRequest], to queue: QueueName,
        next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        let wanted = requests.compactMap(\.reservation)
        guard !wanted.isEmpty else { return try await next(requests) }
        for key in wanted.map(\.key) where key.isEmpty || key.utf8.contains(0) {
            throw SQJobsError(
                .invalidConfiguration, "A unique key must be a text without NUL that is not empty.", queue: queue)
        }
        // A delay that the queue cannot hold goes another way, on which there is no transaction to reserve the key in.
        if let transfer = outbox.transfer(for: broker), try await broker.capabilities(of: queue).longestDelay == nil {
            return try await next(requests.map { $0.reserving(by: transfer) })
        }
        var holders = try await outbox.reserve(wanted)[...]
        let owners = requests.map { $0.reservation == nil ? nil : holders.popFirst() }
        let passed = zip(requests, owners).filter { $1 == nil || $1 == $0.message.id }.map { $0.0.withoutUniqueKey }
        var answers: ArraySlice<Result<SentMessage, SQJobsError>>
        do {
            answers = passed.isEmpty ? [] : try await next(passed)[...]
        } catch let error as SQJobsError where error.code != .unknownOutcome {
            try? await outbox.free(wanted)
            throw error
        }
        let merged = zip(requests, owners).map { request, owner -> Result<SentMessage, SQJobsError> in
            if let owner, owner != request.message.id { return .success(SentMessage(messageID: owner, jobID: owner)) }
            return answers.popFirst() ?? .failure(.unanswered(queue))
        }
        let refused = zip(requests, merged).compactMap { request, answer -> UniqueReservation? in
            guard case .failure(let error) = answer, error.code != .unknownOutcome else { return nil }
            return request.reservation
        }
        // A key that cannot be freed now runs out in time.
        if !refused.isEmpty { try? await outbox.free(refused) }
        return merged
    }
}

extension EnqueueRequest {
    fileprivate var reservation: UniqueReservation? {
        uniqueKey.map {
            UniqueReservation(key: $0.text, jobID: message.id, lifetime: $0.lifetime(delay: delay))
        }
    }

    /// The job on its way to where its key is reserved.
    fileprivate func reserving(by transfer: any OutboxTransfer) -> EnqueueRequest {
        guard let reservation else { return self }
        var request = withoutUniqueKey
        request.transferOrder = TransferOrder(transfer, .key(reservation))
        return request
    }

    /// The job on its way with the key reserved; one that is to be freed travels with it.
    fileprivate var withoutUniqueKey: EnqueueRequest {
        guard let uniqueKey else { return self }
        var request = self
        request.uniqueKey = nil
        if uniqueKey.period == nil { request.attributes[UniqueKey.attribute] = uniqueKey.text }
        return request
    }
}
