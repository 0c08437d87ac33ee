import SQJobsCore

/// Connects to the broker when it is first asked for, once, however many ask.
actor BrokerConnection {
    nonisolated let url: BackendURL
    private let environment: [String: String]
    private var connecting: Task<any Broker, any Error>?

    init(_ url: BackendURL, environment: [String: String]) {
        self.url = url
        self.environment = environment
    }

    func broker() async throws -> any Broker {
        if let connecting { return try await connecting.value }
        let connecting = Task { [url, environment] in try await url.broker(environment) }
        self.connecting = connecting
        return try await connecting.value
    }

    func shutdown() async {
        guard let connecting, let broker = try? await connecting.value else { return }
        await broker.shutdown()
    }
}
