import Foundation
import TestSurroundings

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A process of `Tests/Support/fault-server` between a broker and the server.
struct FaultProxy: Sendable {
    /// What is to be done to which requests.
    struct Rule: Sendable, Encodable {
        let action: String
        let fault: String
        /// How often; `nil` for always.
        var times: Int? = 1

        private enum CodingKeys: String, CodingKey {
            case action, fault, times
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(action, forKey: .action)
            try values.encode(fault, forKey: .fault)
            try values.encode(times, forKey: .times)
        }
    }

    /// What was asked through the proxy so far.
    struct Statistics: Sendable, Decodable {
        let requests: [String: Int]
        /// The most requests that came within any one second, by action; `*` for all together.
        let peakPerSecond: [String: Int]
        /// How often each fault struck.
        let faults: [String: Int]

        private enum CodingKeys: String, CodingKey {
            case requests, faults
            case peakPerSecond = "peak_per_second"
        }
    }

    let endpoint: String
    private let process: ChildProcess

    init(to server: TestServer) async throws {
        let process = try ChildProcess(
            TestServer.variable("SQJOBS_TEST_PYTHON"),
            [TestServer.variable("SQJOBS_TEST_FAULT_SERVER"), "--upstream", server.endpoint])
        self.process = process
        try await eventually("the fault server prints its port; it printed: \(process.output)") {
            process.output.contains("\n")
        }
        endpoint = "http://127.0.0.1:\(process.output.trimmingCharacters(in: .whitespacesAndNewlines))"
    }

    /// Replaces the faults that are still to strike.
    func plan(_ rules: [Rule]) async throws {
        _ = try await control("__faults", JSONEncoder().encode(rules))
    }

    func statistics() async throws -> Statistics {
        try JSONDecoder().decode(Statistics.self, from: await control("__stats"))
    }

    private func control(_ path: String, _ body: Data? = nil) async throws -> Data {
        guard let url = URL(string: "\(endpoint)/\(path)") else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        if let body {
            request.httpMethod = "POST"
            request.httpBody = body
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else { throw URLError(.badServerResponse) }
        return data
    }
}
