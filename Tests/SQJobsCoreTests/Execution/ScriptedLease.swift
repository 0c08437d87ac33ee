import SQJobsCore
import Synchronization

/// A worker's side of an execution, as a test scripts it: it writes down what is asked of it.
final class ScriptedLease: ExecutionLease {
    let log: EventLog
    private let settles: Bool
    private let reason: Mutex<CancellationReason?>
    private let settlements = Mutex<[Settlement]>([])

    /// - Parameters:
    ///   - log: Where to write what is asked, as `settle delete` and the like.
    ///   - settles: What a settlement answers.
    ///   - cancellation: Why the attempt was cancelled.
    init(_ log: EventLog = EventLog(), settles: Bool = true, cancellation: CancellationReason? = nil) {
        self.log = log
        self.settles = settles
        reason = Mutex(cancellation)
    }

    var cancellation: CancellationReason? { reason.withLock(\.self) }

    /// What the message was settled with; more than one would be a fault.
    var settlement: Settlement? {
        let all = settlements.withLock(\.self)
        return all.count == 1 ? all[0] : nil
    }

    /// For how long the message was released.
    var releaseDelay: Duration? {
        guard case .release(.after(let delay))? = settlement else { return nil }
        return delay
    }

    func runCancellably(_ work: @escaping @Sendable () async -> JobOutcome) async -> JobOutcome {
        await work()
    }

    func cancel(_ reason: CancellationReason) {
        log.add("cancel for \(reason)")
    }

    func cancel(after timeout: Duration) {
        log.add("cancel after \(timeout)")
    }

    func leavePlace() {
        log.add("leave place")
    }

    func extend(by duration: Duration) async throws {
        log.add("extend by \(duration)")
    }

    func settle(_ settlement: Settlement) async -> Bool {
        settlements.withLock { $0.append(settlement) }
        switch settlement {
        case .delete: log.add("settle delete")
        case .release(.after(let delay)): log.add("settle release after \(delay)")
        case .release(.queueDefault): log.add("settle release by the queue's default")
        case .bury: log.add("settle bury")
        case .leave: log.add("settle leave")
        }
        return settles
    }
}
