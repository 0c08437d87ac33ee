import Logging

/// Settles messages of one queue, collected into batches.
final class Settler: Sendable {
    private let calls: SettlementCalls
    private let longestRelease: Duration?
    private let deletes: BatchCollector<HeldEntry<Delivery>>
    private let releases: BatchCollector<HeldEntry<Release>>

    /// How long a settlement waits for company.
    private static let linger = Duration.milliseconds(3)

    init(_ calls: SettlementCalls, clock: JobClock) {
        self.calls = calls
        longestRelease = calls.queue.capabilities.longestRelease
        let size = calls.queue.capabilities.batchSize
        deletes = BatchCollector(.init(count: size, linger: Self.linger), clock: clock) { await calls.delete($0) }
        releases = BatchCollector(.init(count: size, linger: Self.linger), clock: clock) { await calls.release($0) }
    }

    /// Settles a message.
    func settle(_ lease: LeaseID, _ delivery: Delivery, _ settlement: Settlement) {
        switch settlement {
        case .delete:
            deletes.add(HeldEntry(lease: lease, content: delivery))
        case .release(.after(let delay)):
            let release = Release(delivery, after: min(delay, longestRelease ?? delay))
            releases.add(HeldEntry(lease: lease, content: release))
        case .bury(let reason) where calls.queue.capabilities.keepsDeadMessages:
            Task { await calls.bury(HeldEntry(lease: lease, content: delivery), reason) }
        case .bury(let reason):
            calls.reportUnkept(delivery, reason)
            deletes.add(HeldEntry(lease: lease, content: delivery))
        case .release(.queueDefault), .leave:
            calls.done([(lease, true)])
        }
    }

    /// Sends what was collected so far.
    func flush() {
        deletes.flush()
        releases.flush()
    }
}

/// Something to settle, and the lease it is held under.
struct HeldEntry<Content: Sendable>: Sendable {
    let lease: LeaseID
    let content: Content
}
