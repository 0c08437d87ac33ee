public import Logging
public import SQJobsCore

public import class Foundation.ProcessInfo

/// Amazon SQS as the broker, wire-compatible with the Python library sqjobs and with PHP producers.
///
/// ```swift
/// let broker = try await SQSBroker()
/// try await broker.enqueue(AdderJob.self, [1, 2, 3, 4])
/// ```
///
/// Region, credentials and endpoint are found where AWS's own tools find them: variables, shared files, web identity,
/// container and instance metadata. `AWS_ENDPOINT_URL_SQS` or `endpoint:` points it at a local server.
///
/// Queues whose names end in `.fifo` have ordered groups. What a queue is like is asked once and remembered.
public struct SQSBroker: Broker {
    /// What an enqueued job passes through on its way to the queue.
    public var enqueueMiddleware: [any EnqueueMiddleware] = .standard

    let client: SQSClient
    let queues: SQSQueues
    let sender: SQSSender
    private let transport: CurlTransport

    /// Connects to SQS. Nothing is sent yet: the first call that needs the network says whether it can be reached.
    ///
    /// - Parameters:
    ///   - region: The region, such as `eu-west-1`; found where AWS's tools find it unless given.
    ///   - endpoint: The service's URL, such as `http://127.0.0.1:4566`; by AWS's rules for the region unless given.
    ///   - profile: The profile of AWS's shared files; `AWS_PROFILE` or the default one unless given.
    ///   - credentials: A key of one's own; found where AWS's tools find one unless given.
    ///   - environment: The variables to look in.
    ///   - logger: Where trouble with credentials or damaged messages is reported.
    /// - Throws: ``/SQJobsCore/SQJobsError`` with code `invalidConfiguration` when there is no region, or a setting or a
    ///   file cannot be used.
    public init(
        region: String? = nil, endpoint: String? = nil, profile: String? = nil, credentials: SQSCredentials? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        logger: Logger = Logger(label: "sqjobs.sqs")
    ) async throws {
        let authorities = environment["AWS_CA_BUNDLE"].flatMap { $0.isEmpty ? nil : $0 }
        let transport = try CurlTransport(CurlTransport.Configuration(certificateAuthorities: authorities))
        let wishes = AWSAccess.Wishes(
            region: region, endpoint: endpoint, profile: profile, credentials: credentials?.checked())
        let access = try await AWSAccess.find(
            wishes, in: AWSAccess.Surroundings(environment: environment, transport: transport, logger: logger))
        self.transport = transport
        client = SQSClient(
            endpoint: access.endpoint, region: access.region, credentials: access.credentials, transport: transport)
        queues = SQSQueues(client)
        sender = SQSSender(client, clock: .system)
        self.logger = logger
    }

    let logger: Logger

    /// Lists, makes, counts and purges queues, and sees to their dead messages.
    public var administration: (any QueueAdministration)? {
        SQSAdministration(client: client, queues: queues, broker: self)
    }

    /// What a queue can do, by its attributes and Amazon's quotas.
    public func capabilities(of queue: QueueName) async throws -> QueueCapabilities {
        try await queues.queue(queue).capabilities
    }

    /// Sends messages: single ones that come at the same time share requests.
    public func send(
        _ messages: [OutgoingMessage], to queue: QueueName
    ) async throws -> [Result<SentMessage, SQJobsError>] {
        let answers = await sender.send(messages, to: try await queues.queue(queue))
        if answers.contains(where: \.isMissingQueue) { queues.forget(queue) }
        return answers
    }

    /// Ends the requests that are under way and closes the connections.
    public func shutdown() async {
        await transport.shutdown()
    }
}

extension Result where Failure == SQJobsError {
    /// Whether the answer is that the queue is gone.
    fileprivate var isMissingQueue: Bool {
        guard case .failure(let error) = self else { return false }
        return error.code == .queueDoesNotExist
    }
}
