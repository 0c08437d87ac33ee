import Foundation
public import SQJobsCore

/// Amazon SQS by URL, for a command line: `sqs:`, `sqs://eu-west-1`, `sqs:?endpoint=http://127.0.0.1:4566`.
public struct SQSBackend: Backend {
    /// `sqs`.
    public static let schemes = ["sqs"]
    /// Brokers.
    public static let parts: Set<BackendPart> = [.broker]
    /// SQS as AWS's variables and files say.
    public static let defaultURL = "sqs:"
    /// How the URL is written.
    public static let usage = "sqs: or sqs://REGION, with ?endpoint=URL for a local server and ?profile=NAME"

    /// Connects to SQS.
    ///
    /// - Parameters:
    ///   - url: `sqs:` with the region as its host and `endpoint` and `profile` in its query, each as one likes.
    ///   - environment: Where AWS's variables are.
    /// - Returns: SQS as a broker.
    /// - Throws: `SQJobsError` with code `invalidConfiguration` when the URL cannot be used or no region is found.
    public static func connect(url: String, environment: [String: String]) async throws -> BackendConnection {
        guard let components = URLComponents(string: url), components.scheme == "sqs" else {
            throw invalid("it is not a URL")
        }
        guard components.user == nil, components.password == nil else {
            throw invalid("credentials do not belong into it: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
        }
        var settings: [String: String] = [:]
        for item in components.queryItems ?? [] {
            guard ["endpoint", "profile", "region"].contains(item.name) else {
                throw invalid("it has no setting “\(item.name)”")
            }
            settings[item.name] = item.value
        }
        let host = components.host.flatMap { $0.isEmpty ? nil : $0 }
        let path = components.path.trimmingCharacters(in: CharacterSet(charactersIn: "/"))
        guard path.isEmpty else { throw invalid("“\(path)” has no meaning in it") }
        let broker = try await SQSBroker(
            region: host ?? settings["region"], endpoint: settings["endpoint"], profile: settings["profile"],
            environment: environment)
        return BackendConnection(broker: broker)
    }

    private static func invalid(_ reason: String) -> SQJobsError {
        SQJobsError(.invalidConfiguration, "The broker's URL cannot be used, because \(reason): write \(usage).")
    }
}
