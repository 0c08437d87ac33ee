import Foundation
import SQJobsCore
import Testing

@testable import SQJobsSQS

@Suite("SQS's faults")
struct SQSFaultTests {
    private static let denied = """
        <?xml version="1.0"?><ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code>
        <Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>
        """

    @Test(
        "what may pass is tried again",
        arguments: [
            .status(500, ""), .status(502, "<html>"), .status(503, ""), .status(504, "gateway"),
            .error(400, "ThrottlingException"), .error(403, "RequestThrottled"), .error(400, "Throttling"),
            .error(429, "TooManyRequestsException"), .error(400, "RequestTimeout"), .error(400, "SlowDown"),
            .error(400, "KmsThrottled"), .error(500, "InternalError"), .error(400, "ServiceUnavailable"),
            .status(403, "{}", ["x-amzn-query-error": "AWS.SimpleQueueService.RequestThrottled;Sender"]),
            .unreachable, .reset,
        ] as [ScriptedTransport.Step])
    func retried(_ step: ScriptedTransport.Step) async throws {
        let transport = ScriptedTransport([step, step, .status(200, SendMessage.sampleAnswer)])
        let clock = TestClock()
        let output = try await SQSClient.testing(transport, clock: clock).call(SendMessage.sample)
        #expect(output.messageID == "m1")
        #expect(transport.requests.count == 3)
        #expect(clock.waits.count == 2)
        #expect(clock.waits.allSatisfy { $0 > .zero })
    }

    @Test(
        "what would be refused again is not tried again",
        arguments: [
            .error(403, "AccessDeniedException"), .error(400, "InvalidParameterValue"), .error(400, "KmsDisabled"),
            .error(400, "KmsAccessDenied"), .error(400, "QueueDoesNotExist"), .error(400, "OverLimit"),
            .error(404, "InvalidAddress"), .status(418, "not JSON"), .status(301, ""), .status(200, "<html>"),
        ] as [ScriptedTransport.Step])
    func notRetried(_ step: ScriptedTransport.Step) async throws {
        let transport = ScriptedTransport([step])
        await #expect(throws: SQSError.self) { try await SQSClient.testing(transport).call(SendMessage.sample) }
        #expect(transport.requests.count == 1)
    }

    @Test("too many messages in flight is waited for by a receive")
    func overLimit() async throws {
        let transport = ScriptedTransport([.error(403, "OverLimit"), .status(200)])
        _ = try await SQSClient.testing(transport).call(ReceiveMessage.sample)
        #expect(transport.requests.count == 2)
    }

    @Test("attempts are bounded, and the waits between them grow up to their bounds")
    func waits() async throws {
        for (step, bounds) in [
            (ScriptedTransport.Step.status(500, ""), [100, 200, 400]), (.error(400, "Throttling"), [500, 1000, 2000]),
        ] {
            let transport = ScriptedTransport([], then: step)
            let clock = TestClock()
            let client = try SQSClient.testing(transport, clock: clock, random: 0.999_999)
            await #expect(throws: SQSError.self) { try await client.call(ReceiveMessage.sample) }
            #expect(transport.requests.count == 4)
            #expect(clock.waits.map { Int(($0 / .milliseconds(1)).rounded()) } == bounds)
        }
        let longest = RequestRetries(maximumAttempts: 100).wait(
            after: SQSError(action: "a", code: "SlowDown", message: ""), attempt: 99, random: 1)
        #expect(longest == .seconds(20))
    }

    @Test("while SQS is down, many callers together make little more than one request each")
    func quota() async throws {
        let transport = ScriptedTransport([], then: .status(503, ""))
        let client = try SQSClient.testing(transport)
        for _ in 0..<1_000 {
            await #expect(throws: SQSError.self) { try await client.call(ReceiveMessage.sample) }
        }
        #expect(transport.requests.count == 1_100)
    }

    @Test("each attempt is signed at its own time")
    func signedAnew() async throws {
        let transport = ScriptedTransport([.error(400, "SlowDown"), .error(400, "SlowDown"), .status(200)])
        _ = try await SQSClient.testing(transport, random: 0.999_999).call(ReceiveMessage.sample)
        let dates = transport.requests.compactMap { $0.value(of: "X-Amz-Date") }
        #expect(dates == ["20231114T221320Z", "20231114T221320Z", "20231114T221321Z"])
    }

