extension EagerBroker {
    /// Runs a job.
    ///
    /// - Parameters:
    ///   - job: The job's class.
    ///   - parameters: What the job is given, by way of a message.
    ///   - options: As for any broker; delays are ignored.
    /// - Returns: The job's id, its output, and how many attempts it took.
    /// - Throws: What failed the last attempt, after every hook was called; `CancellationError` when the enqueueing task
    ///   was cancelled; ``SQJobsError`` when the job cannot be run, among others `unknownJob` and `invalidArguments`.
    @discardableResult
    public func enqueue<J: JobProtocol>(
        _ job: J.Type, _ parameters: J.Parameters, _ options: EnqueueOption...
    ) async throws -> EagerResult<J.Output> {
        let envelope = EnqueueEnvelope(name: J.name, queue: J.queue, options: options)
        return try await complete([JobArguments(encoding: parameters)], in: envelope)[0].get()
    }

    /// Runs a job that takes no parameters.
    ///
    /// - Parameters:
    ///   - job: The job's class.
    ///   - options: As for any broker; delays are ignored.
    /// - Returns: The job's id, its output, and how many attempts it took.
    /// - Throws: As for a job with parameters.
    @discardableResult
    public func enqueue<J: JobProtocol>(
        _ job: J.Type, _ options: EnqueueOption...
    ) async throws -> EagerResult<J.Output> where J.Parameters == NoParameters {
        let envelope = EnqueueEnvelope(name: J.name, queue: J.queue, options: options)
        return try await complete([JobArguments(encoding: NoParameters())], in: envelope)[0].get()
    }

    /// Runs many jobs of one class, one after the other in their order. One that fails does not stop the others.
    ///
    /// - Parameters:
    ///   - job: The jobs' class.
    ///   - batch: What each job is given.
    ///   - options: As for any broker; delays are ignored.
    /// - Returns: For each job, in order, how it went, or what failed its last attempt.
    /// - Throws: ``SQJobsError`` when nothing was run.
    @discardableResult
    public func enqueue<J: JobProtocol>(
        _ job: J.Type, batch: [J.Parameters], _ options: EnqueueOption...
    ) async throws -> [Result<EagerResult<J.Output>, any Error>] {
        let envelope = EnqueueEnvelope(name: J.name, queue: J.queue, options: options)
        return try await complete(batch.map { try JobArguments(encoding: $0) }, in: envelope)
    }

    /// Runs a job by its name.
    ///
    /// - Parameters:
    ///   - name: The name under which the job is registered.
    ///   - queue: The queue that the job believes it came from.
    ///   - args: The positional arguments.
    ///   - kwargs: The keywords.
    ///   - options: As for any broker; delays are ignored.
    /// - Returns: The job's id, its output as the job returned it, and how many attempts it took.
    /// - Throws: As for a job given by its class.
    @discardableResult
    public func enqueue(
        named name: String, on queue: QueueName, args: [JSONValue] = [], kwargs: [String: JSONValue] = [:],
        _ options: EnqueueOption...
    ) async throws -> EagerResult<any Sendable> {
        let envelope = EnqueueEnvelope(name: name, queue: queue, options: options)
        return try await complete([JobArguments(args: args, kwargs: kwargs)], in: envelope)[0].get()
    }

    /// Enqueues as every broker does, and keeps what `send` found out about each job for the results.
    private func complete<Output>(
        _ arguments: [JobArguments], in envelope: EnqueueEnvelope
    ) async throws -> [Result<EagerResult<Output>, any Error>] {
        var recording = self
        let completions = EagerCompletions()
        recording.completions = completions
        let answers: [Result<JobTicket<Output>, SQJobsError>] = try await recording.enqueue(arguments, in: envelope)
        return answers.map { answer in
            Result {
                do {
                    return try completions.result(of: answer.get())
                } catch let error as SQJobsError where error.code == .jobFailed {
                    throw error.underlying ?? error
                }
            }
        }
    }
}
