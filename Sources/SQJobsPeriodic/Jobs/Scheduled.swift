public import SQJobsCore
public import SQJobsCron

/// A job that beaters enqueue by a schedule: what ``PeriodicJob`` conforms to, and a job that is something else too may
/// conform to by itself.
///
/// ```swift
/// final class Nightly: ResultJob<Tick, Report>, Scheduled { … }
/// ```
///
/// Its parameters are usually a ``Tick``; other parameters see the firing's keywords only if they declare them.
public protocol Scheduled: JobProtocol {
    /// When the job is enqueued. An `H` in it is spread by the job's name.
    static var schedule: CronExpression { get }
    /// The name of the time zone whose clock the schedule follows, such as `Europe/Madrid`; `UTC` unless said otherwise.
    static var timeZone: String { get }
    /// What becomes of firings that no beater was there for.
    static var missedFirings: MissedFirings { get }
    /// How late a firing may be enqueued; `nil` for however late.
    static var lateness: Duration? { get }
}

extension Scheduled {
    /// `UTC`.
    public static var timeZone: String { "UTC" }
    /// The latest.
    public static var missedFirings: MissedFirings { .latest }
    /// However late.
    public static var lateness: Duration? { nil }
}
