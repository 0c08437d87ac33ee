import Foundation
import SQJobsCore
import SQJobsTesting
import TestSurroundings
import Testing

@testable import SQJobsPostgres

@Suite("Connections that cannot be made", .timeLimit(.minutes(2)))
struct PostgresLoginTests {
    /// The error that connecting ends with, as the client and as an app see it.
    private func failure(
        _ change: (inout URLComponents) -> Void
    ) async throws -> (error: PostgresError, shown: SQJobsError) {
        var components = try #require(URLComponents(string: try TestServer.shared().url))
        let password = components.password ?? ""
        change(&components)
        let url = try PostgresURL(try #require(components.string), environment: [:])
        let error = try #require(
            await #expect(throws: PostgresError.self) {
                try await PostgresConnection.connect(url, clock: .system, logger: .quiet)
            })
        let shown = error.jobsError(at: url)
        var dumped = "\(shown) \(error)"
        dump(shown, to: &dumped)
        #expect(!dumped.contains(password) && !dumped.contains("wrong-secret"))
        #expect(shown.message.hasSuffix("."))
        return (error, shown)
    }

    @Test("a wrong password: correct it")
    func password() async throws {
        let (error, shown) = try await failure { $0.password = "wrong-secret" }
        #expect(error.kind == .loginRefused)
        #expect(error.state == "28P01")
        #expect(shown.code == .credentials)
        #expect(shown.message.contains("password"))
    }

    @Test("a user that does not exist: correct it")
    func user() async throws {
        let (_, shown) = try await failure { $0.user = "nobody" }
        #expect(shown.code == .credentials)
    }

    @Test("no password where one is wanted: give it")
    func noPassword() async throws {
        let (error, shown) = try await failure { $0.password = nil }
        #expect(error.kind == .loginRefused)
        #expect(shown.code == .credentials)
        #expect(shown.message.contains("PGPASSWORD"))
    }

    @Test("a database that does not exist: its name is shown")
    func database() async throws {
        let (error, shown) = try await failure { $0.path = "/nowhere" }
        #expect(error.state == "3D000")
        #expect(shown.code == .invalidConfiguration)
        #expect(shown.message.contains("“nowhere”"))
    }

    @Test("nobody listens: host and port are shown")
    func refused() async throws {
        let (error, shown) = try await failure { $0.port = 1 }
        #expect(error.kind == .unreachable)
        #expect(shown.code == .storeUnavailable)
        #expect(shown.message.contains("127.0.0.1:1"))
    }

    @Test("a host that cannot be found: it is shown")
    func host() async throws {
        let (error, shown) = try await failure { $0.host = "nowhere.invalid" }
        #expect(error.kind == .unreachable)
        #expect(shown.code == .storeUnavailable)
        #expect(shown.message.contains("nowhere.invalid"))
    }

    @Test("TLS that the server does not have: libpq's reason is shown")
    func noTLS() async throws {
        let (error, shown) = try await failure { $0.queryItems = [URLQueryItem(name: "sslmode", value: "require")] }
        #expect(error.kind == .unreachable)
        #expect(shown.description.contains("SSL"))
        #expect(shown.message.contains("TLS"))
    }

    @Test("a setting that the server does not take is shown")
    func setting() async throws {
        let (error, shown) = try await failure {
            $0.queryItems = [URLQueryItem(name: "options", value: "-cno_such_setting=1")]
        }
        #expect(error.kind == .loginRefused)
        #expect(shown.code == .invalidConfiguration)
        #expect(shown.description.contains("no_such_setting"))
    }

    @Test("a server that accepts and says nothing is given up after the connect_timeout, which a clock measures")
    func silence() async throws {
        let silent = try SilentServer()
        let clock = ContinuousClock()
        let start = clock.now
        let url = try PostgresURL("postgresql://u:p@127.0.0.1:\(silent.port)/d?connect_timeout=1", environment: [:])
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(url, clock: .system, logger: .quiet)
        }
        #expect(error?.kind == .unreachable)
        #expect(clock.now - start >= .seconds(1))
    }

    @Test("cancelling the task ends its wait at once")
    func cancelled() async throws {
        let silent = try SilentServer()
        let url = try PostgresURL("postgresql://u:p@127.0.0.1:\(silent.port)/d", environment: [:])
        let task = Task { try await PostgresConnection.connect(url, clock: .system, logger: .quiet) }
        try await eventually("it connects") { silent.accept() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