    @Test(
        "credentials that are not accepted are replaced, once, without a wait",
        arguments: [
            .error(403, "ExpiredToken"), .error(400, "ExpiredTokenException"), .error(403, "InvalidClientTokenId"),
            .error(400, "UnrecognizedClientException"), .status(403, denied),
        ] as [ScriptedTransport.Step])
    func expiredCredentials(_ step: ScriptedTransport.Step) async throws {
        let transport = ScriptedTransport([step, .status(200)])
        let clock = TestClock()
        let client = try SQSClient.testing(transport, credentials: TestCredentials("OLD", "NEW"), clock: clock)
        _ = try await client.call(ReceiveMessage.sample)
        let signatures = transport.requests.compactMap { $0.value(of: "Authorization") }
        #expect(signatures.count == 2)
        #expect(signatures[0].contains("Credential=OLD/"))
        #expect(signatures[1].contains("Credential=NEW/"))
        #expect(clock.waits.isEmpty)

        let hopeless = ScriptedTransport([step, step])
        let error = await #expect(throws: SQJobsError.self) {
            try await SQSClient.testing(hopeless, credentials: TestCredentials("OLD", "NEW", "NEWER"))
                .perform(ReceiveMessage.sample, on: "jobs")
        }
        #expect(error?.code == .credentials)
        #expect(hopeless.requests.count == 2)
    }

    @Test("credentials for which there are no others are not tried again")
    func lastingCredentials() async throws {
        let transport = ScriptedTransport([.error(403, "InvalidClientTokenId")])
        await #expect(throws: SQSError.self) { try await SQSClient.testing(transport).call(ReceiveMessage.sample) }
        #expect(transport.requests.count == 1)
    }

    @Test("a clock that is wrong is corrected by SQS's, for later requests too")
    func clockSkew() async throws {
        let date = ["date": "Wed, 15 Nov 2023 01:13:20 GMT"]
        let refusal = ScriptedTransport.Step.status(403, #"{"__type":"RequestTimeTooSkewed"}"#, date)
        let transport = ScriptedTransport([refusal, .status(200), .status(200)])
        let client = try SQSClient.testing(transport)
        _ = try await client.call(ReceiveMessage.sample)
        _ = try await client.call(ReceiveMessage.sample)
        let dates = transport.requests.compactMap { $0.value(of: "X-Amz-Date") }
        #expect(dates == ["20231114T221320Z", "20231115T011320Z", "20231115T011320Z"])
    }

    @Test("a signature that is refused while the clock is right is an error at once")
    func wrongSecret() async throws {
        let date = ["date": "Tue, 14 Nov 2023 22:14:00 GMT"]
        let transport = ScriptedTransport([.status(403, #"{"__type":"InvalidSignatureException"}"#, date)])
        let error = await #expect(throws: SQJobsError.self) {
            try await SQSClient.testing(transport).perform(ReceiveMessage.sample, on: "jobs")
        }
        #expect(error?.code == .credentials)
        #expect(transport.requests.count == 1)
    }

    @Test("a cancelled task stops waiting for the next attempt")
    func cancelledWait() async throws {
        let transport = ScriptedTransport([], then: .status(503, ""))
        let client = try SQSClient.testing(transport)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await client.call(ReceiveMessage.sample)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(transport.requests.count == 1)
    }

    @Test("no secret is in an error, though SQS repeats the whole request when a signature is wrong")
    func secrets() async throws {
        let credentials = AWSCredentials(accessKeyID: "AKID", secretAccessKey: "SECRETKEY", sessionToken: "TOKEN//X")
        let message =
            #"Signature TOKEN//X of SECRETKEY is wrong\nThe Canonical String was\nx-amz-security-token:TOKEN//X"#
        let transport = ScriptedTransport([.error(403, "InvalidSignatureException", message)])
        let error = await #expect(throws: SQJobsError.self) {
            try await SQSClient.testing(transport, credentials: TestCredentials([credentials]))
                .perform(SendMessage.sample, on: "jobs")
        }
        let text = try "\(#require(error)) \(String(reflecting: #require(error?.underlying)))"
        #expect(text.contains("Signature"))
        #expect(!text.contains("TOKEN//X"))
        #expect(!text.contains("SECRETKEY"))
        #expect(!text.contains("Canonical"))
    }
}
