import SQJobsPeriodic
import Synchronization

/// A broker that lists what it is given to send, and refuses what a case tells it to.
struct ListingBroker: Broker {
    /// A job that was sent.
    struct Sent: Sendable {
        let queue: QueueName
        let message: JobMessage
    }

    private final class List: Sendable {
        let sent = Mutex<[Sent]>([])
        let refusal = Mutex<@Sendable (QueueName) -> SQJobsError?>({ _ in nil })
    }

    var enqueueMiddleware: [any EnqueueMiddleware] = []
    let clock: JobClock
    private let list = List()

    init(clock: JobClock) {
        self.clock = clock
    }

    var administration: (any QueueAdministration)? { nil }

    /// What was sent, in order.
    var sent: [Sent] { list.sent.withLock { $0 } }

    /// Says which queues refuse from now on, and with which error.
    func refuse(_ refusal: @escaping @Sendable (QueueName) -> SQJobsError?) {
        list.refusal.withLock { $0 = refusal }
    }

    func capabilities(of queue: QueueName) async throws -> QueueCapabilities { QueueCapabilities() }

    func send(_ messages: [OutgoingMessage], to queue: QueueName) async throws -> [Result<SentMessage, SQJobsError>] {
        if let error = list.refusal.withLock({ $0 })(queue) { return messages.map { _ in .failure(error) } }
        let decoded = try messages.map { try MessageCodec.decode($0.body, messageID: "") }
        list.sent.withLock { $0 += decoded.map { Sent(queue: queue, message: $0) } }
        return decoded.map { .success(SentMessage(messageID: $0.id)) }
    }

    func receive(
        from queue: QueueName, count: Int, wait: Duration, visibility: Duration
    ) async throws -> [Delivery] { [] }

    func extend(_ deliveries: [Delivery], by duration: Duration) async throws -> [Result<Void, SQJobsError>] {
        unheld(deliveries.count)
    }

    func release(_ releases: [Release]) async throws -> [Result<Void, SQJobsError>] { unheld(releases.count) }

    func delete(_ deliveries: [Delivery]) async throws -> [Result<Void, SQJobsError>] { unheld(deliveries.count) }

    func bury(_ deliveries: [Delivery], reason: String) async throws -> [Result<Void, SQJobsError>] {
        unheld(deliveries.count)
    }

    func shutdown() async {}

    /// Nothing was ever received.
    private func unheld(_ count: Int) -> [Result<Void, SQJobsError>] {
        Array(repeating: .failure(SQJobsError(.leaseLost, "Nothing is held.")), count: count)
    }
}
