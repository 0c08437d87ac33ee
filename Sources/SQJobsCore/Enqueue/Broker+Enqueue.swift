extension Broker {
    /// Enqueues a job.
    ///
    /// - Parameters:
    ///   - job: The job's class.
    ///   - parameters: What the job is to be given.
    ///   - options: A delay, another queue, a group and the like.
    /// - Returns: The ticket, with the job's id.
    /// - Throws: ``SQJobsError``: among others `queueDoesNotExist`, `messageTooLarge`, `delayTooLong`,
    ///   `brokerUnavailable`, and `unknownOutcome` when the job may have been enqueued.
    @discardableResult
    public func enqueue<J: JobProtocol>(
        _ job: J.Type, _ parameters: J.Parameters, _ options: EnqueueOption...
    ) async throws -> JobTicket<J.Output> {
        let envelope = EnqueueEnvelope(name: J.name, queue: J.queue, options: options)
        return try await enqueue([JobArguments(encoding: parameters)], in: envelope)[0].get()
    }

    /// Enqueues a job that takes no parameters.
    ///
    /// - Parameters:
    ///   - job: The job's class.
    ///   - options: A delay, another queue, a group and the like.
    /// - Returns: The ticket, with the job's id.
    /// - Throws: ``SQJobsError``, as for a job with parameters.
    @discardableResult
    public func enqueue<J: JobProtocol>(
        _ job: J.Type, _ options: EnqueueOption...
    ) async throws -> JobTicket<J.Output> where J.Parameters == NoParameters {
        let envelope = EnqueueEnvelope(name: J.name, queue: J.queue, options: options)
        return try await enqueue([JobArguments(encoding: NoParameters())], in: envelope)[0].get()
    }

    /// Enqueues many jobs of one class, in as few requests as the broker allows.
    ///
    /// - Parameters:
    ///   - job: The jobs' class.
    ///   - batch: What each job is to be given.
    ///   - options: A delay, another queue, a group and the like, for all of them.
    /// - Returns: For each job, in order, its ticket or why it was not sent; with code `unknownOutcome` it may have been.
    /// - Throws: ``SQJobsError`` when nothing was sent.
    @discardableResult
    public func enqueue<J: JobProtocol>(
        _ job: J.Type, batch: [J.Parameters], _ options: EnqueueOption...
    ) async throws -> [Result<JobTicket<J.Output>, SQJobsError>] {
        let envelope = EnqueueEnvelope(name: J.name, queue: J.queue, options: options)
        return try await enqueue(try JobArguments.encode(batch), in: envelope)
    }

    /// Enqueues a job by its name: one that is written in another language, or that this program does not know.
    ///
    /// - Parameters:
    ///   - name: The name under which the workers know the job.
    ///   - queue: The queue.
    ///   - args: The positional arguments.
    ///   - kwargs: The keywords.
    ///   - options: A delay, a group and the like.
    /// - Returns: The ticket, with the job's id.
    /// - Throws: ``SQJobsError``, as for a job given by its class.
    @discardableResult
    public func enqueue(
        named name: String, on queue: QueueName, args: [JSONValue] = [], kwargs: [String: JSONValue] = [:],
        _ options: EnqueueOption...
    ) async throws -> JobTicket<JSONValue> {
        let envelope = EnqueueEnvelope(name: name, queue: queue, options: options)
        return try await enqueue([JobArguments(args: args, kwargs: kwargs)], in: envelope)[0].get()
    }

    /// Turns arguments into messages, passes them through the middleware and sends them.
    package func enqueue<Output>(
        _ arguments: [JobArguments], in envelope: EnqueueEnvelope
    ) async throws -> [Result<JobTicket<Output>, SQJobsError>] {
        let requests = try envelope.requests(for: arguments, at: clock.now())
        let capabilities = try await capabilities(of: envelope.queue)
        var answers = try await pass(requests, to: envelope.queue, capabilities, enqueueMiddleware[...])[...]
        return requests.map { request in
            (answers.popFirst() ?? .failure(.unanswered(envelope.queue))).map {
                JobTicket(
                    id: $0.jobID ?? request.message.id, name: request.message.name, queue: envelope.queue,
                    messageID: $0.messageID)
            }
        }
    }

    /// Sends what waited in an outbox, through the middleware unless it has passed that already.
    func deliver(
        _ requests: [EnqueueRequest], to queue: QueueName, isPrepared: Bool
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        let capabilities = try await capabilities(of: queue)
        return try await pass(requests, to: queue, capabilities, isPrepared ? [] : enqueueMiddleware[...])
    }

    private func pass(
        _ requests: [EnqueueRequest], to queue: QueueName, _ capabilities: QueueCapabilities,
        _ middleware: ArraySlice<any EnqueueMiddleware>
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        guard let first = middleware.first else {
            return try await send(requests, to: queue, capabilities)
        }
        return try await first.enqueue(requests, to: queue) {
            try await pass($0, to: queue, capabilities, middleware.dropFirst())
        }
    }

    /// Sends the messages that their queue can hold, each as it is to be sent; the others keep their errors.
    private func send(
        _ requests: [EnqueueRequest], to queue: QueueName, _ capabilities: QueueCapabilities
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        let checked = requests.map { $0.outgoing(to: queue, capabilities) }
        guard let transfer = requests.lazy.compactMap(\.transferOrder?.transfer).first else {
            let messages = checked.compactMap { try? $0.get() }
            let answers = messages.isEmpty ? [] : try await send(messages, to: queue)
            return Self.merge(answers, into: checked, queue)
        }
        let orders = requests.map(\.transferOrder)
        let plain = zip(checked, orders).compactMap { message, order in order == nil ? try? message.get() : nil }
        let parcels = zip(checked, orders).compactMap { message, order in
            order.flatMap { order in (try? message.get()).map { OutboxParcel($0, condition: order.condition) } }
        }
        let sent = plain.isEmpty ? [] : try await send(plain, to: queue)
        let moved = try await move(parcels, by: transfer, to: queue, areAlone: plain.isEmpty)
        var (rest, others) = (sent[...], moved[...])
        let answers = zip(checked, orders).compactMap { message, order -> Result<SentMessage, SQJobsError>? in
            guard case .success = message else { return nil }
            return (order == nil ? rest.popFirst() : others.popFirst()) ?? .failure(.unanswered(queue))
        }
        return Self.merge(answers, into: checked, queue)
    }

    /// The answers of messages that were sent, between the errors of those that were not.
    private static func merge(
        _ answers: [Result<SentMessage, SQJobsError>], into checked: [Result<OutgoingMessage, SQJobsError>],
        _ queue: QueueName
    ) -> [Result<SentMessage, SQJobsError>] {
        var answers = answers[...]
        return checked.map { $0.flatMap { _ in answers.popFirst() ?? .failure(.unanswered(queue)) } }
    }

    /// Sends messages of which a store's transaction sees to more than the sending. Once others were sent, a failure is that
    /// of these alone.
    private func move(
        _ parcels: [OutboxParcel], by transfer: any OutboxTransfer, to queue: QueueName, areAlone: Bool
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        guard !parcels.isEmpty else { return [] }
        do {
            return try await transfer.send(parcels, to: queue)
        } catch let error as SQJobsError where !areAlone {
            return parcels.map { _ in .failure(error) }
        }
    }
}

extension SQJobsError {
    /// A broker or a middleware broke its contract: fewer answers than messages.
    static func unanswered(_ queue: QueueName) -> SQJobsError {
        SQJobsError(
            .unknownOutcome, "The broker did not say whether a message for the queue “\(queue)” was sent.", queue: queue
        )
    }
}
