import Foundation
import Logging
import SQJobsCommands
import SQJobsTesting
import Synchronization
import Testing

@testable import SQJobsCommands

/// What a command left behind.
struct CommandResult {
    let code: Int32
    let output: String
    let error: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// The output as JSON.
    func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(type, from: Data(output.utf8))
    }
}

/// A command line in this process: a broker in memory, captured streams, and the environment, input and signals of the
/// test's choice.
struct CommandLineSession {
    let name = "\(UUID())"
    let broker: KeptBroker
    let log = Captured()
    var environment: [String: String] = [:]
    var isTerminal = false
    var input: [String]?
    let signals: AsyncStream<String>
    var clock = JobClock.system

    init(
        _ queues: [QueueName: QueueSettings] = ["sums": QueueSettings(), "tickets": QueueSettings()],
        signals: AsyncStream<String> = AsyncStream { _ in }
    ) throws {
        self.signals = signals
        broker = try KeptBroker(queues)
        TestBackend.keep(broker, as: name)
        environment["SQJOBS_BROKER"] = "memory:\(name)"
    }

    /// Carries out one command of ``TestApp``.
    func run(_ arguments: String...) async -> CommandResult {
        await run(TestApp.self, arguments)
    }

    /// Carries out one command of an app.
    func run<App: SQJobsApp>(_ app: App.Type, _ arguments: [String]) async -> CommandResult {
        let output = Captured()
        let error = Captured()
        let input = Mutex(self.input ?? [])
        let console = Console(
            output: ConsoleStream(isTerminal: isTerminal, environment) { output.append($0) },
            error: ConsoleStream(isTerminal: isTerminal, environment) { error.append($0) },
            inputIsTerminal: self.input != nil,
            readLine: { input.withLock { $0.isEmpty ? nil : $0.removeFirst() } })
        let context = CommandContext(
            console: console, environment: environment, clock: clock, stopSignals: { [signals] in signals },
            makeLogHandler: { [log] _ in CapturingLogHandler(log: log) })
        let code = await app.run(arguments, context)
        return CommandResult(code: code, output: output.text, error: error.text)
    }

    /// How many messages of a queue can be received.
    func waiting(on queue: QueueName) async throws -> Int {
        try await #require(broker.administration).statistics(of: queue).waiting
    }
}

/// Text that grows.
final class Captured: Sendable {
    private let content = Mutex("")

    var text: String { content.withLock(\.self) }

    func append(_ text: String) {
        content.withLock { $0 += text }
    }
}

/// Writes a line for each event: level, message, and the metadata in the order of their keys.
struct CapturingLogHandler: LogHandler {
    let log: Captured
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        log.append("\(event.level) \(event.message)" + all.map { " \($0)=\($1)" }.joined() + "\n")
    }
}

/// Waits until a condition holds.
func eventually(_ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now.advanced(by: .seconds(30))
    while try await !condition() {
        try #require(ContinuousClock.now < deadline, "the condition did not come true within 30 seconds")
        try await Task.sleep(for: .milliseconds(2))
    }
}
