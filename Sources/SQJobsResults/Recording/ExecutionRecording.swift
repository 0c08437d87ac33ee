public import Logging
public import SQJobsCore

import struct Foundation.Data

/// Claims the row of each job that stores its result before it is run, and writes how the attempt ended before its
/// message is settled.
///
/// ```swift
/// let worker = Worker(
///     broker: broker, queues: ["my_queue"], jobs: jobs,
///     middleware: .standard + [ExecutionRecording(store, jobs: jobs)])
/// ```
///
/// Put it last: what comes before it sees the attempt as it is recorded. A job that succeeded before is not run again and
/// its message deleted; one that another worker runs is put off for what is left of that worker's lease. An attempt whose
/// row somebody else claimed meanwhile does not settle its message: both are the other worker's by then. While the store
/// cannot be reached, jobs wait, and with them their messages.
public final class ExecutionRecording: ExecutionMiddleware {
    private let store: any ResultStore
    private let jobs: RecordedJobs
    private let options: RecordingOptions
    private let patience: StorePatience
    private let claims: StoreBatches<ClaimRequest, ClaimAnswer>
    private let completions: StoreBatches<ResultCompletion, Bool>
    private let leases: RowLeases
    private let progress: ProgressReports
    private let pruning: Pruning

    /// Makes the middleware.
    ///
    /// - Parameters:
    ///   - store: Where the rows are kept.
    ///   - jobs: The jobs, of which those that store their result are recorded.
    ///   - options: What is recorded.
    ///   - clock: What measures how long to wait until leases are renewed or the store is asked again.
    ///   - logger: Where it logs to.
    public init(
        _ store: any ResultStore, jobs: JobRegistry, options: RecordingOptions = RecordingOptions(),
        clock: JobClock = .system, logger: Logger = Logger(label: "sqjobs.results")
    ) {
        self.store = store
        self.jobs = RecordedJobs(jobs)
        self.options = options
        patience = StorePatience(clock: clock, logger: logger)
        let lease = options.lease
        claims = StoreBatches(clock: clock) { try await store.claim($0, lease: lease) }
        completions = StoreBatches(clock: clock, weight: \.weight) { try await store.complete($0) }
        leases = RowLeases(store, lease: lease, clock: clock, logger: logger)
        progress = ProgressReports(store, clock: clock, logger: logger)
        pruning = Pruning(store, options.retention, clock: clock, logger: logger)
    }

    /// Makes sure that the options can be used and that the store's schema is this program's.
    public func prepare() async throws {
        try options.validate()
        try await store.requireSchema()
    }

    /// Claims, runs and records.
    public func execute(_ context: JobContext, next: () async -> JobOutcome) async -> JobOutcome {
        guard let job = jobs[context.name] else { return await next() }
        do {
            switch try await claim(context) {
            case .started(let claim, let attempt):
                context.countAttempt(attempt)
                return await run(job, under: claim, context, next)
            case .succeeded:
                return .unneeded
            case .held(let remaining):
                return .deferred(remaining)
            }
        } catch let error as StorePatience.GivenUp {
            return .cancelled(error.reason)
        } catch {
            return putOff(context, error)
        }
    }

    private func claim(_ context: JobContext) async throws -> ClaimAnswer {
        let id = try ResultID(of: context.id)
        try StorableText.check(context.name, "name", job: context.name)
        try StorableText.check(context.queue.rawValue, "queue", job: context.name)
        let request = ClaimRequest(
            id: id, name: context.name, queue: context.queue,
            arguments: options.keepsArguments ? context.message.arguments : nil)
        return try await patience.answer(for: context, to: "start") { try await claims.answer(to: request) }
    }

    private func run(
        _ job: any StoresResult.Type, under claim: ResultClaim, _ context: JobContext, _ next: () async -> JobOutcome
    ) async -> JobOutcome {
        leases.hold(claim, for: context.lease)
        context.onProgress { [progress] in progress.add(JobProgress(fraction: $0, note: $1), of: claim) }
        let attempt = RecordedAttempt(await next(), of: job, stack: options.stack)
        context.lease?.leavePlace()
        context.onProgress(nil)
        progress.forget(claim)
        // From here on the token alone protects the row: a renewal that came after the row was written would be refused.
        leases.letGo(claim)
        defer { pruning.jobEnded() }
        return await write(attempt, under: claim, context)
    }

    private func write(
        _ attempt: RecordedAttempt, under claim: ResultClaim, _ context: JobContext
    ) async -> JobOutcome {
        let completion = ResultCompletion(claim: claim, ending: attempt.ending)
        do {
            let isWritten = try await patience.answer(for: context, to: "finish") {
                try await completions.answer(to: completion)
            }
            return isWritten ? attempt.outcome : .cancelled(.leaseLost)
        } catch let error as StorePatience.GivenUp {
            return .cancelled(error.reason)
        } catch {
            guard let failed = attempt.withoutOutput(because: error) else { return putOff(context, error) }
            return await write(failed, under: claim, context)
        }
    }

    /// The store refuses what it was asked for: the message comes back when that may have been mended.
    private func putOff(_ context: JobContext, _ error: any Error) -> JobOutcome {
        context.logger.error("the job cannot be recorded: put off", metadata: ["error": "\(error)"])
        return .deferred(Self.refusalDelay)
    }

    private static let refusalDelay = Duration.seconds(60)
}

extension ResultCompletion {
    /// The bytes of the output, which may be many.
    fileprivate var weight: Int {
        guard case .success(let output?) = ending else { return 0 }
        return output.count
    }
}
