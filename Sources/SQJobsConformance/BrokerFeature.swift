/// Something that not every broker, or not every queue, can do: a harness declares which its broker can, and only the
/// cases that need no other are run.
///
/// The case “a broker declares what it can do” compares what is declared here with the queues' capabilities, so that no
/// case is left out by mistake.
public enum BrokerFeature: String, Sendable, Hashable, CaseIterable {
    /// ``Broker/administration`` is there.
    case administration
    /// A message can have a delay of its own on a queue without order.
    case delayPerMessage
    /// A delay has a limit.
    case delayLimit
    /// A message's size has a limit, of 64 MiB at most.
    case sizeLimit
    /// A queue made with a number of receives keeps its dead messages, and takes a message for dead by itself.
    case deadLetters
    /// Beside a dead message the reason is kept that was given when it was buried.
    case deathReasons
    /// Queues can have ordered groups.
    case orderedGroups
    /// A repeated deduplication id is dropped on a queue with ordered groups.
    case deduplication
    /// The broker answers `leaseLost` when a delivery whose lease ran out is extended or released.
    case expiredLeases
    /// The broker answers `leaseLost` when a delivery is extended or released whose message another receive took since,
    /// and deletes nothing by its receipt.
    case staleReceipts
}
