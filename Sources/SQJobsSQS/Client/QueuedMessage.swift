import SQJobsCore

/// A message as SQS is given it.
struct QueuedMessage: Sendable {
    /// The message's body.
    var body: String
    /// For how many seconds the message stays hidden, 0 to 900; nil for what the queue says, and on a FIFO queue.
    var delaySeconds: Int?
    /// The message's attributes, ten at most; nil for none.
    var attributes: [String: MessageAttribute]?
    /// The group within which a FIFO queue keeps the order.
    var groupID: String?
    /// What a FIFO queue knows a repetition by, for five minutes.
    var deduplicationID: String?

    /// Writes the members that `SendMessage` and the entries of `SendMessageBatch` have in common.
    func write(to json: inout JSONWriter) throws {
        try json.member("MessageBody", body)
        json.member("DelaySeconds", delaySeconds)
        try json.member("MessageGroupId", groupID)
        try json.member("MessageDeduplicationId", deduplicationID)
        guard let attributes else { return }
        try json.object("MessageAttributes") { json in
            for (name, attribute) in attributes { try attribute.write(to: &json, as: name) }
        }
    }
}
