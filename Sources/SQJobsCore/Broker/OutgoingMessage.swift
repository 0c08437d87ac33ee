/// A message as a broker's adapter is given it to send.
public struct OutgoingMessage: Sendable {
    /// The body, as ``MessageCodec`` wrote it.
    public var body: String
    /// What travels beside the body, such as the trace context: names of `A-Z a-z 0-9 _ - .`, values of text.
    public var attributes: [String: String]
    /// How long nobody may receive the message.
    public var delay: Duration
    /// The ordered group, where the queue has them.
    public var group: String?
    /// What makes a repeat of this message recognisable, where the queue drops repeats.
    public var deduplicationID: String?
    /// Which of the messages that wait come first, where the queue has priorities: those with the highest.
    public var priority: Int

    /// Makes a message to send.
    ///
    /// - Parameters:
    ///   - body: The body, as ``MessageCodec`` wrote it.
    ///   - attributes: What travels beside the body.
    ///   - delay: How long nobody may receive the message; zero or more.
    ///   - group: The ordered group, where the queue has them.
    ///   - deduplicationID: What makes a repeat recognisable, where the queue drops repeats.
    ///   - priority: Which of the messages that wait come first, where the queue has priorities.
    public init(
        body: String, attributes: [String: String] = [:], delay: Duration = .zero, group: String? = nil,
        deduplicationID: String? = nil, priority: Int = 0
    ) {
        self.body = body
        self.attributes = attributes
        self.delay = delay
        self.group = group
        self.deduplicationID = deduplicationID
        self.priority = priority
    }
}

extension OutgoingMessage {
    /// The message's size in bytes as brokers count it: the body, and each attribute's name, type and value.
    package var size: Int {
        attributes.reduce(body.utf8.count) { $0 + $1.key.utf8.count + $1.value.utf8.count + "String".utf8.count }
    }
}
