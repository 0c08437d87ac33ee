import Foundation
import Logging
import SQJobsCore

@testable import SQJobsPostgres

/// A PostgreSQL server that the tests run against, as `Tests/Support/with-postgres` names it.
struct TestServer: Sendable {
    let url: String
    private let control: String

    /// The server that all tests share: nobody stops it.
    ///
    /// - Throws: A sentence that names the variable which is not set.
    static func shared() throws -> TestServer {
        TestServer(
            url: try variable("SQJOBS_TEST_POSTGRES_URL"), control: try variable("SQJOBS_TEST_POSTGRES_CONTROL"))
    }

    /// A server for one test alone, which may stop it.
    static func own() async throws -> TestServer {
        let answer = try await shared().order("new").split(separator: " ")
        guard answer.count == 2 else { throw NoAnswer(text: "\(answer)") }
        return TestServer(url: String(answer[0]), control: String(answer[1]))
    }

    /// Gives the server an order and waits until it is carried out: `stop`, `start`, `restart`.
    @discardableResult
    func order(_ order: String) async throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: control)
        process.arguments = [order]
        process.standardOutput = pipe
        try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        let answer = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
        guard process.terminationStatus == 0 else { throw NoAnswer(text: order) }
        return answer.trimmingCharacters(in: .newlines)
    }

    /// The URL, with settings of its query.
    func url(_ settings: String...) throws -> PostgresURL {
        try PostgresURL(settings.isEmpty ? url : "\(url)?\(settings.joined(separator: "&"))", environment: [:])
    }

    /// Connects.
    func connect(clock: JobClock = .system, logger: Logger = .quiet) async throws -> PostgresConnection {
        try await .connect(url(), clock: clock, logger: logger)
    }

    /// Lends a pool, and shuts it down.
    func withPool<Result>(
        _ settings: String..., configuration: PostgresPool.Configuration = .init(), clock: JobClock = .system,
        logger: Logger = .quiet, _ body: (PostgresPool) async throws -> Result
    ) async throws -> Result {
        let url = try PostgresURL(
            settings.isEmpty ? url : "\(url)?\(settings.joined(separator: "&"))", environment: [:])
        let pool = PostgresPool(url, configuration, clock: clock, logger: logger)
        do {
            let result = try await body(pool)
            await pool.shutdown()
            return result
        } catch {
            await pool.shutdown()
            throw error
        }
    }

    private static func variable(_ name: String) throws -> String {
        guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
            throw SQJobsError(
                .invalidConfiguration,
                "\(name) is not set: run these tests as `Tests/Support/with-postgres swift test` does, after"
                    + " `Tests/Support/install test`.")
        }
        return value
    }
}

/// The control program did not do what it was told to.
struct NoAnswer: Error {
    let text: String
}

/// A name that no other test uses.
func freshName(_ prefix: String = "t") -> String {
    "\(prefix)_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
}

extension Logger {
    /// Writes nothing.
    static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
