/// What an adapter offers to a command line: brokers, stores or both, by URL. An app lists the backends that it links.
public protocol Backend: Sendable {
    /// The URL schemes that the backend serves, such as `sqs`; the first is the one it is named after.
    static var schemes: [String] { get }
    /// What its URLs can name. Whatever is not among it is never asked for.
    static var parts: Set<BackendPart> { get }
    /// The URL that names the broker when none is given, because the backend is the first with brokers that the app
    /// lists.
    static var defaultURL: String { get }
    /// One line for people on how its URL is written: `sqs: or sqs://REGION, with ?endpoint=URL for a local server`.
    static var usage: String { get }

    /// Connects to a broker.
    ///
    /// - Parameters:
    ///   - url: The URL, whose scheme is one of ``schemes``.
    ///   - environment: The process's environment, where an adapter may find what the URL does not say.
    /// - Throws: ``SQJobsError`` that says what is wrong with the URL, or what is missing.
    static func broker(url: String, environment: [String: String]) async throws -> any Broker

    /// Opens a store; its schema may be any version's.
    ///
    /// - Parameters:
    ///   - url: The URL, whose scheme is one of ``schemes``.
    ///   - environment: The process's environment, where an adapter may find what the URL does not say.
    /// - Returns: The store, and what it can be used for.
    /// - Throws: ``SQJobsError`` that says what is wrong with the URL, or what is missing.
    static func store(url: String, environment: [String: String]) async throws -> BackendStore
}

extension Backend {
    /// None; a backend that has ``BackendPart/broker`` among its ``parts`` overrides this.
    public static func broker(url: String, environment: [String: String]) async throws -> any Broker {
        throw lacks(.broker)
    }

    /// None; a backend that has ``BackendPart/store`` among its ``parts`` overrides this.
    public static func store(url: String, environment: [String: String]) async throws -> BackendStore {
        throw lacks(.store)
    }

    private static func lacks(_ part: BackendPart) -> SQJobsError {
        SQJobsError(.unsupported, "\(Self.self) has no \(part): take the URL of a backend that has one.")
    }
}
