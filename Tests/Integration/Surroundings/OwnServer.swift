import Foundation
import Synchronization
import TestSurroundings

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// An SQS server for one test alone, which may stop it and start it again.
final class OwnServer: Sendable {
    let server: TestServer
    private let port: String
    private let folder: TemporaryFolder
    private let process: Mutex<ChildProcess>

    /// Starts a server.
    init() async throws {
        folder = try TemporaryFolder()
        port = try await Self.answer("port")
        process = Mutex(try await Self.run(port, folder))
        let keys = try await Self.answer("user", Self.endpoint(port)).split(separator: " ")
        server = TestServer(
            endpoint: Self.endpoint(port), accessKey: String(keys.first ?? ""), secretKey: String(keys.last ?? ""))
    }

    /// Stops it. What it holds is kept.
    func stop() async throws {
        let process = process.withLock(\.self)
        process.send(SIGTERM)
        try await process.end()
    }

    /// Starts it again.
    func start() async throws {
        let started = try await Self.run(port, folder)
        process.withLock { $0 = started }
    }

    private static func run(_ port: String, _ folder: TemporaryFolder) async throws -> ChildProcess {
        let process = try ChildProcess(
            TestServer.variable("SQJOBS_TEST_PYTHON"),
            [Fixture.path("own_server", "py"), "run", port, folder.url.path])
        guard let health = URL(string: "\(endpoint(port))/_ministack/health") else { throw URLError(.badURL) }
        try await eventually("the server answers; it printed: \(process.output)") {
            let answer = try? await URLSession.shared.data(from: health)
            return (answer?.1 as? HTTPURLResponse)?.statusCode == 200
        }
        return process
    }

    private static func answer(_ arguments: String...) async throws -> String {
        let process = try ChildProcess(
            TestServer.variable("SQJOBS_TEST_PYTHON"), [Fixture.path("own_server", "py")] + arguments)
        try await process.end()
        return process.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func endpoint(_ port: String) -> String { "http://127.0.0.1:\(port)" }
}
