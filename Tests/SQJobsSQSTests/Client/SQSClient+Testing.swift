import Foundation
import SQJobsCore

@testable import SQJobsSQS

extension SQSClient {
    /// A client on a scripted transport, whose waits end at once.
    static func testing(
        _ transport: any HTTPTransport, credentials: any CredentialProvider = TestCredentials("AKIDEXAMPLE"),
        clock: TestClock = TestClock(), random: Double = 0.5
    ) throws -> SQSClient {
        guard let endpoint = URL(string: "http://127.0.0.1:9324/ignored") else { throw URLError(.badURL) }
        return SQSClient(
            endpoint: endpoint, region: "eu-west-1", credentials: credentials, transport: transport,
            clock: clock.clock, random: { random })
    }
}

extension SendMessage {
    /// A message, and the answer that SQS gives to it.
    static let sample = SendMessage(
        queueURL: "http://elsewhere:1/0/jobs", message: QueuedMessage(body: "hello", delaySeconds: 3))
    static let sampleAnswer = #"{"MessageId":"m1","MD5OfMessageBody":"5d41402abc4b2a76b9719d911017c592"}"#
}

extension ReceiveMessage {
    static let sample = ReceiveMessage(queueURL: "http://elsewhere:1/0/jobs", maximum: 10, waitSeconds: 20)
}
