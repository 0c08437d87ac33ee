/// A message, and what must be so that an ``OutboxTransfer`` sends it.
public struct OutboxParcel: Sendable {
    /// What must be so, and what the transaction changes with the sending.
    public enum Condition: Sendable, Hashable {
        /// The message's entry is still held by the claim with this token: it is removed.
        case entry(number: Int64, token: Int64)
        /// The unique key is free, or the job has it already: it is reserved.
        case key(UniqueReservation)
    }

    /// The message.
    public let message: OutgoingMessage
    /// The condition.
    public let condition: Condition

    /// Makes a parcel.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - condition: What must be so that it is sent.
    public init(_ message: OutgoingMessage, condition: Condition) {
        self.message = message
        self.condition = condition
    }
}

extension SQJobsError {
    /// An entry is not held any more: whoever holds it now sends it, or has done so.
    package static func takenOver(_ queue: QueueName) -> SQJobsError {
        SQJobsError(
            .unknownOutcome,
            "Another relay took the job over before it was sent to the queue “\(queue)”: give relays a lease that is longer"
                + " than sending takes.", queue: queue)
    }
}
