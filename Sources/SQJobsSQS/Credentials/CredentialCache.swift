import struct Foundation.Date
import struct Foundation.TimeInterval

/// What is kept between two fetches, and when the next is due: a state machine without a clock.
///
/// AWS's tools fetch anew from 15 minutes before the end, and callers wait for new ones from 10 minutes before it.
struct CredentialCache: Sendable {
    /// From how long before the end new ones are fetched while the old ones serve, in seconds.
    static let advisory: TimeInterval = 15 * 60
    /// From how long before the end callers wait for new ones, in seconds.
    static let mandatory: TimeInterval = 10 * 60
    /// How long nothing is fetched after a fetch while what there is still is good: it may have failed, or have brought
    /// credentials that last no longer than ``advisory``, as those of a role may.
    static let pause = Duration.seconds(60)

    /// What a caller has to do.
    enum Step: Sendable, Equatable {
        /// Take these.
        case use(AWSCredentials)
        /// Start fetching, and take these meanwhile.
        case fetchAndUse(AWSCredentials)
        /// Wait for what is being fetched.
        case wait
        /// Start fetching, and wait for it.
        case fetchAndWait
    }

    private var current: AWSCredentials?
    private var isFetching = false
    private var pausedUntil: Duration?

    /// The credentials if they are good and no fetch is due.
    func settled(now: Date, elapsed: Duration) -> AWSCredentials? {
        guard let current = good(at: now) else { return nil }
        guard let left = left(of: current, at: now), left <= Self.advisory else { return current }
        guard let pausedUntil, elapsed < pausedUntil else { return nil }
        return current
    }

    /// Says what a caller has to do; after a step that starts fetching, ``fetched(_:elapsed:)`` or
    /// ``failed(now:elapsed:)`` must follow.
    mutating func next(now: Date, elapsed: Duration) -> Step {
        if let settled = settled(now: now, elapsed: elapsed) { return .use(settled) }
        let wasFetching = isFetching
        isFetching = true
        guard let current = good(at: now), let left = left(of: current, at: now), left > Self.mandatory else {
            return wasFetching ? .wait : .fetchAndWait
        }
        return wasFetching ? .use(current) : .fetchAndUse(current)
    }

    /// Takes what was fetched.
    mutating func fetched(_ credentials: AWSCredentials, elapsed: Duration) {
        current = credentials
        isFetching = false
        pausedUntil = elapsed + Self.pause
    }

    /// Notes that fetching failed.
    ///
    /// - Returns: The old credentials if they are still good; callers that wait take them.
    mutating func failed(now: Date, elapsed: Duration) -> AWSCredentials? {
        isFetching = false
        pausedUntil = elapsed + Self.pause
        return good(at: now)
    }

    /// Drops credentials that AWS refused; others stay.
    mutating func invalidate(_ rejected: AWSCredentials) {
        if current == rejected { current = nil }
    }

    private func good(at now: Date) -> AWSCredentials? {
        guard let current else { return nil }
        return left(of: current, at: now).map { $0 > 0 } ?? true ? current : nil
    }

    private func left(of credentials: AWSCredentials, at now: Date) -> TimeInterval? {
        credentials.expiration?.timeIntervalSince(now)
    }
}
