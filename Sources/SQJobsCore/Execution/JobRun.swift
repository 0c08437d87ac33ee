import Logging

/// One message's run of one job, with the job's types hidden: perform it, settle its message, then call its hooks.
package protocol JobRunProtocol: AnyObject {
    /// Binds the message's arguments to the job's parameters and gives the job its context.
    func prepare(_ context: JobContext) throws

    /// How long the attempt may take, `setUp` to `tearDown`.
    var timeout: Duration? { get }

    /// Sets up, runs and tears down.
    ///
    /// - Parameter cancellation: Why the worker cancelled the task, asked when the job threw.
    func perform(_ cancellation: () -> CancellationReason?) async -> JobOutcome

    /// Calls the hooks of an outcome whose message is settled.
    func callHooks(of outcome: JobOutcome) async

    /// Who is told of each step, if anyone.
    var observer: (any StepObserver)? { get set }
}

/// One message's run of one job.
final class JobRun<J: JobProtocol>: JobRunProtocol {
    var observer: (any StepObserver)?
    private let job: J
    private var parameters: J.Parameters?

    init(_ job: J) {
        self.job = job
    }

    var timeout: Duration? { J.timeout }

    func prepare(_ context: JobContext) throws {
        parameters = try context.message.arguments.decode(J.Parameters.self, for: context.name)
        job.attach(context)
        if J.logsParameters {
            context.logger.info(
                "job arguments",
                metadata: [
                    "args": "\(String(decoding: context.message.arguments.args, as: UTF8.self))",
                    "kwargs": "\(String(decoding: context.message.arguments.kwargs, as: UTF8.self))",
                ])
        }
    }

    func perform(_ cancellation: () -> CancellationReason?) async -> JobOutcome {
        guard let parameters else { return .exhausted(Discard("the job was not prepared")) }
        do {
            return .success(output: try await output(of: parameters))
        } catch {
            switch cancellation() {
            case .timeout:
                return outcome(of: timeoutError(underlying: error))
            case let reason?:
                return .cancelled(reason)
            case nil:
                return outcome(of: error)
            }
        }
    }

    func callHooks(of outcome: JobOutcome) async {
        switch outcome {
        case .success(let output):
            guard let output = output as? J.Output else { return }
            await call(.onSuccess) { try await job.onSuccess(output) }
        case .retry:
            await call(.onRetry) { try await job.onRetry() }
        case .failure(let error, _):
            await call(.onFailure) { try await job.onFailure(error) }
        case .exhausted(let error):
            await call(.onFailure) { try await job.onFailure(error) }
            await call(.onExhausted) { try await job.onExhausted(error) }
        case .cancelled, .unneeded, .deferred:
            break
        }
    }

    private func output(of parameters: J.Parameters) async throws -> J.Output {
        try await watch(.setUp) { try await job.setUp(parameters) }
        let result: Result<J.Output, any Error>
        do {
            result = .success(try await watch(.run) { try await job.run(parameters) })
        } catch {
            result = .failure(error)
        }
        do {
            try await watch(.tearDown) { try await job.tearDown(parameters) }
        } catch {
            guard case .failure = result else { throw error }
            job.context.logger.error("tearDown failed after run did", metadata: ["error": "\(error)"])
        }
        return try result.get()
    }

    private func outcome(of error: any Error) -> JobOutcome {
        let context = job.context
        if error is Discard || context.isLastAttempt { return .exhausted(error) }
        let following = J.retryPolicy.delay(afterAttempt: context.attempt, chance: .random(in: 0..<1))
        if let retry = error as? Retry {
            return .retry(retry.delay.map { .after(max($0, .zero)) } ?? following ?? .queueDefault)
        }
        guard let following else { return .exhausted(error) }
        return .failure(error, following)
    }

    private func timeoutError(underlying: any Error) -> SQJobsError {
        let limit = J.timeout.map { " of \($0)" } ?? ""
        return SQJobsError(
            .timedOut, "The job “\(J.name)” ran into its time-out\(limit).", job: J.name, queue: job.context.queue,
            underlying: underlying)
    }

    private func call(_ hook: JobStep, _ body: () async throws -> Void) async {
        do {
            try await watch(hook, body)
        } catch {
            job.context.logger.error("\(hook) failed", metadata: ["error": "\(error)"])
        }
    }

    private func watch<Value>(_ step: JobStep, _ body: () async throws -> Value) async throws -> Value {
        guard let observer else { return try await body() }
        observer.began(step)
        do {
            let value = try await body()
            observer.ended(step, nil)
            return value
        } catch {
            observer.ended(step, error)
            throw error
        }
    }
}
