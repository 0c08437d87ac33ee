import Foundation
import Logging
import SQJobsCore
import Synchronization
import Testing

@testable import SQJobsSQS

@Suite struct RefreshingCredentialsTests {
    private let clock = CredentialClock()

    private func provider(_ source: GatedSource, log: LogRecord = LogRecord()) -> RefreshingCredentials {
        RefreshingCredentials(source, clock: clock.clock, logger: log.logger)
    }

    private func credentials(_ id: String, minutes: Double?) -> AWSCredentials {
        AWSCredentials(
            accessKeyID: id, secretAccessKey: "secret-\(id)",
            expiration: minutes.map { clock.now.addingTimeInterval($0 * 60) })
    }

    @Test func `100 callers at once cause one fetch`() async throws {
        let source = GatedSource()
        let provider = provider(source)
        let expected = credentials("A", minutes: 60)
        let received = try await withThrowingTaskGroup(of: AWSCredentials.self) { group in
            for _ in 0..<100 { group.addTask { try await provider.credentials() } }
            #expect(await CredentialWorld.until { source.waiting == 1 })
            for _ in 0..<1_000 { await Task.yield() }
            source.answer(.success(expected))
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(received == Array(repeating: expected, count: 100))
        #expect(source.loads == 1)
    }

    @Test func `100 callers in the last 10 minutes cause one fetch and get the new ones`() async throws {
        let source = GatedSource()
        let provider = provider(source)
        source.answer(.success(credentials("A", minutes: 60)))
        _ = try await provider.credentials()
        clock.advance(minutes: 55)
        let new = credentials("B", minutes: 60)
        let received = try await withThrowingTaskGroup(of: AWSCredentials.self) { group in
            for _ in 0..<100 { group.addTask { try await provider.credentials() } }
            #expect(await CredentialWorld.until { source.waiting == 1 })
            source.answer(.success(new))
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(received == Array(repeating: new, count: 100))
        #expect(source.loads == 2)
    }

    @Test func `from 15 minutes before the end the old ones serve while new ones are fetched`() async throws {
        let source = GatedSource()
        let provider = provider(source)
        let old = credentials("A", minutes: 60)
        source.answer(.success(old))
        _ = try await provider.credentials()
        clock.advance(minutes: 46)
        for _ in 0..<10 { #expect(try await provider.credentials() == old) }
        #expect(await CredentialWorld.until { source.waiting == 1 })
        #expect(source.loads == 2)
        let new = credentials("B", minutes: 60)
        source.answer(.success(new))
        #expect(await CredentialWorld.until { source.waiting == 0 })
        var current = try await provider.credentials()
        let end = ContinuousClock.now + .seconds(10)
        while current != new, ContinuousClock.now < end { current = try await provider.credentials() }
        #expect(current == new)
    }

    @Test func `when renewing fails the old ones serve to their end, which is logged, and then the error is thrown`()
        async throws
    {
        let source = GatedSource()
        let log = LogRecord()
        let provider = provider(source, log: log)
        let old = credentials("A", minutes: 60)
        source.answer(.success(old))
        _ = try await provider.credentials()

        clock.advance(minutes: 52)
        source.answer(.failure(SQJobsError(.brokerUnavailable, "STS is away")))
        #expect(try await provider.credentials() == old)
        #expect(try await provider.credentials() == old)
        #expect(source.loads == 2, "a minute passes before the next try")
        #expect(log.lines.count == 1)
        #expect(log.lines.first?.contains("STS is away") == true)
        #expect(log.lines.first?.contains("secret-A") == false)

        clock.advance(minutes: 9)
        source.answer(.failure(SQJobsError(.brokerUnavailable, "STS is away")))
        let error = await CredentialWorld.error { _ = try await provider.credentials() }
        #expect(error?.code == .brokerUnavailable)
    }

    @Test func `credentials that AWS refused are fetched anew, once for all who were refused`() async throws {
        let source = GatedSource()
        let provider = provider(source)
        let old = credentials("A", minutes: nil)
        source.answer(.success(old))
        _ = try await provider.credentials()
        await provider.invalidate(old)
        let new = credentials("B", minutes: nil)
        source.answer(.success(new))
        #expect(try await provider.credentials() == new)
        await provider.invalidate(old)
        source.answer(.success(old))
        #expect(try await provider.credentials() == new)
        #expect(source.loads == 2)
    }

    @Test func `a caller that is cancelled stops waiting, and the others get what it caused to be fetched`()
        async throws
    {
        let source = GatedSource()
        let provider = provider(source)
        let first = Task { try await provider.credentials() }
        #expect(await CredentialWorld.until { source.waiting == 1 })
        let second = Task { try await provider.credentials() }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        let expected = credentials("A", minutes: 60)
        source.answer(.success(expected))
        #expect(try await second.value == expected)
        #expect(source.loads == 1)
    }

    @Test func `a caller that was cancelled before it asked gets nothing`() async throws {
        let source = GatedSource()
        let provider = provider(source)
        source.answer(.success(credentials("A", minutes: 60)))
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await provider.credentials()
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(source.loads == 0)
    }

    @Test func `fetched credentials that have expired already are an error that says so`() async throws {
        let source = GatedSource()
        let provider = provider(source)
        source.answer(.success(credentials("A", minutes: -1)))
        let error = await CredentialWorld.error { _ = try await provider.credentials() }
        #expect(error?.code == .credentials)
        #expect(error?.message.contains("have expired already") == true)
    }
}

/// A source that answers when the test says so.
private final class GatedSource: CredentialSource {
    private struct State {
        var loads = 0
        var answers: [Result<AWSCredentials, any Error>] = []
        var waiting: [CheckedContinuation<AWSCredentials, any Error>] = []
    }

    private let state = Mutex(State())
    let name = "the test"

    var loads: Int { state.withLock { $0.loads } }
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Answers the fetch that waits, or the next one.
    func answer(_ answer: Result<AWSCredentials, any Error>) {
        let waiter = state.withLock { state in
            guard state.waiting.isEmpty else { return Optional(state.waiting.removeFirst()) }
            state.answers.append(answer)
            return nil
        }
        waiter?.resume(with: answer)
    }

    func load() async throws -> CredentialFinding {
        .found(
            try await withCheckedThrowingContinuation { continuation in
                let answer = state.withLock { state -> Result<AWSCredentials, any Error>? in
                    state.loads += 1
                    guard state.answers.isEmpty else { return state.answers.removeFirst() }
                    state.waiting.append(continuation)
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            })
    }
}

/// Remembers what is logged, message and metadata.
private final class LogRecord: Sendable {
    private let seen = Mutex<[String]>([])

    var lines: [String] { seen.withLock { $0 } }

    var logger: Logger { Logger(label: "test", factory: { _ in Handler(record: self) }) }

    private struct Handler: LogHandler {
        let record: LogRecord
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            record.seen.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
        }
    }
}
