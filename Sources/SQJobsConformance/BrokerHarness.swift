public import SQJobsCore

/// What the author of a broker's adapter implements to have it checked: the broker, a way to make queues, and a way to
/// let time pass. Make a new one for each case: a case may shut its broker down.
///
/// ```swift
/// @Test(arguments: BrokerCases.all)
/// func keeps(_ promise: BrokerCase) async throws {
///     try await promise.run(on: MyHarness())
/// }
/// ```
public protocol BrokerHarness: Sendable {
    /// The broker to check.
    var broker: any Broker { get }

    /// What the broker can do beyond what every broker must.
    var features: Set<BrokerFeature> { get }

    /// The shortest time for which the broker can hold a message, and by which it can delay one: a second on Amazon SQS.
    /// Cases wait a few times as long.
    var smallestVisibility: Duration { get }

    /// Makes an empty queue with a name that was never used.
    ///
    /// - Parameter settings: What the queue is like.
    /// - Returns: The queue's name.
    func makeQueue(_ settings: QueueSettings) async throws -> QueueName

    /// Lets time pass for the broker: a manual clock is moved; for a real server the harness waits.
    ///
    /// - Parameter duration: How much time.
    func advance(by duration: Duration) async throws
}
