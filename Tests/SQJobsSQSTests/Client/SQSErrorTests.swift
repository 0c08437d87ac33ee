import Foundation
import SQJobsCore
import Testing

@testable import SQJobsSQS

@Suite("SQS's errors as apps see them")
struct SQSErrorTests {
    typealias Step = ScriptedTransport.Step

    private func error(_ steps: [Step], then last: Step? = nil) async throws -> SQJobsError {
        let client = try SQSClient.testing(ScriptedTransport(steps, then: last))
        let error = await #expect(throws: SQJobsError.self) { try await client.perform(SendMessage.sample, on: "jobs") }
        return try #require(error)
    }

    @Test(
        "an error code of SQS's has a code of ours",
        arguments: [
            (.error(400, "QueueDoesNotExist"), .queueDoesNotExist),
            (
                .status(400, "{}", ["x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender"]),
                .queueDoesNotExist
            ),
            (.error(403, "AccessDeniedException"), .brokerRefused),
            (.error(400, "InvalidParameterValue"), .brokerRefused),
            (.error(400, "KmsAccessDenied"), .brokerRefused), (.error(400, "ReceiptHandleIsInvalid"), .leaseLost),
            (.error(400, "MessageNotInflight"), .leaseLost),
            (.error(400, "InvalidParameterValue", "Reason: The receipt handle has expired."), .leaseLost),
            (.error(403, "InvalidClientTokenId"), .credentials), (.error(400, "IncompleteSignature"), .credentials),
            (.error(403, "SignatureDoesNotMatch"), .credentials), (.status(200, "nonsense"), .unknownOutcome),
        ] as [(Step, SQJobsError.Code)])
    func codes(_ step: Step, _ code: SQJobsError.Code) async throws {
        let error = try await error([step])
        #expect(error.code == code)
        #expect(error.queue == "jobs")
        #expect(error.message.hasSuffix("."))
        #expect(error.underlying is SQSError)
    }

    @Test("a missing queue is named, and where it was looked for")
    func missingQueue() async throws {
        let message = try await error([.error(400, "QueueDoesNotExist")]).message
        #expect(message.contains("\"jobs\""))
        #expect(message.contains("http://127.0.0.1:9324"))
    }

    @Test("throttling and outages that last are the broker's, to be tried later")
    func unavailable() async throws {
        #expect(try await error([], then: .error(400, "ThrottlingException")).code == .brokerUnavailable)
        #expect(try await error([], then: .status(503, "")).code == .brokerUnavailable)
        #expect(try await error([], then: .unreachable).code == .brokerUnavailable)
    }

    @Test("a send whose answer was lost has an unknown outcome, also when a later attempt certainly failed")
    func unknownOutcome() async throws {
        #expect(try await error([], then: .reset).code == .unknownOutcome)
        #expect(try await error([.reset], then: .unreachable).code == .unknownOutcome)
        #expect(try await error([.status(504, "")], then: .status(503, "")).code == .unknownOutcome)
        #expect(try await error([], then: .unreachable).code == .brokerUnavailable)
    }

    @Test("a receive whose answer was lost is an outage: nothing was asked to be kept")
    func lostReceive() async throws {
        let client = try SQSClient.testing(ScriptedTransport([], then: .reset))
        let error = await #expect(throws: SQJobsError.self) {
            try await client.perform(ReceiveMessage.sample, on: "jobs")
        }
        #expect(error?.code == .brokerUnavailable)
    }

    @Test(
        "codes are read whatever the protocols put around them",
        arguments: [
            ("com.amazonaws.sqs#QueueDoesNotExist", "QueueDoesNotExist"),
            ("AWS.SimpleQueueService.NonExistentQueue;Sender", "NonExistentQueue"),
            ("InvalidSignatureException:http://internal.amazon.com/coral/", "InvalidSignatureException"),
            ("OverLimit", "OverLimit"), ("", ""),
        ])
    func plainCodes(_ raw: String, _ code: String) {
        #expect(SQSErrorCode.plain(raw) == code)
    }

    @Test(
        "the dates of HTTP are read",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777.0), ("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800),
            ("yesterday", nil), ("Sun, 06 Foo 1994 08:49:37 GMT", nil), ("", nil),
        ] as [(String, TimeInterval?)])
    func dates(_ field: String, _ seconds: TimeInterval?) {
        #expect(ClockSkew.date(field)?.timeIntervalSince1970 == seconds)
    }
}
