extension MessageCodec {
    /// A message's body that says its job's id, for a copy that gets another message id: where the body had none, the
    /// message's id was the job's.
    ///
    /// - Parameters:
    ///   - body: The body; one that cannot be read stays as it is.
    ///   - messageID: The broker's id for the message so far.
    package static func bodyWithID(_ body: String, messageID: String) -> String {
        guard let job = try? decode(body, messageID: messageID), job.id == messageID else { return body }
        return (try? encode(job)) ?? body
    }
}
