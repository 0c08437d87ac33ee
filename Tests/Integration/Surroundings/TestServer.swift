import Foundation
import SQJobsCore
import SQJobsSQS

/// The SQS server that the tests run against, as the variables of `Tests/Support/with-sqs` name it.
struct TestServer: Sendable {
    let endpoint: String
    private let accessKey: String
    private let secretKey: String

    static let region = "us-east-1"

    /// - Throws: A sentence that names the variable which is not set.
    init() throws {
        endpoint = try Self.variable("SQJOBS_TEST_SQS_ENDPOINT")
        accessKey = try Self.variable("SQJOBS_TEST_SQS_ACCESS_KEY")
        secretKey = try Self.variable("SQJOBS_TEST_SQS_SECRET_KEY")
    }

    /// A server of a test's own.
    init(endpoint: String, accessKey: String, secretKey: String) {
        self.endpoint = endpoint
        self.accessKey = accessKey
        self.secretKey = secretKey
    }

    /// What AWS's own tools, and ours, read to find the server.
    var environment: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": accessKey, "AWS_SECRET_ACCESS_KEY": secretKey, "AWS_REGION": Self.region,
            "AWS_ENDPOINT_URL_SQS": endpoint,
        ]
    }

    /// Lends a broker.
    ///
    /// - Parameter endpoint: Where SQS is asked, if not at the server itself.
    func withBroker<Result>(
        at endpoint: String? = nil, _ body: (SQSBroker) async throws -> Result
    ) async throws -> Result {
        let broker = try await broker(at: endpoint)
        do {
            let result = try await body(broker)
            await broker.shutdown()
            return result
        } catch {
            await broker.shutdown()
            throw error
        }
    }

    /// Connects; whoever asks shuts the broker down.
    func broker(at endpoint: String? = nil) async throws -> SQSBroker {
        try await SQSBroker(
            region: Self.region, endpoint: endpoint ?? self.endpoint,
            credentials: SQSCredentials(accessKeyID: accessKey, secretAccessKey: secretKey), environment: [:])
    }

    static func variable(_ name: String) throws -> String {
        guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
            throw SQJobsError(
                .invalidConfiguration,
                "\(name) is not set: run these tests as `make test` does, beside both servers, after"
                    + " `Tests/Support/install test`.")
        }
        return value
    }
}
