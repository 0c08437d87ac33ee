import Foundation
import SQJobsCore
import Synchronization
import Testing

@testable import SQJobsSQS

@Suite struct RetryingTransportTests {
    private func request() throws -> HTTPRequest {
        HTTPRequest("GET", try #require(URL(string: "http://h/")), timeout: .seconds(1))
    }

    @Test func `what fails for the moment is sent again after growing waits, and the last word is passed on`()
        async throws
    {
        let clock = CredentialClock()
        let left = Mutex(3)
        let base = CredentialTransport { _ in
            let number = left.withLock { left in
                left -= 1
                return left
            }
            guard number < 2 else { throw TransportError(delivery: .unknown, isTimeout: true, reason: "") }
            return .plain("", status: number == 1 ? 503 : 404)
        }
        let response = try await RetryingTransport(base, clock: clock.clock, attempts: 5).send(try request())
        #expect(response.status == 404)
        #expect(clock.slept == [.milliseconds(200), .milliseconds(400)])
    }

    @Test func `the last attempt's error is thrown`() async throws {
        let transport = RetryingTransport(CredentialTransport(), clock: CredentialClock().clock, attempts: 2)
        await #expect(throws: TransportError.self) { try await transport.send(try request()) }
    }

    @Test func `cancelling ends the attempts`() async throws {
        let base = CredentialTransport { _ in throw CancellationError() }
        let transport = RetryingTransport(base, clock: CredentialClock().clock, attempts: 5)
        await #expect(throws: CancellationError.self) { try await transport.send(try request()) }
        #expect(base.requests.count == 1)
    }
}
