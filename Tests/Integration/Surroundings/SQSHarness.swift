import SQJobsConformance
import SQJobsCore
import SQJobsSQS

/// SQS as the conformance suite sees it, on the tests' server.
struct SQSHarness: BrokerHarness {
    /// Everything but `expiredLeases`: where AWS answers `MessageNotInflight` once a message's visibility time-out is
    /// over, ministack changes the visibility of the message all the same.
    static let features = Set(BrokerFeature.allCases).subtracting([.expiredLeases])

    /// Promises that AWS keeps and ministack does not, with what it does instead.
    static let deviations = [
        "deleting twice is no error":
            "The receipt of a message that was deleted is answered with ReceiptHandleIsInvalid, where AWS answers success."
    ]

    /// The promises to check.
    static let cases = BrokerCases.applying(to: features).filter { deviations[$0.name] == nil }

    let queues: SQSBroker

    init(broker: SQSBroker) {
        queues = broker
    }

    var broker: any Broker { queues }

    var features: Set<BrokerFeature> { Self.features }

    /// SQS could do a second; two leave a busy machine its time between the steps of a case.
    let smallestVisibility = Duration.seconds(2)

    func makeQueue(_ settings: QueueSettings) async throws -> QueueName {
        try await queues.makeQueue(settings)
    }

    func advance(by duration: Duration) async throws {
        try await ContinuousClock().sleep(for: duration)
    }
}
