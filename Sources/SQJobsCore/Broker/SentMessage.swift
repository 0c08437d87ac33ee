/// What a broker says of a message that it took.
public struct SentMessage: Sendable, Hashable {
    /// The broker's id for the message.
    public let messageID: String
    /// The id of the job that stands for this one, where a unique key made them one; else `nil`.
    public let jobID: String?

    /// Makes the answer to a send.
    ///
    /// - Parameters:
    ///   - messageID: The broker's id for the message.
    ///   - jobID: The id of the job that stands for this one.
    public init(messageID: String, jobID: String? = nil) {
        self.messageID = messageID
        self.jobID = jobID
    }
}
