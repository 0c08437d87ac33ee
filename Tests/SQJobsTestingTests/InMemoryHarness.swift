import SQJobsConformance
import SQJobsTesting
import Synchronization

/// The broker in memory on a manual clock, as the conformance cases want it; with a fault if a test says so.
struct InMemoryHarness: BrokerHarness {
    let clock: ManualClock
    let broker: any Broker
    private let names = QueueNames()

    init(_ fault: BrokerFault? = nil) throws {
        clock = ManualClock()
        let memory = try InMemoryBroker(
            queues: [:], clock: clock.jobClock,
            capabilities: { settings in
                var capabilities = QueueCapabilities.likeAmazonSQS(settings)
                fault?.limit(&capabilities)
                return capabilities
            })
        broker = fault.map { FaultyBroker(memory, $0) } ?? memory
    }

    var features: Set<BrokerFeature> { Set(BrokerFeature.allCases) }

    var smallestVisibility: Duration { .seconds(1) }

    func makeQueue(_ settings: QueueSettings) async throws -> QueueName {
        let queue = names.next()
        try await broker.administration?.create(queue, settings)
        return queue
    }

    func advance(by duration: Duration) async throws {
        await clock.advance(by: duration)
    }

    private final class QueueNames: Sendable {
        private let count = Mutex(0)

        func next() -> QueueName {
            count.withLock { count in
                count += 1
                return QueueName("queue-\(count)")
            }
        }
    }
}
