import Foundation

/// How long a job waits after a failed attempt.
public struct RetryPolicy: Sendable, Hashable {
    enum Rule: Sendable, Hashable {
        case exponential(base: Duration, cap: Duration, jitter: Double)
        case constant(Duration)
        case queueDefault
        case never
    }

    let rule: Rule

    /// Doubles the wait with each attempt: `base` after the first, twice that after the second, at most `cap`.
    ///
    /// - Parameters:
    ///   - base: The wait after the first attempt; 15 seconds unless given.
    ///   - cap: The longest wait; an hour unless given.
    ///   - jitter: The share of the wait that chance may take off, 0 to 1, so that jobs that failed together do not
    ///     come back together; a quarter unless given.
    public static func exponential(
        base: Duration = .seconds(15), cap: Duration = .seconds(3600), jitter: Double = 0.25
    ) -> Self {
        Self(rule: .exponential(base: max(base, .zero), cap: max(cap, .zero), jitter: min(max(jitter, 0), 1)))
    }

    /// Waits the same time after every attempt.
    ///
    /// - Parameter delay: The wait.
    public static func constant(_ delay: Duration) -> Self {
        Self(rule: .constant(max(delay, .zero)))
    }

    /// Leaves the message alone: it comes back when the queue's own visibility time-out ends.
    public static let queueDefault = Self(rule: .queueDefault)

    /// The first failure is the last.
    public static let never = Self(rule: .never)

    /// What follows a failed attempt.
    ///
    /// - Parameters:
    ///   - attempt: The attempt that failed, from 1.
    ///   - chance: A random number from 0 up to 1, which spreads the waits.
    package func delay(afterAttempt attempt: Int, chance: Double) -> RetryDelay? {
        switch rule {
        case .exponential(let base, let cap, let jitter):
            let doublings = min(max(attempt - 1, 0), 62)
            let longest = min(base / .seconds(1) * Double(1 << doublings), cap / .seconds(1))
            return .after(.seconds(longest * (1 - jitter * chance)))
        case .constant(let delay):
            return .after(delay)
        case .queueDefault:
            return .queueDefault
        case .never:
            return nil
        }
    }
}

extension RetryPolicy: CustomStringConvertible {
    /// The policy in words, as the command `jobs` prints it.
    public var description: String {
        switch rule {
        case .exponential(let base, let cap, _): "exponential, \(Self.words(base)) to \(Self.words(cap))"
        case .constant(let delay): "every \(Self.words(delay))"
        case .queueDefault: "the queue's visibility time-out"
        case .never: "never"
        }
    }

    /// A duration as people write it: `15s`, `1h`.
    private static func words(_ duration: Duration) -> String {
        let units: Set<Duration.UnitsFormatStyle.Unit> = [.days, .hours, .minutes, .seconds, .milliseconds]
        return duration.formatted(.units(allowed: units, width: .narrow).locale(Locale(identifier: "en_US_POSIX")))
    }
}
