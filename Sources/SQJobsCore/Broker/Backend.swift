/// What an adapter offers to a command line: brokers by URL. An app lists the backends that it links.
public protocol Backend: Sendable {
    /// The URL schemes that the backend serves, such as `sqs`; the first is the one it is named after.
    static var schemes: [String] { get }
    /// The URL that is used when none is given, because the backend is the first that the app lists.
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
}
