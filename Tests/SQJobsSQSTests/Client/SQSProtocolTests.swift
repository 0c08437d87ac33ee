import Foundation
import Testing

@testable import SQJobsSQS

@Suite("SQS's JSON protocol")
struct SQSProtocolTests {
    @Test("an action is posted to the configured endpoint, whatever host the queue's URL names")
    func request() async throws {
        let transport = ScriptedTransport([.status(200, SendMessage.sampleAnswer)])
        let output = try await SQSClient.testing(transport).call(SendMessage.sample)
        #expect(output.messageID == "m1")
        let request = try #require(transport.requests.first)
        #expect(request.method == "POST")
        #expect(request.url.absoluteString == "http://127.0.0.1:9324/")
        #expect(request.value(of: "Content-Type") == "application/x-amz-json-1.0")
        #expect(request.value(of: "X-Amz-Target") == "AmazonSQS.SendMessage")
        #expect(request.value(of: "x-amzn-query-mode") == "true")
        #expect(request.value(of: "Host") == "127.0.0.1:9324")
        #expect(
            request.value(of: "Authorization")?.contains("SignedHeaders=content-type;host;x-amz-date;x-amz-target,")
                == true)
        let body = try #require(JSONSerialization.jsonObject(with: request.body) as? [String: Any])
        #expect(Set(body.keys) == ["QueueUrl", "MessageBody", "DelaySeconds"])
        #expect(body["QueueUrl"] as? String == "http://elsewhere:1/0/jobs")
        #expect(body["DelaySeconds"] as? Int == 3)
    }

    @Test("the session token of temporary credentials is sent and signed")
    func sessionToken() async throws {
        let credentials = AWSCredentials(accessKeyID: "ASIA", secretAccessKey: "s", sessionToken: "token")
        let transport = ScriptedTransport([.status(200, SendMessage.sampleAnswer)])
        _ = try await SQSClient.testing(transport, credentials: TestCredentials([credentials])).call(SendMessage.sample)
        let request = try #require(transport.requests.first)
        #expect(request.value(of: "X-Amz-Security-Token") == "token")
        #expect(request.value(of: "Authorization")?.contains("x-amz-security-token") == true)
    }

    @Test("a request's time-out is longer than the long poll in it", arguments: [0, 1, 20])
    func timeouts(_ seconds: Int) async throws {
        let transport = ScriptedTransport([.status(200)])
        var receive = ReceiveMessage.sample
        receive.waitSeconds = seconds
        _ = try await SQSClient.testing(transport).call(receive)
        let request = try #require(transport.requests.first)
        #expect(request.timeout >= .seconds(seconds + 10))
        #expect(request.isLongPoll == (seconds > 0))
    }

    @Test("a receive gives messages with their attributes; an answer without messages is an empty one")
    func receive() async throws {
        let body = """
            {"Messages":[{"MessageId":"m1","ReceiptHandle":"r1","Body":"hello",
            "MD5OfBody":"5d41402abc4b2a76b9719d911017c592",
            "Attributes":{"ApproximateReceiveCount":"3","SentTimestamp":"1700000000123","MessageGroupId":"g"},
            "MessageAttributes":{"b":{"DataType":"Binary","BinaryValue":"AAE="},
            "a":{"DataType":"String","StringValue":"x"},"n":{"DataType":"Number","StringValue":"12"}},
            "MD5OfMessageAttributes":"f67a13c367c670df78d99c7dfb30afb7"}]}
            """
        let client = try SQSClient.testing(ScriptedTransport([.status(200, body), .status(200), .status(200, "")]))
        let message = try #require(try await client.call(ReceiveMessage.sample).messages.first)
        #expect(message.id == "m1")
        #expect(message.receiptHandle == "r1")
        #expect(message.body == "hello")
        #expect(message.system?.receiveCount == "3")
        #expect(message.system?.sentTimestamp == "1700000000123")
        #expect(message.system?.groupID == "g")
        #expect(message.attributes?["b"]?.binaryValue == Data([0, 1]))
        #expect(message.attributes?["a"]?.stringValue == "x")
        #expect(try await client.call(ReceiveMessage.sample).messages.isEmpty)
        #expect(try await client.call(ReceiveMessage.sample).messages.isEmpty)
    }

    @Test("a damaged message is set apart, and the others are handed out")
    func damagedMessages() async throws {
        func message(_ id: String, _ digest: String) -> String {
            #"{"MessageId":"\#(id)","ReceiptHandle":"r","Body":"hello","MD5OfBody":"\#(digest)"}"#
        }
        let good = "5d41402abc4b2a76b9719d911017c592"
        let bad = "5d41402abc4b2a76b9719d911017c593"
        let body = #"{"Messages":[\#(message("1", good)),\#(message("2", bad)),\#(message("3", good))]}"#
        let output = try await SQSClient.testing(ScriptedTransport([.status(200, body)])).call(ReceiveMessage.sample)
        #expect(output.messages.map(\.id) == ["1", "3"])
        #expect(output.damaged.map(\.id) == ["2"])
    }

    @Test("a message that SQS acknowledges with a wrong checksum is an error, of its body and of its attributes")
    func sendChecksums() async throws {
        var action = SendMessage.sample
        action.message.attributes = ["traceparent": MessageAttribute("00-1-2-01")]
        let good = "5d41402abc4b2a76b9719d911017c592"
        for digests in [
            #""MD5OfMessageBody":"00""#, #""MD5OfMessageBody":"\#(good)","MD5OfMessageAttributes":"00""#,
        ] {
            let transport = ScriptedTransport([.status(200, #"{"MessageId":"m",\#(digests)}"#)])
            let error = await #expect(throws: SQSError.self) { try await SQSClient.testing(transport).call(action) }
            #expect(error?.code == SQSErrorCode.checksumMismatch)
            #expect(error?.isOutcomeUnknown == true)
        }
    }

    @Test("a batch says for every entry whether it was carried out: failed, damaged and not mentioned ones apart")
    func batch() async throws {
        let answer = """
            {"Successful":[
            {"Id":"0","MessageId":"m1","MD5OfMessageBody":"5d41402abc4b2a76b9719d911017c592"},
            {"Id":"1","MessageId":"m2","MD5OfMessageBody":"00"},
            {"Id":"strange","MessageId":"m9","MD5OfMessageBody":"00"}],
            "Failed":[{"Id":"2","Code":"AWS.SimpleQueueService.RequestThrottled","SenderFault":false,"Message":"slower"}]}
            """
        let messages = Array(repeating: QueuedMessage(body: "hello"), count: 4)
        let output = try await SQSClient.testing(ScriptedTransport([.status(200, answer)]))
            .call(SendMessageBatch(queueURL: "q", messages: messages))
        #expect(output.successful.map(\.place) == [0])
        #expect(Set(output.failed.map(\.place)) == [1, 2, 3])
        let errors = Dictionary(
            uniqueKeysWithValues: output.failed.map { ($0.place, $0.failure.error(of: "SendMessageBatch")) })
        #expect(errors[1]?.code == SQSErrorCode.checksumMismatch)
        #expect(errors[2]?.code == "RequestThrottled")
        #expect(errors[2]?.isRetryable == true)
        #expect(errors[3]?.code == SQSErrorCode.invalidResponse)
        #expect(errors[3]?.isOutcomeUnknown == true)
    }

    @Test("attributes have the checksum that AWS describes, whatever the order")
    func attributesDigest() {
        let binary = MessageAttribute(dataType: "Binary", binaryValue: Data([0, 1]))
        let attributes = [
            "n": MessageAttribute(dataType: "Number", stringValue: "12"), "b": binary, "a": MessageAttribute("x"),
        ]
        #expect(MessageDigest.digest(attributes) == "f67a13c367c670df78d99c7dfb30afb7")
    }

    @Test("an answer that isn't what the API describes is an error that says where, and not what")
    func unreadable() async throws {
        let transport = ScriptedTransport([.status(200, #"{"Messages":[{"MessageId":"topsecret","Body":7}]}"#)])
        let error = await #expect(throws: SQSError.self) {
            try await SQSClient.testing(transport).call(ReceiveMessage.sample)
        }
        #expect(error?.code == SQSErrorCode.invalidResponse)
        #expect(error?.message.contains("at byte 45") == true)
        #expect(error.map { "\($0)".contains("topsecret") } == false)
        #expect(transport.requests.count == 1)
    }

    @Test("base64 goes without escaped slashes")
    func slashes() async throws {
        let transport = ScriptedTransport([.status(200, SendMessage.sampleAnswer)])
        var action = SendMessage.sample
        action.message.body = "//8="
        _ = try? await SQSClient.testing(transport).call(action)
        let body = try #require(transport.requests.first?.body)
        #expect(String(decoding: body, as: UTF8.self).contains(#""//8=""#))
    }
}
