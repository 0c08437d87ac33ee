public import Logging
public import SQJobsCore

/// Writes a `PENDING` row for each job that stores its result, before it is sent.
///
/// ```swift
/// broker.enqueueMiddleware.append(EnqueueRecording(store, jobs: jobs))
/// ```
///
/// A job that the broker refuses for certain, or that is one with another, leaves no row; one of which nobody knows
/// whether it was sent keeps it. While the store cannot be reached, nothing that would be recorded is enqueued.
public struct EnqueueRecording: EnqueueMiddleware {
    private typealias Answer = Result<SentMessage, SQJobsError>

    private let store: any ResultStore
    private let jobs: RecordedJobs
    private let options: RecordingOptions
    private let logger: Logger
    private let singles: StoreBatches<PendingResult, Bool>

    /// Makes the middleware.
    ///
    /// - Parameters:
    ///   - store: Where the rows are kept.
    ///   - jobs: The jobs, of which those that store their result are recorded.
    ///   - options: What is recorded.
    ///   - clock: What measures how long a job waits for others to be recorded with it.
    ///   - logger: Where it logs to.
    public init(
        _ store: any ResultStore, jobs: JobRegistry, options: RecordingOptions = RecordingOptions(),
        clock: JobClock = .system, logger: Logger = Logger(label: "sqjobs.results")
    ) {
        self.store = store
        self.jobs = RecordedJobs(jobs)
        self.options = options
        self.logger = logger
        singles = StoreBatches(clock: clock) { try await store.recordPending($0) }
    }

    /// Records the jobs, passes them on, and takes back what was refused.
    public func enqueue(
        _ requests: [EnqueueRequest], to queue: QueueName,
        next: ([EnqueueRequest]) async throws -> [Result<SentMessage, SQJobsError>]
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        let checked = requests.map { check($0, queue) }
        let sendable = zip(requests, checked).compactMap { request, entry in (try? entry.get()) == nil ? nil : request }
        let pending = checked.compactMap { try? $0.get().result }
        guard !pending.isEmpty else {
            return Self.merge(checked, sendable.isEmpty ? [] : try await next(sendable))
        }
        let inserted = Set(zip(pending, try await record(pending)).filter(\.1).map(\.0.id))
        let answers: [Answer]
        do {
            answers = try await next(sendable)
        } catch let error as SQJobsError where error.code != .unknownOutcome {
            await withdraw(Array(inserted))
            throw error
        }
        let merged = Self.merge(checked, answers)
        let refused = zip(checked, merged).compactMap { entry, answer -> ResultID? in
            guard let id = try? entry.get().result?.id else { return nil }
            return switch answer {
            case .success(let sent): sent.jobID.map { $0 != id.rawValue } == true ? id : nil
            case .failure(let error): error.code == .unknownOutcome ? nil : id
            }
        }
        await withdraw(refused.filter(inserted.contains))
        return merged
    }

    /// One job on its way, and its row if it has one.
    private struct Entry {
        var result: PendingResult?
    }

    private func check(_ request: EnqueueRequest, _ queue: QueueName) -> Result<Entry, SQJobsError> {
        guard jobs[request.message.name] != nil else { return .success(Entry()) }
        do {
            let id = try ResultID(of: request.message.id)
            try StorableText.check(request.message.name, "name", job: request.message.name)
            try StorableText.check(queue.rawValue, "queue", job: request.message.name)
            return .success(
                Entry(
                    result: PendingResult(
                        id: id, name: request.message.name, queue: queue,
                        arguments: options.keepsArguments ? request.message.arguments : nil, delay: request.delay)))
        } catch {
            return .failure(
                error as? SQJobsError ?? SQJobsError(.unstorable, "The job cannot be kept.", underlying: error))
        }
    }

    private func record(_ pending: [PendingResult]) async throws -> [Bool] {
        pending.count == 1 ? [try await singles.answer(to: pending[0])] : try await store.recordPending(pending)
    }

    private func withdraw(_ ids: [ResultID]) async {
        guard !ids.isEmpty else { return }
        do {
            try await store.withdraw(ids)
        } catch {
            logger.warning(
                "rows of jobs that were not sent could not be removed: they are pruned in time",
                metadata: ["jobs": "\(ids.count)", "error": "\(error)"])
        }
    }

    /// The answers in the order of the requests; those that could not be passed on keep their errors.
    private static func merge(_ checked: [Result<Entry, SQJobsError>], _ answers: [Answer]) -> [Answer] {
        var answers = answers[...]
        return checked.map { $0.flatMap { _ in answers.popFirst() ?? .failure(unanswered) } }
    }

    private static var unanswered: SQJobsError {
        SQJobsError(.unknownOutcome, "The broker did not say whether a message was sent.")
    }
}
