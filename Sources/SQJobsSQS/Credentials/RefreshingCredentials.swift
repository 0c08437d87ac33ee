import Logging
import SQJobsCore
import Synchronization

/// Keeps a source's credentials and renews them before they end, for any number of callers with one fetch at a time.
final class RefreshingCredentials: CredentialProvider {
    private typealias Waiter = CheckedContinuation<AWSCredentials, any Error>

    private struct State {
        var cache = CredentialCache()
        var waiters: [Int: Waiter] = [:]
        var lastWaiter = 0
    }

    private let source: any CredentialSource
    private let clock: JobClock
    private let logger: Logger
    private let state = Mutex(State())

    /// Makes a provider.
    ///
    /// - Parameters:
    ///   - source: Where credentials come from.
    ///   - clock: Says when they end.
    ///   - logger: Is told when they cannot be renewed while the old ones are still good.
    init(_ source: any CredentialSource, clock: JobClock, logger: Logger) {
        self.source = source
        self.clock = clock
        self.logger = logger
    }

    func credentials() async throws -> AWSCredentials {
        if let settled = state.withLock({ $0.cache.settled(now: clock.now(), elapsed: clock.elapsed()) }) {
            return settled
        }
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { ask(id, $0) }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume(throwing: CancellationError())
        }
    }

    func invalidate(_ rejected: AWSCredentials) async {
        state.withLock { $0.cache.invalidate(rejected) }
    }

    /// Answers a caller, now or once there is something to answer with.
    private func ask(_ id: Int, _ waiter: Waiter) {
        // A task cancelled before its waiter is noted down is seen here, one cancelled later is seen by the handler.
        let step: CredentialCache.Step? = state.withLock { state in
            guard !Task.isCancelled else { return nil }
            let step = state.cache.next(now: clock.now(), elapsed: clock.elapsed())
            if step == .wait || step == .fetchAndWait { state.waiters[id] = waiter }
            return step
        }
        switch step {
        case nil: waiter.resume(throwing: CancellationError())
        case .use(let credentials): waiter.resume(returning: credentials)
        case .fetchAndUse(let credentials):
            waiter.resume(returning: credentials)
            startFetching()
        case .wait: break
        case .fetchAndWait: startFetching()
        }
    }

    /// Fetches in a task of its own, so that no caller's cancellation takes the others' credentials away.
    private func startFetching() {
        Task {
            do {
                finish(with: .success(try await fetch()))
            } catch {
                finish(with: .failure(error))
            }
        }
    }

    private func fetch() async throws -> AWSCredentials {
        let credentials: AWSCredentials
        switch try await source.load() {
        case .found(let found): credentials = found
        case .nothing(let reason):
            throw SQJobsError(.credentials, "there are no AWS credentials in \(source.name): \(reason)")
        }
        guard credentials.expiration.map({ $0 > clock.now() }) ?? true else {
            throw SQJobsError(
                .credentials,
                "the newest AWS credentials from \(source.name) have expired already; renew them, and check this machine's clock"
            )
        }
        return credentials
    }

    private func finish(with result: Result<AWSCredentials, any Error>) {
        let elapsed = clock.elapsed()
        let (waiters, answer) = state.withLock { state in
            defer { state.waiters = [:] }
            switch result {
            case .success(let credentials):
                state.cache.fetched(credentials, elapsed: elapsed)
                return (state.waiters, result)
            case .failure:
                let old = state.cache.failed(now: clock.now(), elapsed: elapsed)
                return (state.waiters, old.map { .success($0) } ?? result)
            }
        }
        if case .failure(let error) = result, case .success(let old) = answer {
            let end = old.expiration.map { "\($0)" } ?? "they are refused"
            logger.warning(
                "AWS credentials cannot be renewed; the old ones serve until \(end)", metadata: ["error": "\(error)"])
        }
        for waiter in waiters.values { waiter.resume(with: answer) }
    }
}
