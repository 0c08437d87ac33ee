import SQJobsCore

import struct Foundation.Data
import struct Foundation.URL
import struct Foundation.URLComponents

/// Speaks to SQS in its AWS JSON 1.0 protocol: encodes, signs, sends, checks and retries.
///
/// A request is always posted to the configured endpoint, whatever host a queue's URL names: local servers give names
/// that do not resolve.
///
/// A send whose answer was lost (a reset, a time-out, a 502) is sent again, so that a message may arrive twice. That is
/// allowed because the job's id is in the body: both copies are the same job, delivery is at least once anyhow, and a
/// FIFO queue drops the second. When the retries are used up as well, the error says that the outcome is unknown.
final class SQSClient: Sendable {
    /// What can be set.
    struct Configuration: Sendable {
        /// How long a request may take; a receive has its long poll on top of it.
        var requestTimeout = Duration.seconds(15)
        /// When requests are sent again.
        var retries = RequestRetries()
    }

    /// Scheme, host and port of the endpoint, for errors and logs.
    let endpointName: String

    private let endpoint: URL
    private let credentials: any CredentialProvider
    private let transport: any HTTPTransport
    private let clock: JobClock
    private let configuration: Configuration
    private let random: @Sendable () -> Double
    private let signer: SigV4Signer
    private let skew = ClockSkew()
    private let quota = RetryQuota()
    private let coder = SQSCoder()

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - endpoint: Where SQS is; its path is not used.
    ///   - region: The region that requests are signed for.
    ///   - credentials: What requests are signed with.
    ///   - transport: What sends them.
    ///   - clock: Dates signatures and waits between attempts.
    ///   - random: Draws a number from 0 up to, not including, 1, for the waits.
    init(
        endpoint: URL, region: String, credentials: any CredentialProvider, transport: any HTTPTransport,
        clock: JobClock = .system, configuration: Configuration = Configuration(),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        let scheme = endpoint.scheme ?? "https"
        endpointName = "\(scheme)://\(endpoint.authority)"
        self.endpoint = URL(string: "\(endpointName)/") ?? endpoint
        self.credentials = credentials
        self.transport = transport
        self.clock = clock
        self.configuration = configuration
        self.random = random
        signer = SigV4Signer(service: "sqs", region: region)
    }

    /// Carries an action out, and turns SQS's errors into those that apps see.
    ///
    /// - Parameter queue: The queue concerned, for the error.
    /// - Throws: `SQJobsError`; `CancellationError` when the task was cancelled.
    func perform<Action: SQSAction>(_ action: Action, on queue: QueueName?) async throws -> Action.Output {
        do {
            return try await call(action)
        } catch let error as SQSError {
            throw error.jobsError(queue: queue, endpoint: endpointName)
        }
    }

    /// Carries an action out.
    ///
    /// - Throws: ``SQSError``; `SQJobsError` with the code `credentials` when there are none; `CancellationError` when the
    ///   task was cancelled.
    func call<Action: SQSAction>(_ action: Action) async throws -> Action.Output {
        let body = try coder.encode(action)
        var attempt = 1
        var hasNewCredentials = false
        var hasNewClock = false
        var isOutcomeUnknown = false
        while true {
            let used = try await credentials.credentials()
            do {
                let output = try await send(action, body, signedWith: used)
                quota.deposit(afterRetry: attempt > 1)
                return output
            } catch var error as SQSError {
                isOutcomeUnknown = isOutcomeUnknown || error.isOutcomeUnknown
                if !hasNewClock, SQSErrorCode.rejectedSignature.contains(error.code),
                    skew.learn(from: error.serverDate, now: clock.now())
                {
                    hasNewClock = true
                } else if !hasNewCredentials, SQSErrorCode.rejectedCredentials.contains(error.code),
                    try await areReplaced(used)
                {
                    hasNewCredentials = true
                } else if let wait = configuration.retries.wait(after: error, attempt: attempt, random: random()),
                    quota.withdraw()
                {
                    attempt += 1
                    try await clock.sleep(wait)
                } else {
                    error.isOutcomeUnknown = isOutcomeUnknown
                    throw error
                }
            }
        }
    }

    /// One attempt.
    private func send<Action: SQSAction>(
        _ action: Action, _ body: Data, signedWith credentials: AWSCredentials
    ) async throws -> Action.Output {
        var request = HTTPRequest(
            "POST", endpoint,
            headers: [
                ("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "AmazonSQS.\(Action.name)"),
                // SQS then sends the error codes of its older protocol along, which say who is at fault.
                ("x-amzn-query-mode", "true"),
            ],
            body: body, timeout: configuration.requestTimeout + action.longPoll, isLongPoll: action.longPoll > .zero)
        signer.sign(&request, with: credentials, at: skew.corrected(clock.now()))
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch let error as TransportError {
            throw SQSError(action: Action.name, error)
        }
        guard response.status == 200 else {
            throw SQSError(action: Action.name, response, hiding: credentials.texts)
        }
        return try action.checked(coder.decode(Action.self, response.body))
    }

    /// Has refused credentials replaced.
    ///
    /// - Returns: Whether there are others now; with the same ones SQS would refuse again.
    private func areReplaced(_ refused: AWSCredentials) async throws -> Bool {
        await credentials.invalidate(refused)
        return try await credentials.credentials() != refused
    }
}

extension AWSCredentials {
    /// The texts that must never be shown.
    fileprivate var texts: [String] { [secretAccessKey, sessionToken ?? ""] }
}
