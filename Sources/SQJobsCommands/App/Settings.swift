import Configuration
import Logging
import SQJobsCore

/// What the environment says, in the variables that begin with `SQJOBS_`. An empty one counts as not set.
struct Settings: Sendable {
    private let reader: ConfigReader

    init(_ environment: [String: String]) {
        reader = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: environment))
            .scoped(to: "sqjobs")
    }

    /// The broker's URL, which may hold a password.
    var broker: String? { text("broker", isSecret: true) }

    /// The store's URL, which may hold a password.
    var store: String? { text("store", isSecret: true) }

    func logLevel() throws -> Logger.Level? {
        try parse("log.level", LogLevelArgument.level)
    }

    func concurrency() throws -> Int? {
        try parse("concurrency", ConcurrencyArgument.count)
    }

    func shutdownTimeout() throws -> Duration? {
        try parse("shutdown.timeout", DurationArgument.duration)
    }

    func interval() throws -> Duration? {
        try parse("interval", DurationArgument.duration)
    }

    /// The worker's queues, separated by commas or white space.
    func queues() throws -> [WorkerQueue]? {
        try parse("queues") { text in
            try text.split { $0 == "," || $0.isWhitespace }.map { try QueueArgument.queue(String($0)) }
        }
    }

    private func text(_ key: String, isSecret: Bool = false) -> String? {
        let text = reader.string(forKey: ConfigKey(key), isSecret: isSecret)
        return text?.isEmpty == false ? text : nil
    }

    private func parse<Value>(_ key: String, _ parse: (String) throws -> Value) throws -> Value? {
        guard let text = text(key) else { return nil }
        do {
            return try parse(text)
        } catch {
            let name = "SQJOBS_" + key.uppercased().replacing(".", with: "_")
            throw SQJobsError(.invalidConfiguration, "\(name) is “\(text)”: \(error)")
        }
    }
}
