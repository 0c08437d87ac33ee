import Foundation
import SQJobsCore
import Testing

@testable import SQJobsSQS

/// Against a server that speaks SQS and checks signatures; the variables are what `Tests/Support/sqs-user.py` prints.
@Suite("SQS on a real server", .timeLimit(.minutes(1)))
struct SQSServerTests {
    private let client: SQSClient
    private let endpoint: URL
    private let accessKey: String

    init() throws {
        let environment = ProcessInfo.processInfo.environment
        func variable(_ name: String) throws -> String {
            try #require(
                environment[name],
                "\(name) is not set: start an SQS server and run the tests with what Tests/Support/sqs-user.py prints.")
        }
        endpoint = try #require(URL(string: variable("SQJOBS_TEST_SQS_ENDPOINT")))
        accessKey = try variable("SQJOBS_TEST_SQS_ACCESS_KEY")
        client = try Self.client(endpoint, accessKey, variable("SQJOBS_TEST_SQS_SECRET_KEY"))
    }

    private static func client(_ endpoint: URL, _ key: String, _ secret: String) throws -> SQSClient {
        SQSClient(
            endpoint: endpoint, region: "eu-west-1",
            credentials: TestCredentials([AWSCredentials(accessKeyID: key, secretAccessKey: secret)]),
            transport: try CurlTransport())
    }

    private func withQueue(_ body: (String) async throws -> Void) async throws {
        let name = "sqjobs-test-\(UUID().uuidString)"
        let url = try await client.call(CreateQueue(queueName: name, attributes: ["VisibilityTimeout": "60"])).queueURL
        try await body(url)
        _ = try await client.call(DeleteQueue(queueURL: url))
    }

    private func receive(_ url: String, wait: Int = 5) async throws -> [ReceivedMessage] {
        try await client.call(ReceiveMessage(queueURL: url, maximum: 10, waitSeconds: wait)).messages
    }

    @Test("a message goes there and back, whatever is in it, and is deleted")
    func roundTrip() async throws {
        try await withQueue { url in
            var send = SendMessage(queueURL: url, message: QueuedMessage(body: "käse ☃ 𝄞 \"\\\n\t</a>"))
            send.message.attributes = [
                "traceparent": MessageAttribute("00-a-b-01"),
                "bytes": MessageAttribute(dataType: "Binary", binaryValue: Data([0, 255, 10])),
                "number": MessageAttribute(dataType: "Number", stringValue: "-1.5"),
            ]
            let sent = try await client.call(send)
            let message = try #require(try await receive(url).first)
            #expect(message.id == sent.messageID)
            #expect(message.body == send.message.body)
            #expect(message.attributes == send.message.attributes)
            #expect(message.attributesDigest != nil)
            #expect(message.system?.receiveCount == "1")
            #expect(message.system?.sentTimestamp.flatMap(Int.init) ?? 0 > 1_600_000_000_000)
            _ = try await client.call(
                ChangeMessageVisibility(queueURL: url, receiptHandle: message.receiptHandle, visibilitySeconds: 0))
            let again = try #require(try await receive(url).first)
            #expect(again.system?.receiveCount == "2")
            _ = try await client.call(DeleteMessage(queueURL: url, receiptHandle: again.receiptHandle))
            let count = try await client.call(GetQueueAttributes(queueURL: url)).attributes
            #expect(count["ApproximateNumberOfMessagesNotVisible"] == "0")
            #expect(count["VisibilityTimeout"] == "60")
        }
    }

    @Test("batches send, extend and delete, and say of each entry what became of it")
    func batches() async throws {
        try await withQueue { url in
            let bodies = (0..<10).map { "body \($0)" }
            let sent = try await client.call(
                SendMessageBatch(queueURL: url, messages: bodies.map { QueuedMessage(body: $0) }))
            #expect(sent.successful.count == 10)
            #expect(sent.failed.isEmpty)
            var messages: [ReceivedMessage] = []
            while messages.count < 10 { messages += try await receive(url) }
            #expect(Set(messages.map(\.body)) == Set(bodies))
            let extended = try await client.call(
                ChangeMessageVisibilityBatch(
                    queueURL: url,
                    entries: messages.map { .init(receiptHandle: $0.receiptHandle, visibilitySeconds: 100) }))
            #expect(extended.successful.count == 10)
            let deleted = try await client.call(
                DeleteMessageBatch(queueURL: url, receiptHandles: messages.map(\.receiptHandle)))
            #expect(deleted.successful.count == 10)
        }
    }

    @Test("a message of the largest size passes, and the answer to an idle long poll is awaited")
    func sizes() async throws {
        try await withQueue { url in
            let body = String(repeating: "a", count: 1_048_576)
            _ = try await client.call(SendMessage(queueURL: url, message: QueuedMessage(body: body)))
            #expect(try await receive(url).first?.body == body)
            let start = ContinuousClock.now
            #expect(try await receive(url, wait: 1).isEmpty)
            #expect(ContinuousClock.now - start >= .milliseconds(900))
        }
    }

    @Test("a receive that waits can be cancelled")
    func cancelledReceive() async throws {
        try await withQueue { url in
            let client = client
            let start = ContinuousClock.now
            let task = Task { try await client.call(ReceiveMessage(queueURL: url, maximum: 1, waitSeconds: 20)) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(ContinuousClock.now - start < .seconds(10))
        }
    }

    @Test("queues are made, found, listed, changed, purged and deleted; a missing one has its own error")
    func queues() async throws {
        let name = "sqjobs-test-\(UUID().uuidString)"
        let missing = await #expect(throws: SQJobsError.self) {
            try await client.perform(GetQueueURL(queueName: name), on: QueueName(name))
        }
        #expect(missing?.code == .queueDoesNotExist)
        let dead = try await client.call(CreateQueue(queueName: "\(name)-dead")).queueURL
        let attributes = try await client.call(GetQueueAttributes(queueURL: dead, names: ["QueueArn"])).attributes
        let arn = try #require(attributes["QueueArn"])
        let url = try await client.call(CreateQueue(queueName: name)).queueURL
        let policy = #"{"deadLetterTargetArn":"\#(arn)","maxReceiveCount":"3"}"#
        _ = try await client.call(SetQueueAttributes(queueURL: url, attributes: ["RedrivePolicy": policy]))
        #expect(try await client.call(GetQueueURL(queueName: name)).queueURL == url)
        #expect(Set(try await client.call(ListQueues(prefix: name)).queueURLs) == [url, dead])
        let changed = try await client.call(GetQueueAttributes(queueURL: url, names: ["RedrivePolicy"])).attributes
        #expect(changed["RedrivePolicy"]?.contains(arn) == true)
        _ = try await client.call(PurgeQueue(queueURL: url))
        _ = try await client.call(DeleteQueue(queueURL: url))
        _ = try await client.call(DeleteQueue(queueURL: dead))
    }

    @Test("a wrong secret is refused, with an error that says which")
    func wrongSecret() async throws {
        let stranger = try Self.client(endpoint, accessKey, "not the secret")
        let error = await #expect(throws: SQJobsError.self) {
            try await stranger.perform(ListQueues(), on: nil)
        }
        #expect(error?.code == .credentials)
        #expect(error.map { "\($0)".contains("not the secret") } == false)
    }
}
