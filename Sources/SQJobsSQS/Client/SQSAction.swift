/// One of SQS's actions, with what it asks for. Encoded as JSON it is the body of the request.
///
/// Names and limits are those of the Amazon SQS API Reference.
protocol SQSAction: Encodable, Sendable {
    /// What SQS answers.
    associatedtype Output: Decodable & Sendable

    /// The action's name, as `X-Amz-Target` has it behind `AmazonSQS.`.
    static var name: String { get }
    /// Whether a repetition may put a message into a queue a second time.
    static var sendsMessages: Bool { get }
    /// How long SQS may hold its answer back.
    var longPoll: Duration { get }

    /// Checks an answer against what was asked, checksums included.
    ///
    /// - Throws: ``SQSError`` when the whole answer is of no use; an entry of a batch that is wrong becomes one that failed.
    func checked(_ output: Output) throws -> Output
}

extension SQSAction {
    static var sendsMessages: Bool { false }
    var longPoll: Duration { .zero }

    func checked(_ output: Output) throws -> Output { output }
}
