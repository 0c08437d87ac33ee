import SQJobsCore

import struct Foundation.Data

/// One of SQS's actions, with what it asks for.
///
/// Most are encoded and decoded by `Codable`. Those that travel with every message write and read their JSON themselves,
/// for `Codable` would cost more than all the rest that is done for a message.
///
/// Names and limits are those of the Amazon SQS API Reference.
protocol SQSAction: Sendable {
    /// What SQS answers.
    associatedtype Output: Sendable

    /// The action's name, as `X-Amz-Target` has it behind `AmazonSQS.`.
    static var name: String { get }
    /// Whether a repetition may put a message into a queue a second time.
    static var sendsMessages: Bool { get }
    /// How long SQS may hold its answer back.
    var longPoll: Duration { get }

    /// The body of the request, in JSON.
    func encoded(_ coder: SQSCoder) throws -> Data

    /// Reads the body of the answer.
    static func output(of body: Data, _ coder: SQSCoder) throws -> Output

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

extension SQSAction where Self: Encodable {
    func encoded(_ coder: SQSCoder) throws -> Data { try coder.encoder.encode(self) }
}

extension SQSAction where Output: Decodable {
    static func output(of body: Data, _ coder: SQSCoder) throws -> Output {
        try coder.decoder.decode(Output.self, from: body)
    }
}

extension SQSAction where Output: SlicedOutput {
    static func output(of body: Data, _ coder: SQSCoder) throws -> Output {
        try JSONSlice.of(body) { try Output($0) }
    }
}
