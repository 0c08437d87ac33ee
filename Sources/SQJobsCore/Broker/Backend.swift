/// What an adapter offers to a command line by URL: brokers, stores, or databases that are both. An app lists the backends
/// that it links.
public protocol Backend: Sendable {
    /// The URL schemes that the backend serves, such as `sqs`; the first is the one it is named after.
    static var schemes: [String] { get }
    /// What its URLs name.
    static var parts: Set<BackendPart> { get }
    /// The URL that names the broker when none is given, because the backend is the first with brokers that the app
    /// lists.
    static var defaultURL: String { get }
    /// One line for people on how its URL is written: `sqs: or sqs://REGION, with ?endpoint=URL for a local server`.
    static var usage: String { get }

    /// Connects to what a URL names.
    ///
    /// - Parameters:
    ///   - url: The URL, whose scheme is one of ``schemes``.
    ///   - environment: The process's environment, where an adapter may find what the URL does not say.
    /// - Returns: The broker and the store that the URL names; both where ``parts`` has both.
    /// - Throws: ``SQJobsError`` that says what is wrong with the URL, or what is missing.
    static func connect(url: String, environment: [String: String]) async throws -> BackendConnection
}
