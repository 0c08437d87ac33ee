public import Foundation
public import Logging
public import SQJobsCore
public import SQJobsPeriodic

/// A beater for an app's tests: it fires what is due when it is told to move on, and a year is over in a moment.
///
/// ```swift
/// let clock = ManualClock()
/// let broker = RecordingBroker(clock: clock.jobClock)
/// let beater = ManualBeater(broker: broker, jobs: .ticketShop, clock: clock)
///
/// try await beater.advance(by: .seconds(86400))
/// #expect(try broker.enqueued(CloseTheDay.self).map(\.parameters.scheduledAt) == [midnight], "\(broker)")
/// ```
///
/// To see what becomes of missed firings, move the clock alone, as if no beater were there, and then the beater.
public final class ManualBeater: Sendable {
    /// Where the schedules are kept.
    public let store: any ScheduleStore
    private let beater: Beater
    private let clock: ManualClock

    /// Makes a beater.
    ///
    /// - Parameters:
    ///   - broker: Where jobs are enqueued: a ``RecordingBroker`` to look at them, an ``InMemoryBroker`` to run them.
    ///   - jobs: The jobs; those that are `Scheduled` have schedules of their own.
    ///   - clock: The clock that is moved.
    ///   - store: Where the schedules are kept; memory unless given.
    ///   - logger: Where it logs to; nowhere unless given.
    public init(
        broker: any Broker, jobs: JobRegistry, clock: ManualClock, store: (any ScheduleStore)? = nil,
        logger: Logger = Logger(label: "sqjobs.beater") { _ in SwiftLogNoOpLogHandler() }
    ) {
        let store = store ?? InMemoryScheduleStore(clock: clock.jobClock)
        self.store = store
        self.clock = clock
        beater = Beater(broker: broker, store: store, jobs: jobs, clock: clock.jobClock, logger: logger)
    }

    /// The schedules, to be added and changed.
    public var schedules: Schedules { Schedules(store, clock: clock.jobClock) }

    /// Moves the clock on by a time, and fires whatever becomes due on the way, each firing when the clock shows its time.
    ///
    /// - Parameter duration: The time; zero fires what is due already.
    /// - Returns: How many jobs were enqueued.
    /// - Throws: ``SQJobsError`` when a schedule cannot be used, or the store cannot serve.
    @discardableResult
    public func advance(by duration: Duration) async throws -> Int {
        try await advance(to: clock.now.addingTimeInterval(duration / .seconds(1)))
    }

    /// Moves the clock on to an instant, and fires whatever becomes due on the way.
    ///
    /// - Parameter date: The instant; one that has passed fires what is due already.
    /// - Returns: How many jobs were enqueued.
    /// - Throws: ``SQJobsError``, as ``advance(by:)``.
    @discardableResult
    public func advance(to date: Date) async throws -> Int {
        try await beater.synchronise()
        var count = 0
        while true {
            let report = try await beater.beat()
            count += report.firings
            while try await beater.relayOnce() > 0 {}
            guard let next = report.nextAt, next <= date else { break }
            await moveClock(to: next)
        }
        await moveClock(to: date)
        return count
    }

    private func moveClock(to date: Date) async {
        let distance = date.timeIntervalSince(clock.now)
        if distance > 0 { await clock.advance(by: .seconds(distance)) }
    }
}
