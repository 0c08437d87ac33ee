/// The contract of ``Broker`` as cases, for the tests of any adapter.
public enum BrokerCases {
    /// Every case. One whose needs a harness does not declare does nothing there.
    public static let all: [BrokerCase] =
        sendCases + sizeCases + receiveCases + waitCases + leaseCases + settleCases + delayCases + deadLetterCases
        + requeueCases + orderCases + deduplicationCases + concurrencyCases + queueCases

    /// The cases that apply to a broker, for a test that wants to list no other.
    ///
    /// - Parameter features: What the broker can do.
    public static func applying(to features: Set<BrokerFeature>) -> [BrokerCase] {
        all.filter { $0.needs.isSubset(of: features) }
    }
}
